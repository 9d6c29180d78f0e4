import { Either } from "effect"
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLError
} from "yaml"
import { type Entry, type Fault, type Located, quoted } from "../../domain/located.ts"

const maxDepth = 50
const tooDeep = `values are nested more than ${maxDepth} deep`

/** What aliases may stand for in all: enough to repeat some cases, too little for nine levels of nine aliases. */
const maxAliased = 10_000

/**
 * Reads one YAML 1.2 document (JSON is one) into values with their lines. Faults are: what is not YAML, an empty file,
 * a second document, a field given twice, a key that is no name, a tag, aliases without measure.
 */
export const readYaml = (text: string): Either.Either<Located, ReadonlyArray<Fault>> => {
  const counter = new LineCounter()
  const parsed = parse(text, counter)
  if (Either.isLeft(parsed)) return Either.left([parsed.left])
  const { contents, errors } = parsed.right
  const [error] = errors
  if (error !== undefined) {
    const { line, col } = counter.linePos(error.pos[0])
    return Either.left([{ line, text: `${sentenceOf(error)} (column ${col})` }])
  }
  if (contents === null) return Either.left([{ line: 1, text: "the file is empty" }])
  const faults: Array<Fault> = []
  const located = locator((offset) => counter.linePos(offset).line, faults)(contents, 0)
  return faults.length === 0 ? Either.right(located) : Either.left(faults)
}

const parse = (text: string, lineCounter: LineCounter) =>
  Either.try({
    try: () =>
      parseDocument(text, {
        lineCounter,
        prettyErrors: false,
        schema: "core",
        stringKeys: true,
        // The package compares every key with every other; here one set does.
        uniqueKeys: false
      }),
    catch: (error): Fault => {
      // The parser recurses, and the stack may end before its input does.
      if (error instanceof RangeError) return { line: 1, text: tooDeep }
      throw error
    }
  })

const sentenceOf = ({ code, message }: YAMLError): string => {
  if (code === "MULTIPLE_DOCS") return "a second document begins here, and a problem file holds one"
  if (code === "RESOURCE_EXHAUSTION") return tooDeep
  if (code === "NON_STRING_KEY") return "the name of a field has to be a text"
  return `this is not YAML: ${message}`
}

/** Copies a tree, in the order of the file, so that every anchor is known when its alias comes. */
const locator = (lineAt: (offset: number) => number, faults: Array<Fault>) => {
  const anchors = new Map<string, { readonly node: Located; readonly size: number }>()
  let made = 0
  let aliased = 0

  const aliasOf = (name: string, line: number): Located => {
    const target = anchors.get(name)
    if (target !== undefined) {
      aliased += target.size
      made += target.size
      if (aliased <= maxAliased) return target.node
    }
    const text =
      target === undefined
        ? `the alias *${name} has no anchor before it`
        : `aliases stand for more than ${maxAliased} values; write them out`
    if (target === undefined || aliased - target.size <= maxAliased) faults.push({ line, text })
    return nothing(line)
  }

  const entriesOf = (
    items: ReadonlyArray<{ readonly key: ParsedNode; readonly value: ParsedNode | null }>,
    depth: number
  ) => {
    const seen = new Map<string, number>()
    return items.map(({ key, value }): Entry => {
      const line = lineAt(key.range[0])
      const name = isScalar(key) ? String(key.value) : ""
      const before = seen.get(name)
      if (before !== undefined)
        faults.push({ line, text: `the field ${quoted(name)} is here again, after line ${before}` })
      else seen.set(name, line)
      return { key: name, line, value: value === null ? nothing(line) : locate(value, depth + 1) }
    })
  }

  const unanchored = (node: ParsedNode, line: number, depth: number): Located => {
    if (isMap(node)) return { _tag: "Mapping", entries: entriesOf(node.items, depth), line }
    if (isSeq(node)) return { _tag: "List", items: node.items.map((item) => locate(item, depth + 1)), line }
    if (!isScalar(node)) return nothing(line)
    const { value, source } = node
    if (typeof value === "string") return { _tag: "Scalar", value, text: value, line }
    if (typeof value === "number" || typeof value === "boolean")
      return { _tag: "Scalar", value, text: source, line }
    return nothing(line)
  }

  const locate = (node: ParsedNode, depth: number): Located => {
    const line = lineAt(node.range[0])
    if (isAlias(node)) return aliasOf(node.source, line)
    if (depth > maxDepth) {
      faults.push({ line, text: tooDeep })
      return nothing(line)
    }
    if (node.tag !== undefined) {
      faults.push({
        line,
        text: `the tag ${quoted(node.tag)} is not understood; a text can be put in quotes`
      })
    }
    const before = made
    made += 1
    const located = unanchored(node, line, depth)
    if (node.anchor !== undefined) anchors.set(node.anchor, { node: located, size: made - before })
    return located
  }

  return locate
}

const nothing = (line: number): Located => ({ _tag: "Scalar", value: null, text: "", line })
