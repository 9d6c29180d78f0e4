import { printable } from "./printable.ts"

/** A value of a YAML or JSON file, with the line where it stands (from 1), so that faults can be named by place. */
export type Located =
  | {
      readonly _tag: "Scalar"
      readonly value: string | number | boolean | null
      /** A text's content; of anything else the characters that the file holds: `1.50`, `007`, `True`. */
      readonly text: string
      readonly line: number
    }
  | { readonly _tag: "List"; readonly items: ReadonlyArray<Located>; readonly line: number }
  | { readonly _tag: "Mapping"; readonly entries: ReadonlyArray<Entry>; readonly line: number }

export interface Entry {
  readonly key: string
  /** The line of the key. */
  readonly line: number
  readonly value: Located
}

/** Something wrong in a file. */
export interface Fault {
  readonly line: number
  readonly text: string
}

export type Path = ReadonlyArray<PropertyKey>

/** The entry of a mapping, undefined where there is none. */
export const entryOf = (node: Located | undefined, key: PropertyKey): Entry | undefined =>
  node?._tag === "Mapping" ? node.entries.find((entry) => entry.key === key) : undefined

/** The value at a path, undefined where there is none. */
export const nodeAt = (root: Located, path: Path): Located | undefined => {
  let node: Located | undefined = root
  for (const step of path) {
    node = node?._tag === "List" ? node.items[Number(step)] : entryOf(node, step)?.value
  }
  return node
}

/** The value without places. Keys are own properties, whatever they are called. */
export const plainOf = (node: Located): unknown => {
  switch (node._tag) {
    case "Scalar":
      return node.value
    case "List":
      return node.items.map(plainOf)
    case "Mapping":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]))
  }
}

/** The words for what was found at a place: `the number 7`, `a list`, `the text "abc"`. */
export const foundAt = (node: Located): string => {
  if (node._tag === "List") return node.items.length === 0 ? "an empty list" : "a list"
  if (node._tag === "Mapping") return "a mapping"
  if (node.value === null) return "empty"
  if (typeof node.value === "string")
    return node.value === "" ? "an empty text" : `the text ${quoted(node.value)}`
  return typeof node.value === "number" ? `the number ${node.text}` : node.text
}

/** `examples[2].input` for a path. */
export const nameOf = (path: Path): string =>
  path.reduce<string>((name, step) => {
    if (typeof step === "number") return `${name}[${step}]`
    const word = /^[\w-]+$/.test(String(step)) ? String(step) : quoted(String(step))
    return name === "" ? word : `${name}.${word}`
  }, "")

/** A text from a file as it may be shown: quoted, cut, and with everything escaped that could drive a terminal. */
export const quoted = (text: string): string => {
  const characters = Array.from(text.slice(0, 100))
  return printable(JSON.stringify(characters.length > 40 ? `${characters.slice(0, 40).join("")}…` : text))
}
