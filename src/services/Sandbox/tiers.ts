import { existsSync } from "node:fs"
import { Either } from "effect"
import type { Confinement } from "./confinement.ts"
import { type Environment, findExecutable } from "./host.ts"
import type { PythonInstallation } from "./pythonInstallation.ts"
import { bubblewrap } from "./tiers/bubblewrap.ts"
import { container, containerMark } from "./tiers/container.ts"
import { sandboxExec, sandboxExecFile } from "./tiers/sandboxExec.ts"
import { userNamespaces } from "./tiers/userNamespaces.ts"

/** A way to confine programs, which a canary still has to prove on this machine. */
export interface TierPlan {
  /** As it stands in the log. */
  readonly name: TierName
  /** As the user names it. */
  readonly setting: string
  /** What it gives, and what it does not. */
  readonly detail: string
  /** Whether programs see nothing of the host. Otherwise what is there may be named, but neither read nor reached. */
  readonly apart: boolean
  /** How to start runners in it, or why it cannot be here. */
  readonly find: (python: PythonInstallation, environment: Environment) => Either.Either<Confinement, string>
}

export type TierName = "bubblewrap" | "user namespaces" | "container" | "sandbox-exec"

const linux = process.platform === "linux"

/** Best first. */
export const tierPlans: ReadonlyArray<TierPlan> = [
  {
    name: "bubblewrap",
    setting: "bubblewrap",
    detail: "its namespaces, a private file system, no network, no privileges",
    apart: true,
    find: (python, environment) => {
      const executable = findExecutable("bwrap", environment)
      return executable === undefined
        ? Either.left(linux ? "bwrap is not installed" : "there is none for this system")
        : Either.right(bubblewrap(python, executable))
    }
  },
  {
    name: "user namespaces",
    setting: "namespaces",
    detail: "namespaces of its own, a private file system, no network, no privileges",
    apart: true,
    find: (python) =>
      linux ? Either.right(userNamespaces(python)) : Either.left("this system has no namespaces")
  },
  {
    name: "container",
    setting: "container",
    detail:
      "the container is the sandbox; in it no network, no privileges, no other files or processes; " +
      "no process space and no disk of its own",
    apart: false,
    find: (python) =>
      linux && containerMark() !== undefined
        ? Either.right(container(python))
        : Either.left("this is not inside of a container")
  },
  {
    name: "sandbox-exec",
    setting: "sandbox-exec",
    detail: "a profile of macOS; no network, no other files; its disk is not bounded as a whole",
    apart: false,
    find: (python) =>
      process.platform === "darwin" && existsSync(sandboxExecFile)
        ? Either.right(sandboxExec(python))
        : Either.left("only macOS has it")
  }
]
