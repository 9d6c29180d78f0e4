import { canonicalJson } from "./hash.ts"

/** A place where two documents differ, as a path (`best.score`, `survivors[1]`); undefined where one has nothing there. */
export interface Difference {
  readonly path: string
  readonly left: unknown
  readonly right: unknown
}

/** Where two documents differ, field by field, in the order of the left one's fields. */
export const differences = (left: unknown, right: unknown, path = ""): ReadonlyArray<Difference> => {
  if (canonicalJson(left) === canonicalJson(right)) return []
  const children = childrenOf(left, right, path)
  return children === undefined
    ? [{ path, left, right }]
    : children.flatMap(([name, one, other]) => differences(one, other, name))
}

type Child = readonly [path: string, left: unknown, right: unknown]

/** The parts of two values of the same kind; undefined for those that are compared as a whole. */
const childrenOf = (left: unknown, right: unknown, path: string): ReadonlyArray<Child> | undefined => {
  if (Array.isArray(left) && Array.isArray(right)) {
    const length = Math.max(left.length, right.length)
    return Array.from({ length }, (_, index) => [`${path}[${index}]`, left[index], right[index]])
  }
  if (!isRecord(left) || !isRecord(right)) return undefined
  const before = path === "" ? "" : `${path}.`
  const [one, other] = [new Map(Object.entries(left)), new Map(Object.entries(right))]
  return [...new Set([...one.keys(), ...other.keys()])].map((name) => [
    `${before}${name}`,
    one.get(name),
    other.get(name)
  ])
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value)
