import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { FileSystem } from "@effect/platform"
import { NodeContext } from "@effect/platform-node"
import { describe, expect, layer } from "@effect/vitest"
import { Effect, Either, Option } from "effect"
import { chosenRows, rangeOf, wantedTask } from "../../../src/programs/cli/experiment/chosenRows.ts"
import { knownColumns, rowOptions } from "../../../src/programs/cli/experiment/rowOptions.ts"
import { gridTable } from "../../../src/programs/experiment/grid.ts"
import { readTable } from "../../../src/programs/experiment/table.ts"

const reading = (content: string | Uint8Array) =>
  Effect.gen(function* () {
    const file = join(yield* (yield* FileSystem.FileSystem).makeTempDirectoryScoped(), "grid.csv")
    writeFileSync(file, content)
    return yield* readTable(file, knownColumns)
  })

const header =
  "task_id,problem,language,branching_factor,max_programs,drafts_per_prompt,explanations_per_program,repairs_per_explanation,beam_width,log,lexicase_selection,dataset,model_name,run,valid_examples,offset"

layer(NodeContext.layer)("experiment tables", (it) => {
  it.scoped("reads the published columns, as a spreadsheet saves them", () =>
    Effect.gen(function* () {
      const text = `\uFEFF${header},,\r\n7,bowling,C++,2,100,2,2,2,2,INFO,TRUE,"PSB2",gpt-3.5-turbo,3,50,1000,,\r\n\r\n,,,,\r\n`
      const { faults, name, rows } = yield* reading(text)
      expect([faults, name]).toEqual([[], "grid"])
      expect(rows.map(({ line, taskId }) => [line, taskId])).toEqual([[2, "7"]])
      expect(Either.getOrThrow(rowOptions(rows[0]!))).toEqual({
        problem: "bowling",
        language: "cpp",
        maxPrograms: 100,
        draftsPerPrompt: 2,
        explanationsPerProgram: 2,
        repairsPerExplanation: 2,
        beamWidth: 2,
        ranking: "lexicase",
        model: "openai:gpt-3.5-turbo",
        validExamples: 50,
        seed: 45
      })
    })
  )

  it.scoped("takes our own flags as columns, and what a branching factor stands for", () =>
    Effect.gen(function* () {
      const { rows } = yield* reading(
        "task_id;problem;dataset;branching_factor;beam_width;time_limit;temperature_schedule;seed;run;batch_size\n" +
          "a;Python/3;humaneval;5;;500ms;0.7;;;10\nb;4;humaneval;;9;;;7;2;\n"
      )
      const [first, second] = rows.map((row) => Either.getOrThrow(rowOptions(row)))
      expect(first).toEqual({
        problem: "humaneval-x/python/3",
        draftsPerPrompt: 5,
        repairsPerExplanation: 5,
        beamWidth: 5,
        timeLimitMs: 500,
        temperatureSchedule: { kind: "constant", value: 0.7 },
        batchSize: 10,
        seed: 42
      })
      expect(second).toEqual({ problem: "humaneval-x/python/4", beamWidth: 9, seed: 9 })
    })
  )

  it.scoped("is what `make` writes", () =>
    Effect.gen(function* () {
      const { faults, rows } = yield* reading(
        gridTable({
          problems: ["tasks/{language}/gcd.yaml", 'a "file", named badly.yaml'],
          languages: ["python", "cpp"],
          models: ["simulated", "ollama:llama3"],
          arities: [1, 4],
          explanations: 2,
          rankings: ["score", "lexicase"],
          instructions: ["model", "static"],
          repetitions: 3,
          maxPrograms: 100,
          validExamples: 50,
          testExamples: 2000
        })
      )
      expect([faults, rows.length]).toEqual([[], 2 * 2 * 2 * 2 * 2 * 2 * 3])
      const options = rows.map((row) => Either.getOrThrow(rowOptions(row)))
      expect(new Set(options.map((one) => JSON.stringify(one))).size).toBe(rows.length)
      expect(options[0]).toMatchObject({ problem: "tasks/python/gcd.yaml", language: "python" })
      expect(options.at(-1)).toEqual({
        problem: 'a "file", named badly.yaml',
        language: "cpp",
        maxPrograms: 100,
        draftsPerPrompt: 4,
        explanationsPerProgram: 2,
        repairsPerExplanation: 4,
        beamWidth: 4,
        ranking: "lexicase",
        instructions: "static",
        model: "ollama:llama3",
        validExamples: 50,
        testExamples: 2000,
        seed: 44
      })
    })
  )

  describe("refuses by file and line", () => {
    const refusals: ReadonlyArray<readonly [what: string, content: string | Uint8Array, fault: string]> = [
      ["nothing", "", "the file is empty"],
      ["columns alone", "task_id,problem\n", "the table has no row"],
      ["no problem", "task_id,language\n1,C++\n", "line 1: there is no column problem"],
      ["no id", "problem\ngcd\n", "line 1: there is no column task_id"],
      [
        "an unknown column",
        "task_id,problem,beam_with\n1,gcd,2\n",
        'column "beam_with", which means nothing here; did you mean beam_width?'
      ],
      ["a column twice", "task_id,problem,Problem\n1,gcd,gcd\n", "line 1: column problem is there twice"],
      [
        "an open quote",
        'task_id,problem\r\n0,"g""c\rd"\r\n1,"gcd\r\n2,luhn\r\n',
        "line 4: column problem: a quote is opened and never closed"
      ],
      ["more after a quote", 'task_id,problem\n1,"gcd"x\n', "line 2: column problem: something follows the"],
      ["a quote inside", 'task_id,"problem"\n1,g"cd\n', "line 2: column problem: there is a quote inside"],
      ["what is no text", Buffer.from([0x74, 0xff, 0x0a]), "not UTF-8"]
    ]
    for (const [what, content, fault] of refusals) {
      it.scoped(what, () =>
        Effect.gen(function* () {
          const error = yield* Effect.flip(reading(content))
          expect(error.message).toMatch(/^\S+grid\.csv: /)
          expect(error.message).toContain(fault)
        })
      )
    }
  })

  it.scoped("keeps the rows that are fine apart from those that are not", () =>
    Effect.gen(function* () {
      const table = yield* reading(
        "task_id,problem,max_programs\n1,gcd,0\n1,gcd,5\n,gcd,5\n2,gcd,5,what\n3,gcd,6\n4,,\n5,gcd,NaN\n6,gcd,7,\n"
      )
      const { faults, rows } = Either.getOrThrow(chosenRows(table, undefined, "name", undefined))
      expect(rows.map(({ label, line }) => [label, line])).toEqual([
        ["name/3", 6],
        ["name/6", 9]
      ])
      expect(faults).toEqual([
        'line 3: task_id "1" is that of line 2',
        "line 4: column task_id is empty",
        'line 5: "what" stands in column 4, which has no name',
        'line 2 (task_id 1): column max_programs is "0", and has to be a whole number from 1 on',
        "line 7 (task_id 4): column problem is empty",
        'line 8 (task_id 5): column max_programs is "NaN", and has to be a whole number from 1 on'
      ])
      expect(Either.getOrThrow(chosenRows(table, "03", "name", undefined)).rows).toHaveLength(1)
      expect(Either.flip(chosenRows(table, "9", "name", undefined)).pipe(Either.getOrThrow)).toMatch(
        /has no row with task_id 9; it has 5 rows, from 1 to 6$/
      )
      expect(rangeOf(table.rows.slice(0, 1))).toBe("one row, 1")
      expect(rangeOf([])).toBe("none that can be run")
    })
  )

  it.effect("picks a row as Slurm and the published scripts do", () =>
    Effect.sync(() => {
      const wanted = (environment: Record<string, string>, task = Option.none<string>()) =>
        wantedTask({ task, offset: 100, environment })
      expect(wanted({})).toEqual(Either.right(undefined))
      expect(wanted({ SLURM_ARRAY_TASK_ID: "7" })).toEqual(Either.right("107"))
      expect(wanted({ SLURM_ARRAY_TASK_ID: "7", TASK_ID: "3" })).toEqual(Either.right("3"))
      expect(wanted({ TASK_ID: "3" }, Option.some("5"))).toEqual(Either.right("5"))
      expect(Either.isLeft(wanted({ SLURM_ARRAY_TASK_ID: "x" }))).toBe(true)
    })
  )
})
