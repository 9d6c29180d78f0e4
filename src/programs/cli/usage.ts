import { Either, Schema } from "effect"
import { didYouMean } from "../../domain/nearest.ts"
import type { Line } from "./argv.ts"
import type { ArgumentSpec, CommandSpec } from "./command.ts"

/** The command line cannot be understood. */
export class UsageInvalid extends Schema.TaggedError<UsageInvalid>()("UsageInvalid", {
  reason: Schema.String
}) {
  override get message(): string {
    return this.reason
  }
}

/** How a command is to be called, on one line. */
export const synopsis = (spec: CommandSpec): string =>
  [
    `seidr ${spec.name}`,
    ...spec.arguments.map(argumentName),
    ...spec.flags.filter((flag) => flag.isRequired).map(({ name, value }) => `--${name} ${value}`),
    "[FLAGS]"
  ].join(" ")

/** An argument as the help writes it. */
export const argumentName = ({ name, isRequired, isRepeated }: ArgumentSpec): string => {
  const written = isRepeated === true ? `${name}...` : name
  return isRequired ? written : `[${written}]`
}

/** Holds a line against the command that it names. On the left, what is wrong. */
export const checkLine = (
  line: Line,
  commands: ReadonlyArray<CommandSpec>
): Either.Either<CommandSpec, string> =>
  Either.gen(function* () {
    const spec = yield* commandOf(line.command, commands)
    const usage = `usage: ${synopsis(spec)}`
    for (const name of line.flags.keys()) {
      if (spec.flags.some((flag) => flag.name === name)) continue
      const why = Object.hasOwn(spec.refuses, name) ? spec.refuses[name] : undefined
      if (why !== undefined) return yield* Either.left(`${spec.name} does not take --${name}: ${why}`)
      const own = spec.flags.map((flag) => flag.name)
      return yield* Either.left(
        `${spec.name} has no flag --${name}${didYouMean(name, own)}; \`seidr ${spec.name} --help\` lists its flags`
      )
    }
    const missing = spec.arguments.find(({ isRequired }, place) => isRequired && line.args.length <= place)
    if (missing !== undefined) return yield* Either.left(`${spec.name} needs ${missing.name}; ${usage}`)
    const extra = line.args[spec.arguments.length]
    if (extra !== undefined && spec.arguments.at(-1)?.isRepeated !== true) {
      return yield* Either.left(
        `${spec.name} does not know what to do with ${JSON.stringify(extra)}; ${usage}`
      )
    }
    const unset = spec.flags.find(({ isRequired, name }) => isRequired && !line.flags.has(name))
    if (unset !== undefined) return yield* Either.left(`${spec.name} needs --${unset.name}; ${usage}`)
    return spec
  })

/** The command of a name. On the left, that there is none. */
export const commandOf = (
  name: string | undefined,
  commands: ReadonlyArray<CommandSpec>
): Either.Either<CommandSpec, string> => {
  const names = commands.map((command) => command.name)
  const known = `the commands are ${names.join(", ")}`
  if (name === undefined) return Either.left(`a command is missing; ${known}`)
  const found = commands.find((command) => command.name === name)
  return found === undefined
    ? Either.left(`there is no command ${JSON.stringify(name)}${didYouMean(name, names) || `; ${known}`}`)
    : Either.right(found)
}
