// Writes docs/events.md from the one definition of the events. Wants a build: it reads dist/. With --check it writes
// nothing, and fails when the page is not what it would write.
import { readFileSync, writeFileSync } from "node:fs"
import { versionOf } from "../dist/src/domain/eventForms.js"
import { Event, Ref } from "../dist/src/domain/events.js"
import { InstructionId, NodeId } from "../dist/src/domain/ids.js"
import { columnsOfFields } from "../dist/src/services/EventLog/columnFields.js"

const page = "docs/events.md"
const source = ["beginnings", "events"]
  .map((name) => readFileSync(`src/domain/${name}.ts`, "utf8"))
  .join("\n")

const named = new Map([
  [Ref.ast, "Ref"],
  [NodeId.ast, "NodeId"],
  [InstructionId.ast, "InstructionId"]
])

/** A type of the schema, as TypeScript would write it. */
const typeOf = (ast) => {
  const name = named.get(ast)
  if (name !== undefined) return name
  switch (ast._tag) {
    case "Refinement":
      return ast.annotations[Symbol.for("effect/annotation/Identifier")] === "NonNegativeInt"
        ? "Count"
        : typeOf(ast.from)
    case "Transformation":
      return typeOf(ast.to)
    case "Literal":
      return JSON.stringify(ast.literal)
    case "Union":
      return ast.types.map(typeOf).join(" | ")
    case "TupleType": {
      const rest = ast.rest.map(({ type }) => typeOf(type))
      if (ast.elements.length > 0) return `[${ast.elements.map(({ type }) => typeOf(type)).join(", ")}]`
      return rest[0].includes(" ") ? `Array<${rest[0]}>` : `${rest[0]}[]`
    }
    case "TypeLiteral":
      return `{ ${ast.propertySignatures.map(fieldOf).join(", ")} }`
    default:
      return String(ast)
  }
}

const fieldOf = ({ name, type, isOptional }) => `${String(name)}${isOptional ? "?" : ""}: ${typeOf(type)}`

const textOf = (comment) =>
  comment === undefined
    ? ""
    : comment
        .replace(/^\s*\/?\*+\/?/gm, "")
        .replace(/\*\/\s*$/, "")
        .replace(/\s+/g, " ")
        .trim()

/** The comment that stands before a place in the source. */
const commentBefore = (text, pattern) =>
  textOf(new RegExp(`(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/)\\s*${pattern}`).exec(text)?.[1])

const sectionOf = (member) => {
  const properties = member.ast.propertySignatures
  const tag = properties.find(({ name }) => name === "_tag").type.literal
  const start = source.indexOf(`export const ${tag} = `)
  const body = source.slice(start, source.indexOf("\nexport type", start))
  const columns = new Map(columnsOfFields.get(tag))
  const rows = properties
    .filter(({ name }) => name !== "_tag")
    .map(({ name, type, isOptional }) => {
      const shown = typeOf(type).replaceAll("|", "\\|")
      const comment = commentBefore(body, `${String(name)}:`)
      const told = columns.has(name) ? `Is the column \`${columns.get(name)}\`. ${comment}`.trim() : comment
      return `| \`${String(name)}\`${isOptional ? "?" : ""} | \`${shown}\` | ${told} |`
    })
  return [
    `## ${tag}`,
    "",
    `${commentBefore(source, `export const ${tag} = `)} Version ${versionOf(tag)}.`,
    "",
    "| field | type | |",
    "| --- | --- | --- |",
    ...rows,
    ""
  ]
}

const text = [
  "# Events",
  "",
  "Everything that can happen in a run. This page is made by `node scripts/events-catalogue.mjs` from `src/domain/events.ts`;",
  "how they are stored is told in [log.md](log.md): the name is the column `type`, the version the column `ver`, the fields are the",
  "JSON object in the column `data`, but for those that are columns themselves. A row of an older version is brought up to the present",
  "one when it is read; one of version 1 has the fields that are columns in `data`, too.",
  "",
  "`Ref` is the SHA-256 of a text in the table `blob`, `Count` a whole number from 0 on, `NodeId` a place of the tree such as",
  "`d3.e0.r1`, `InstructionId` one such as `d3.e0`. Letters of `verdicts` are listed in `src/domain/verdict.ts`.",
  "",
  ...Event.members.flatMap(sectionOf)
].join("\n")

if (process.argv.includes("--check")) {
  if (readFileSync(page, "utf8") !== text) {
    console.error(`${page} is stale: npm run build && node scripts/events-catalogue.mjs`)
    process.exitCode = 1
  }
} else {
  writeFileSync(page, text)
}
