import type { ArgumentSpec, CommandSpec, FlagSpec } from "./command.ts"
import { argumentName, synopsis } from "./usage.ts"

/** The help of the program as a whole. */
export const programHelp = (
  commands: ReadonlyArray<CommandSpec>,
  common: ReadonlyArray<FlagSpec>,
  width: number
): string =>
  [
    ...wrapped("seidr writes programs by search; every step is an event in a log.", "", width),
    "",
    "Usage: seidr COMMAND [ARGUMENTS] [FLAGS]",
    "",
    "Commands:",
    ...table(
      commands.map(({ name, about }) => [name, about]),
      width
    ),
    "",
    "Flags of every command:",
    ...table(common.map(flagRow), width),
    "",
    ...wrapped("`seidr COMMAND --help` tells more. To begin: `seidr solve bowling`.", "", width)
  ].join("\n")

/** The help of one command. */
export const commandHelp = (spec: CommandSpec, common: ReadonlyArray<FlagSpec>, width: number): string => {
  const isCommon = (flag: FlagSpec) => common.some(({ name }) => name === flag.name)
  const own = spec.flags.filter((flag) => !isCommon(flag))
  const section = (title: string, rows: ReadonlyArray<Row>) =>
    rows.length === 0 ? [] : ["", title, ...table(rows, width)]
  return [
    ...wrapped(`seidr ${spec.name}: ${spec.about}.`, "", width),
    "",
    ...wrapped(`Usage: ${synopsis(spec)}`, "         ", width),
    ...section("Arguments:", spec.arguments.map(argumentRow)),
    ...section("Flags:", own.map(flagRow)),
    ...section("Flags of every command:", common.map(flagRow)),
    "",
    ...wrapped(`Exit status: ${spec.exits}; ${otherExits}.`, "  ", width)
  ].join("\n")
}

const otherExits = "2 refused input, 3 the infrastructure failed, 130 interrupted"

type Row = readonly [left: string, right: string]

const flagRow = ({ name, value, about, isRequired }: FlagSpec): Row => [
  value === null ? `--${name}` : `--${name} ${value}`,
  isRequired ? `${about} (required)` : about
]

const argumentRow = (spec: ArgumentSpec): Row => [argumentName(spec), spec.about]

/** Two columns; on a narrow screen the second one stands below the first. */
const table = (rows: ReadonlyArray<Row>, width: number): ReadonlyArray<string> => {
  const column = Math.max(...rows.map(([left]) => left.length)) + 4
  if (width - column < 30) {
    return rows.flatMap(([left, right]) => [`  ${left}`, ...wrapped(`      ${right}`, "      ", width)])
  }
  return rows.flatMap(([left, right]) =>
    wrapped(`  ${left}`.padEnd(column) + right, " ".repeat(column), width)
  )
}

/** A text in lines of at most `width` characters, where its words allow; all but the first begin with `indent`. */
const wrapped = (text: string, indent: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = /^ */.exec(text)![0]
  let isEmpty = true
  for (const [gap = "", word = ""] of text
    .slice(line.length)
    .split(/(?<=\S)(?=\s)/)
    .map((part) => [/^\s*/.exec(part)![0], part.trimStart()])) {
    if (!isEmpty && line.length + gap.length + word.length > width) {
      lines.push(line)
      line = indent + word
    } else {
      line += (isEmpty ? "" : gap) + word
    }
    isEmpty = false
  }
  return [...lines, line]
}
