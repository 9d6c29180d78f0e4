import type { Effect } from "effect"
import type { Limits } from "../../domain/evaluation.ts"
import type { ToolchainMissing } from "../Sandbox.ts"
import type { Environment } from "./host.ts"
import type { PythonInstallation } from "./pythonInstallation.ts"

/** How the runner turns a source into something that it can run. Commands are paths of the host. */
export type Recipe =
  | { readonly runs: "python" }
  | {
      readonly runs: "native"
      readonly fileName: string
      readonly compile: ReadonlyArray<string>
      /** Where headers can be compiled ahead: the command that makes one of `program.hpp`, and the flag that uses it. */
      readonly header?: { readonly make: ReadonlyArray<string>; readonly use: string }
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
}

/** Limits of one step in a sandbox: those of a case, and the outer stop by wall time. */
export type StepLimits = Limits & { readonly wallMs: number }

/** All that the engine knows of a language. A new language is one of these and a line in `languages.ts`. */
export interface LanguageDriver {
  readonly find: (
    environment: Environment,
    python: PythonInstallation
  ) => Effect.Effect<Toolchain, ToolchainMissing>
  readonly compileLimits: StepLimits
  /** Whether what a failed program wrote at its end says that it got no more memory. */
  readonly ranOutOfMemory: (stderr: string) => boolean
}
