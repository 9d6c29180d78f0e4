import { FileSystem } from "@effect/platform"
import { Effect, Either, Option, Redacted } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { addressOf } from "../../domain/wandb/address.ts"
import { shownUrl } from "../../services/Git/redacted.ts"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import type { Configuration } from "../configuration.ts"
import { exportGit } from "../exportGit/exportGit.ts"
import { metricsAt } from "../exportGit/metrics.ts"
import { identityIn, remoteFrom } from "../exportGit/settings.ts"
import { layerGit, layerLogReader } from "../layers.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"

export interface ExportToGit {
  /** By name; all when empty. */
  readonly runs: ReadonlyArray<string>
  readonly remote: Option.Option<string>
  readonly out: Option.Option<string>
  readonly json: boolean
}

/** `seidr export git`: attempts as commits on the published branches, in a bare repository, pushed to a remote. */
export const exportToGit = ({ json, out, remote, runs }: ExportToGit, configuration: Configuration) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { environment } = configuration
    const target = yield* Either.mapLeft(
      remoteFrom(Option.getOrUndefined(remote), environment),
      (reason) => new UsageInvalid({ reason })
    )
    if (target === undefined && Option.isNone(out)) {
      return yield* new UsageInvalid({
        reason:
          "export git needs somewhere to go: --git-remote URL (or GIT_REMOTE), or --out FOLDER for a bare repository"
      })
    }
    const metrics = yield* metricsOf(configuration)
    const files = yield* FileSystem.FileSystem
    const folder = Option.isSome(out) ? out.value : yield* Effect.orDie(files.makeTempDirectoryScoped())
    const { attempts, branches } = yield* Effect.gen(function* () {
      const catalogue = yield* RunCatalogue
      const named = yield* Effect.forEach(runs, catalogue.find)
      return yield* exportGit(named.length === 0 ? yield* catalogue.list : named, {
        folder,
        isOurs: Option.isNone(out),
        identity: identityIn(environment),
        metrics,
        remote: target
      })
    }).pipe(Effect.provide([layerLogReader(configuration), layerGit(configuration)]))
    const where = target === undefined ? folder : printableLine(shownUrl(Redacted.value(target.url)))
    if (json) return yield* screen.json({ format: "git", where, attempts, branches })
    for (const { commit, name } of branches) yield* screen.print(`${commit.slice(0, 12)}  ${name}`)
    yield* screen.print(`${where}: ${attempts} attempts on ${branches.length} branches`)
  }).pipe(Effect.scoped)

/** With `--wandb PROJECT`, the pages of the runs there; their address is not in the log. */
const metricsOf = ({ environment, wandb }: Configuration) => {
  if (wandb === undefined) return Effect.succeed(undefined)
  const entity = environment["WANDB_ENTITY"]?.trim() ?? ""
  if (entity === "") {
    return new UsageInvalid({
      reason: "export git --wandb needs WANDB_ENTITY, the user or team whose project it is"
    })
  }
  const server = Option.getOrUndefined(wandb.baseUrl)
  const { project } = wandb
  return Effect.succeed(metricsAt((run) => Effect.succeed(addressOf({ server, entity, project, run }))))
}
