import { Option, type Schema, SchemaAST } from "effect"

type Check = (value: unknown) => boolean

/**
 * Whether a value is of a schema, and JSON would give back the very same: what the schema's own decoder says, a dozen
 * times faster, for the loops that read and write logs. It never says yes where the decoder would refuse the value or
 * change it; it says no to keys that the schema does not name, which the decoder leaves out. So after a no the decoder
 * has the word. Throws for a schema that is not plain data: transformations, records, classes.
 */
export const isPlainOf = <A, I>(schema: Schema.Schema<A, I>): ((value: unknown) => value is A) => {
  const check = checkOf(schema.ast)
  return (value): value is A => check(value)
}

const checkOf = (ast: SchemaAST.AST): Check => {
  switch (ast._tag) {
    case "StringKeyword":
      return (value) => typeof value === "string"
    case "NumberKeyword":
      return (value) => Number.isFinite(value) && !Object.is(value, -0)
    case "BooleanKeyword":
      return (value) => typeof value === "boolean"
    case "Literal":
      return (value) => value === ast.literal
    case "Refinement":
      return refined(ast)
    case "Union":
      return anyOf(ast)
    case "TupleType":
      return listOf(ast)
    case "TypeLiteral":
      return structOf(ast)
    default:
      throw new Error(`${ast._tag} is not plain data`)
  }
}

const refined = (ast: SchemaAST.Refinement): Check => {
  const from = checkOf(ast.from)
  return (value) => from(value) && Option.isNone(ast.filter(value, SchemaAST.defaultParseOption, ast))
}

/** Members with a tag of their own are told apart by it. */
const anyOf = ({ types }: SchemaAST.Union): Check => {
  const tags = types.map(tagOf)
  const members = types.map(checkOf)
  if (new Set(tags).size < types.length || tags.includes(undefined)) {
    return (value) => members.some((member) => member(value))
  }
  const byTag = new Map<unknown, Check>(members.map((member, index) => [tags[index], member]))
  return (value) =>
    typeof value === "object" && value !== null && "_tag" in value && byTag.get(value._tag)?.(value) === true
}

const tagOf = (ast: SchemaAST.AST): SchemaAST.LiteralValue | undefined => {
  if (ast._tag !== "TypeLiteral") return undefined
  const tag = ast.propertySignatures.find(({ name }) => name === "_tag")?.type
  return tag?._tag === "Literal" ? tag.literal : undefined
}

const listOf = ({ elements, rest }: SchemaAST.TupleType): Check => {
  if (rest.length > 1 || elements.some(({ isOptional }) => isOptional)) {
    throw new Error("A list with optional or trailing elements is not plain data")
  }
  const first = elements.map(({ type }) => checkOf(type))
  const others = rest[0] === undefined ? undefined : checkOf(rest[0].type)
  return (value) => {
    if (!Array.isArray(value) || value.length < first.length) return false
    if (others === undefined && value.length > first.length) return false
    // Not `every`, which leaves out the holes of a list.
    for (let index = 0; index < value.length; index++) {
      if (!(first[index] ?? others)!(value[index])) return false
    }
    return true
  }
}

const structOf = ({ propertySignatures, indexSignatures }: SchemaAST.TypeLiteral): Check => {
  if (indexSignatures.length > 0) throw new Error("A record is not plain data")
  const fields = propertySignatures.map(({ name, type, isOptional }) => ({
    name: String(name),
    isOptional,
    check: checkOf(type)
  }))
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false
    const record = value as Readonly<Record<string, unknown>>
    let present = 0
    for (const { name, isOptional, check } of fields) {
      if (!Object.hasOwn(record, name)) {
        if (!isOptional) return false
      } else if (!check(record[name])) {
        return false
      } else {
        present += 1
      }
    }
    return Object.keys(record).length === present
  }
}
