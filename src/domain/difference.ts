import { canonicalJson } from "./hash.ts"

/** A place where two documents differ, as a path (`best.score`, `survivors[1]`); undefined where one has nothing there. */
export interface Difference {
  readonly path: string
  readonly left: unknown
  readonly right: unknown
}

/** Where two documents differ, field by field, in the order of the left one's fields. */
export const differences = (left: unknown, right: unknown, path = ""): ReadonlyArray<Difference> => {
  if (areSame(left, right)) return []
  const children = childrenOf(left, right, path)
  return children === undefined
    ? [{ path, left, right }]
    : children.flatMap(([name, one, other]) => differences(one, other, name))
}

/** Whether two documents are the same, which most are when they are compared: that is found out first, and cheaply. */
export const areSame = (left: unknown, right: unknown): boolean =>
  areAlike(left, right) || canonicalJson(left) === canonicalJson(right)

/** Says yes only to the same values under the same names; not to all of which the JSON would be the same. */
const areAlike = (left: unknown, right: unknown): boolean => {
  if (left === right) return true
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => areAlike(item, right[index]))
  }
  if (!isRecord(left) || !isRecord(right)) return false
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && areAlike(left[name], right[name]))
  )
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
