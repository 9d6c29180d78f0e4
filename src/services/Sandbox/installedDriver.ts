import { Effect } from "effect"
import type { LanguageDriver, Memory, Recipe, StepLimits } from "./driver.ts"
import type { Environment } from "./host.ts"
import { findInstalled, type Installed, type Wanted } from "./installation.ts"

/** A language whose tool chain is one program that is looked for on the PATH. */
export interface Described extends Wanted {
  readonly recipe: (installed: Installed, environment: Environment) => Recipe
  /** Folders of the host that it needs to read, beside its installation. */
  readonly readable?: (installed: Installed) => ReadonlyArray<string>
  readonly environment?: Readonly<Record<string, string>>
  readonly processes?: number
  readonly memory?: Memory
  readonly compileLimits?: Partial<StepLimits>
  /** What a program writes at its end when it got no more memory. */
  readonly outOfMemory: RegExp
}

export const compileLimits: StepLimits = {
  timeMs: 10_000,
  wallMs: 31_000,
  memoryBytes: 2 ** 31,
  outputBytes: 2 ** 16
}

/** The driver of a language that needs nothing special. */
export const installedDriver = (described: Described): LanguageDriver => ({
  find: (environment) =>
    Effect.map(findInstalled(described, environment), (installed) => ({
      version: installed.version,
      recipe: described.recipe(installed, environment),
      readable: [...installed.folders, ...(described.readable?.(installed) ?? [])],
      environment: described.environment ?? {},
      processes: described.processes ?? 64,
      ...(described.memory === undefined ? {} : { memory: described.memory })
    })),
  compileLimits: { ...compileLimits, ...described.compileLimits },
  ranOutOfMemory: (stderr) => described.outOfMemory.test(stderr.slice(-2_000))
})

/** The memory of a runtime that reserves far more than it uses, and has `residentMB` before a program does anything. */
export const dataMemory = (freeMB: number, residentMB: number): Memory => ({
  counted: "data",
  freeBytes: freeMB * 2 ** 20,
  freeResidentBytes: residentMB * 2 ** 20
})
