import type { Effect } from "effect"
import type { Limits } from "../../domain/evaluation.ts"
import type { ToolchainMissing } from "../Sandbox.ts"
import type { Environment } from "./host.ts"
import type { PythonInstallation } from "./pythonInstallation.ts"

/** How the runner turns a source into something that it can run. Commands are paths of the host. */
export type Recipe = { readonly runs: "python" } | NativeRecipe | CommandRecipe

/** Compiled once, then executed per case. */
interface NativeRecipe {
  readonly runs: "native"
  readonly fileName: string
  readonly compile: ReadonlyArray<string>
  /** Where headers can be compiled ahead: the command that makes one of `program.hpp`, and the flag that uses it. */
  readonly header?: { readonly make: ReadonlyArray<string>; readonly use: string }
  /** Libraries that a program is linked with where it includes something of theirs: the flag, by the headers' folder. */
  readonly libraries?: Readonly<Record<string, string>>
}

/**
 * A command per case, in a folder that holds the source, or what `compile` has made of it. `{memoryMB}` in a word of
 * `run` stands for the memory limit.
 */
export interface CommandRecipe {
  readonly runs: "command"
  readonly fileName: string
  /** Compiles, or only checks: its status tells whether there is a program. */
  readonly compile?: ReadonlyArray<string>
  readonly run: ReadonlyArray<string>
  /** Further files to put beside the source: contents in base64 by name. */
  readonly files?: Readonly<Record<string, string>>
  /**
   * Runs many cases in one process, for a runtime that starts slowly; see `served_program.py` for how it is spoken to.
   * Whatever it does not do as a process of its own would, is done again by `run`, whose word counts.
   */
  readonly serve?: ReadonlyArray<string>
  /**
   * Runs each case in a copy of one process that has started; see `forked_program.py` for how it is spoken to. Only in
   * sandboxes that confine.
   */
  readonly fork?: ReadonlyArray<string>
  /** Files that are there only while the process of `fork` starts: contents in base64 by name. */
  readonly hosts?: Readonly<Record<string, string>>
  /** Variables of the process of `fork`, beside those of every program. */
  readonly forkEnvironment?: Readonly<Record<string, string>>
}

/** What counts as a program's memory, beside its resident memory. */
export type Memory =
  | {
      /** Its address space, of which the runtime has `freeBytes` before it does anything. */
      readonly counted: "space"
      readonly freeBytes: number
    }
  | {
      /** What it has in memory: for runtimes that reserve far more than they use. */
      readonly counted: "data"
      /** Private writable memory that the kernel grants beyond the limit. */
      readonly freeBytes: number
      /** What the runtime itself has in memory, which does not count. */
      readonly freeResidentBytes: number
    }

/** A language's tool chain as it was found on this machine. */
export interface Toolchain {
  /** What it calls itself: part of the identity of a compiled program. */
  readonly version: string
  readonly recipe: Recipe
  /** A folder of the host with a precompiled header, shown as `/headers`. */
  readonly headers?: string
  /** Folders of the host that it needs to read, beyond those of the system. */
  readonly readable: ReadonlyArray<string>
  /** Folders of the host that it does without where programs cannot be let read them. */
  readonly useful?: ReadonlyArray<string>
  /** Variables that it needs, beside those that every program sees. */
  readonly environment?: Readonly<Record<string, string>>
  /** Processes and threads that a case may have; 64 where nothing is said. */
  readonly processes?: number
  /** The address space, with room for a C++ program's libraries, where nothing is said. */
  readonly memory?: Memory
}

/** Limits of one step in a sandbox: those of a case, and the outer stop by wall time. */
export type StepLimits = Limits & { readonly wallMs: number }

/** All that the engine knows of a language. A new language is one of these and a line in `languages.ts`. */
export interface LanguageDriver {
  readonly find: (
    environment: Environment,
    python: PythonInstallation
  ) => Effect.Effect<Toolchain, ToolchainMissing>
  /** Makes the tool chain ready at its first use on this machine, where finding it is not enough. */
  readonly ready?: (
    toolchain: Toolchain,
    environment: Environment
  ) => Effect.Effect<Toolchain, ToolchainMissing>
  readonly compileLimits: StepLimits
  /** Whether what a failed program wrote at its end says that it got no more memory. */
  readonly ranOutOfMemory: (stderr: string) => boolean
}
