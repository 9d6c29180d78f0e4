import type { SearchSettings } from "../settings.ts"
import type { RunRecord } from "./run/record.ts"

/**
 * Under what a run was made, field by field as text: everything that shapes a search but its seed, which tells
 * repetitions apart, and the problem. Runs that were forked, or began from a program, are settings of their own: they had
 * a start that the others had not.
 */
export type Setting = Readonly<Record<string, string>>

export const settingOf = ({
  settings,
  hasStart,
  fork
}: Pick<RunRecord, "settings" | "hasStart" | "fork">) => {
  const { models, limits, ranking, temperature } = settings
  const same = (model: SearchSettings["models"]["draft"]) =>
    model.name === models.draft.name && model.batch === models.draft.batch
  return {
    model: models.draft.name,
    "explain-model": same(models.explain) ? "same" : models.explain.name,
    "debug-model": same(models.repair) ? "same" : models.repair.name,
    batch: String(models.draft.batch),
    language: settings.language,
    programs: String(settings.maxPrograms),
    drafts: String(settings.drafts),
    explanations: String(settings.explanations),
    repairs: String(settings.repairs),
    beam: String(settings.beamWidth),
    ranking: ranking.kind === "tournament" ? `tournament:${ranking.size}` : ranking.kind,
    instructions: settings.instructions,
    temperature: temperature.kind === "constant" ? String(temperature.value) : temperature.kind,
    "time-limit": `${limits.timeMs}ms`,
    "memory-limit": String(limits.memoryBytes),
    "output-limit": String(limits.outputBytes),
    start: hasStart ? "given" : "none",
    fork: fork ?? "none"
  } satisfies Setting
}

/** Two settings are the same when their keys are. */
export const keyOf = (setting: Setting): string => JSON.stringify(Object.entries(setting))

/**
 * Names for settings: the fields in which any two of them differ, `drafts=4 beam=10`. Of a single one, the fields by
 * which a search is usually told.
 */
export const namesOf = (settings: ReadonlyArray<Setting>): ReadonlyArray<string> => {
  const [first] = settings
  if (first === undefined) return []
  const differing = Object.keys(first).filter((field) =>
    settings.some((setting) => setting[field] !== first[field])
  )
  const told = differing.length === 0 ? usual : differing
  return settings.map((setting) => told.map((field) => `${field}=${setting[field]}`).join(" "))
}

const usual = ["model", "language", "programs", "drafts", "explanations", "repairs", "beam"]
