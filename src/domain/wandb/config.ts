import { beginning } from "../cut.ts"
import type { RunForked, RunStarted } from "../events.ts"
import type { RunId } from "../ids.ts"
import { printableLine } from "../printable.ts"

export type Value = string | number | boolean | null
export type Config = Readonly<Record<string, Value>>

/** What a run is made of: the event that began its search, and of a fork the one that began itself. */
export interface Beginning {
  readonly runId: RunId
  readonly started: RunStarted
  readonly forked: RunForked | undefined
  /** Cases that the model is shown, which the problem's document holds. */
  readonly promptExamples: number | undefined
}

/** Variables of the machinery around a run that say which of its tasks this is. */
const slurmVariables = ["SLURM_JOB_ID", "SLURM_ARRAY_JOB_ID", "SLURM_ARRAY_TASK_ID", "TASK_ID"] as const

/** The ids of a Slurm task, as far as there are any; under the published names. */
export const slurmIds = (environment: Readonly<Record<string, string | undefined>>): Config =>
  Object.fromEntries(
    slurmVariables.flatMap((name) => {
      const value = environment[name]?.trim() ?? ""
      return value === "" ? [] : [[name.toLowerCase(), named(value)]]
    })
  )

/** Everything that shapes a run, and what it was made with. No text of a program, case or prompt is here. */
export const configOf = ({ forked, promptExamples, runId, started }: Beginning): Config => {
  const settings = forked?.settings ?? started.settings
  const { environment, label, rules } = forked ?? started
  const { draft, explain, repair } = settings.models
  const { ranking, temperature } = settings
  return {
    run_id: runId,
    label: label === null ? null : named(label),
    dataset: named(started.problem.origin.dataset),
    problem: named(started.problem.name),
    language: settings.language,
    model: named(draft.name),
    explain_model: named(explain.name),
    debug_model: named(repair.name),
    draft_batch: draft.batch,
    explain_batch: explain.batch,
    debug_batch: repair.batch,
    max_programs: settings.maxPrograms,
    drafts_per_prompt: settings.drafts,
    explanations_per_program: settings.explanations,
    repairs_per_explanation: settings.repairs,
    beam_width: settings.beamWidth,
    ranking: ranking.kind,
    lexicase_selection: ranking.kind === "lexicase",
    ...(ranking.kind === "tournament" ? { tournament_size: ranking.size } : {}),
    instructions: settings.instructions,
    temperature_schedule: temperature.kind === "constant" ? temperature.value : temperature.kind,
    prompt_examples: promptExamples ?? null,
    valid_examples: started.problem.cases,
    test_examples: started.hidden?.cases ?? 0,
    cases_hash: started.problem.casesHash,
    test_cases_hash: started.hidden?.casesHash ?? null,
    seed: settings.seed,
    time_limit_ms: settings.limits.timeMs,
    memory_limit_bytes: settings.limits.memoryBytes,
    output_limit_bytes: settings.limits.outputBytes,
    starts_from_program: started.start !== null,
    ...(forked === undefined
      ? {}
      : {
          parent: forked.parent,
          forked_at: forked.at.kind === "node" ? forked.at.node : forked.position,
          answers: forked.answers
        }),
    prompt_rules: rules.prompts,
    extraction_rules: rules.extraction,
    seidr_version: environment.seidr,
    node_version: environment.node,
    sandbox: environment.tier,
    toolchain: named(environment.toolchain)
  }
}

/** What a run is called where it is shown. */
export const nameOf = ({ forked, runId, started }: Beginning): string => {
  const label = (forked ?? started).label
  return label === null ? `${named(started.problem.name)} ${runId}` : named(label)
}

const longestName = 128

/** A name that somebody else has given, on one line and of a bearable length. */
const named = (text: string): string => beginning(printableLine(text), longestName)
