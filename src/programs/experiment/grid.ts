/** What is crossed: every problem in every language with every model, arity, ranking, writer and repetition. */
export interface Grid {
  /** In a name, `{language}` stands for the row's language. */
  readonly problems: ReadonlyArray<string>
  readonly languages: ReadonlyArray<string>
  readonly models: ReadonlyArray<string>
  /** N of the setting D = R = W = N of arXiv 2503.07693. */
  readonly arities: ReadonlyArray<number>
  readonly explanations: number
  readonly rankings: ReadonlyArray<string>
  /** Who writes instructions. */
  readonly instructions: ReadonlyArray<string>
  readonly repetitions: number
  readonly maxPrograms: number
  readonly validExamples: number
  readonly testExamples: number
}

const columns = [
  "task_id",
  "problem",
  "language",
  "branching_factor",
  "max_programs",
  "drafts_per_prompt",
  "explanations_per_program",
  "repairs_per_explanation",
  "beam_width",
  "ranking",
  "instructions",
  "model",
  "run",
  "valid_examples",
  "test_examples"
] as const

/** The table of a grid, as CSV: the published columns, with our names for ranking and model. */
export const gridTable = (grid: Grid): string => {
  const lines = [columns.join(",")]
  for (const problem of grid.problems)
    for (const language of grid.languages)
      for (const model of grid.models)
        for (const arity of grid.arities)
          for (const ranking of grid.rankings)
            for (const instructions of grid.instructions)
              for (let run = 0; run < grid.repetitions; run++) {
                const cells = [
                  lines.length - 1,
                  problem.replaceAll("{language}", language),
                  language,
                  arity,
                  grid.maxPrograms,
                  arity,
                  grid.explanations,
                  arity,
                  arity,
                  ranking,
                  instructions,
                  model,
                  run,
                  grid.validExamples,
                  grid.testExamples
                ]
                lines.push(cells.map(cell).join(","))
              }
  return `${lines.join("\n")}\n`
}

const cell = (value: string | number): string => {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
