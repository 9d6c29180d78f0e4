import { ParseResult } from "effect"
import { entryOf, type Fault, foundAt, type Located, nameOf, nodeAt, type Path, quoted } from "./located.ts"
import { didYouMean } from "./nearest.ts"
import { fieldsAt } from "./problemFileSchema.ts"

interface Issue {
  readonly _tag: string
  readonly path: Path
  readonly message: string
}

/**
 * What a schema's refusal says of a file, one fault a place, in the order of lines. The messages of the schema end
 * the sentence "… is …, expected".
 */
export const faultsOf = (error: ParseResult.ParseError, root: Located): ReadonlyArray<Fault> => {
  const issues: ReadonlyArray<Issue> = ParseResult.ArrayFormatter.formatErrorSync(error)
  const faults = new Map<string, Fault>()
  for (const issue of deepest(issues)) {
    const fault = faultOf(issue, root)
    faults.set(JSON.stringify([fault.line, fault.text]), fault)
  }
  return [...faults.values()].sort((left, right) => left.line - right.line)
}

/** Every member of a union has its say; the one that went deepest knows the place, and one issue a place is enough. */
const deepest = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> => {
  const first = new Map<string, Issue>()
  const outer = new Set<string>()
  for (const issue of issues) {
    const key = JSON.stringify(issue.path)
    if (first.has(key)) continue
    first.set(key, issue)
    for (let length = 0; length < issue.path.length; length++)
      outer.add(JSON.stringify(issue.path.slice(0, length)))
  }
  return [...first].filter(([key]) => !outer.has(key)).map(([, issue]) => issue)
}

const faultOf = ({ _tag, path, message }: Issue, root: Located): Fault => {
  const owner = path.slice(0, -1)
  const field = String(path.at(-1))
  const where = owner.length === 0 ? "the file" : nameOf(owner)
  const ownerNode = nodeAt(root, owner) ?? root
  if (_tag === "Missing") return { line: ownerNode.line, text: `${where} has no ${field}` }
  if (_tag === "Unexpected") {
    const known = fieldsAt(owner, entryOf(root, "critic") !== undefined)
    const hint = didYouMean(field, known) || `; there are ${known.join(", ")}`
    return {
      line: entryOf(ownerNode, field)?.line ?? 1,
      text: `${where} has a field ${quoted(field)}, which is not known${hint}`
    }
  }
  const node = nodeAt(root, path) ?? root
  const name = path.length === 0 ? "the file" : nameOf(path)
  return { line: node.line, text: `${name} is ${foundAt(node)}, expected ${message}` }
}
