import { type Args, Command, type Options } from "@effect/cli"
import type { Effect } from "effect"

/** A flag as users meet it. */
export interface FlagSpec {
  /** Without the dashes. */
  readonly name: string
  /** What stands for its value in the help; null for a switch, which has none. */
  readonly value: string | null
  readonly about: string
  readonly isRequired: boolean
}

export interface ArgumentSpec {
  readonly name: string
  readonly about: string
  readonly isRequired: boolean
  /** Whether more of the kind may follow; only of the last one. */
  readonly isRepeated?: boolean
}

/** A subcommand as users meet it: what its line may hold, and what its help says. */
export interface CommandSpec {
  readonly name: string
  readonly about: string
  readonly flags: ReadonlyArray<FlagSpec>
  readonly arguments: ReadonlyArray<ArgumentSpec>
  /** Flags that one might expect, and why they are not taken. */
  readonly refuses: Readonly<Record<string, string>>
  /** What its exit statuses mean beyond those of every command. */
  readonly exits: string
}

/** A flag, and how the CLI library reads its value. */
export interface Flag<A> {
  readonly flag: FlagSpec
  readonly parser: Options.Options<A>
}

/** An argument, and how the CLI library reads it. */
export interface Argument<A> {
  readonly argument: ArgumentSpec
  readonly parser: Args.Args<A>
}

type Parameters = Readonly<Record<string, Flag<unknown> | Argument<unknown>>>

/** What the parameters hold when the line has been read. */
export type Values<P extends Parameters> = {
  readonly [Key in keyof P]: P[Key] extends Flag<infer A> ? A : P[Key] extends Argument<infer A> ? A : never
}

/**
 * A subcommand: one description that the line is checked against, that the help is made of and that the CLI library
 * parses by.
 */
export const command = <const P extends Parameters, E, R>(
  about: Pick<CommandSpec, "name" | "about"> & Partial<Pick<CommandSpec, "exits" | "refuses">>,
  parameters: P,
  run: (values: Values<P>) => Effect.Effect<void, E, R>
) => {
  const listed = Object.values(parameters)
  const spec: CommandSpec = {
    name: about.name,
    about: about.about,
    exits: about.exits ?? "0 done",
    refuses: about.refuses ?? {},
    flags: listed.flatMap((parameter) => ("flag" in parameter ? [parameter.flag] : [])),
    arguments: listed.flatMap((parameter) => ("argument" in parameter ? [parameter.argument] : []))
  }
  const parsers = Object.fromEntries(Object.entries(parameters).map(([key, { parser }]) => [key, parser]))
  // The library's own mapping of parsers to values is the same as `Values`, but is lost in `fromEntries`.
  const parsed = Command.make(spec.name, parsers, (values) => run(values as Values<P>)).pipe(
    Command.withDescription(spec.about)
  )
  return { spec, parsed }
}
