import { Effect } from "effect"
import { RunCatalogue } from "../../services/RunCatalogue.ts"
import { Wandb } from "../../services/Wandb.ts"
import type { Configuration } from "../configuration.ts"
import { layerLogReader, layerWandb } from "../layers.ts"
import { exportWandb } from "../wandb/exportWandb.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"

export interface ExportToWandb {
  /** By name; all when empty. */
  readonly runs: ReadonlyArray<string>
  readonly json: boolean
}

/** `seidr export wandb`: the metrics and settings of runs to a project of Weights & Biases. */
export const exportToWandb = ({ json, runs }: ExportToWandb, configuration: Configuration) =>
  Effect.gen(function* () {
    const screen = yield* Screen
    const { wandb } = configuration
    if (wandb === undefined) {
      const reason = "export wandb needs --wandb PROJECT, and WANDB_MODE not to be disabled"
      return yield* new UsageInvalid({ reason })
    }
    const target = { project: wandb.project, slurm: {} }
    const { exported, host } = yield* Effect.gen(function* () {
      const catalogue = yield* RunCatalogue
      const named = yield* Effect.forEach(runs, catalogue.find)
      const wanted = named.length === 0 ? yield* catalogue.list : named
      return yield* Effect.gen(function* () {
        const { host } = yield* Wandb
        return { host, exported: yield* exportWandb(wanted, target) }
      }).pipe(Effect.provide(layerWandb(wandb, configuration)))
    }).pipe(Effect.provide(layerLogReader(configuration)))
    if (json) {
      const sent = exported.map(({ outcome, run: { runId } }) => ({
        run: runId,
        folder: outcome._tag === "Kept" ? outcome.folder : null
      }))
      return yield* screen.json({ format: "wandb", where: host, project: target.project, runs: sent })
    }
    for (const { outcome, run } of exported) {
      const how = outcome._tag === "Kept" ? `kept: wandb sync ${outcome.folder}` : "sent"
      yield* screen.print(`${run.runId}  ${how}`)
    }
    const kept = exported.filter(({ outcome }) => outcome._tag === "Kept").length
    const counts = kept === 0 ? "" : `, ${kept} of them kept on disk`
    yield* screen.print(`${host}, project ${target.project}: ${exported.length} runs${counts}`)
  })
