import { fileURLToPath } from "node:url"
import { FileSystem } from "@effect/platform"
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { sha256 } from "../../../src/domain/hash.ts"
import { HiddenCases } from "../../../src/services/HiddenCases.ts"
import { ProblemSource } from "../../../src/services/ProblemSource.ts"
import { asking, live } from "./request.ts"

const frame = "name: game\ndescription: Play.\n"

/** Loads a problem file that has a critic `judge` and a file `level` beside it. */
const loaded = (content: string, { mode = 0o755 } = {}) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const { load } = yield* ProblemSource
    const { hidden } = yield* HiddenCases
    const folder = yield* fs.makeTempDirectoryScoped()
    const file = `${folder}/p.yaml`
    yield* fs.writeFileString(file, `${frame}${content}`)
    yield* fs.writeFileString(`${folder}/judge`, "#!/bin/sh\n")
    yield* fs.chmod(`${folder}/judge`, mode)
    yield* fs.writeFileString(`${folder}/level`, "")
    const { problem } = yield* load(asking(file))
    return { ...problem, folder, hidden: yield* hidden(asking(file)) }
  })

const reasonOf = (content: string, options?: { readonly mode: number }) =>
  Effect.map(Effect.flip(loaded(content, options)), (error) =>
    error._tag === "ProblemInvalid" ? error.reason : error.message
  )

layer(live)("problem files with a critic", (it) => {
  it.scoped("name an executable beside them, which has one minute and one trial", () =>
    Effect.gen(function* () {
      const { check, folder, hidden, promptExamples, validation } = yield* loaded("critic: judge\n")
      expect(check).toEqual({
        _tag: "Critic",
        command: [`${folder}/judge`],
        timeMs: 60_000,
        files: [{ path: `${folder}/judge`, sha256: sha256("#!/bin/sh\n") }]
      })
      expect({ hidden, promptExamples, validation }).toEqual({
        hidden: [],
        promptExamples: 0,
        validation: [{ argument: "" }]
      })
    })
  )

  it.scoped("docs/problems.md shows the one of its example", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const docs = fileURLToPath(new URL("../../../docs/", import.meta.url))
      const file = `${docs}examples/guess/problem.yaml`
      expect(yield* fs.readFileString(`${docs}problems.md`)).toContain(
        `\`\`\`yaml\n${yield* fs.readFileString(file)}\`\`\``
      )
      const { problem } = yield* (yield* ProblemSource).load(asking(file))
      expect(problem.validation).toHaveLength(5)
    })
  )

  it.scoped("may have arguments, a time, trials and hidden trials", () =>
    Effect.gen(function* () {
      const { check, folder, hidden, validation } = yield* loaded(
        "critic: [./judge, level, --hard]\ntime: 0.5\ntrials: [007, a b, true]\nhiddenTrials: [1.50]\n"
      )
      const command = [`${folder}/judge`, `${folder}/level`, "--hard"]
      const files = [
        { path: `${folder}/judge`, sha256: sha256("#!/bin/sh\n") },
        { path: `${folder}/level`, sha256: sha256("") }
      ]
      expect(check).toEqual({ _tag: "Critic", command, timeMs: 500, files })
      expect(validation).toEqual([{ argument: "007" }, { argument: "a b" }, { argument: "true" }])
      expect(hidden).toEqual([{ argument: "1.50" }])
    })
  )

  it.scoped("are refused without an executable that can be run", () =>
    Effect.gen(function* () {
      expect(yield* reasonOf("critic: nowhere\n")).toMatch(/^its critic ".*\/nowhere" is not there$/)
      expect(yield* reasonOf("critic: .\n")).toMatch(/^its critic ".*" is no file$/)
      expect(yield* reasonOf("critic: judge\n", { mode: 0o644 })).toMatch(
        /\/judge" is not executable \(chmod \+x makes it so\)$/
      )
    })
  )

  it.scoped("have their faults named", () =>
    Effect.gen(function* () {
      const faults = {
        "critic: []":
          "line 3: critic is an empty list, expected the path of an executable, or a list of one and its first arguments",
        'critic: ""':
          "line 3: critic is an empty text, expected the path of an executable, or a list of one and its first arguments",
        "critic: judge\ntime: 0":
          "line 4: time is the number 0, expected a number of seconds, more than 0, up to a day",
        "critic: judge\ntrials: []":
          "line 4: trials is an empty list, expected a list with at least one line",
        "critic: judge\ntrials: [[a]]":
          "line 4: trials[0] is a list, expected a line: a text without line break, a number, true or false",
        "critic: judge\nexamples: []":
          'line 4: the file has a field "examples", which is not known; there are name, description, language, critic, time, trials, hiddenTrials',
        "critic: judge\ntrails: [a]":
          'line 4: the file has a field "trails", which is not known; did you mean trials?'
      }
      const found: Record<string, string> = {}
      for (const content of Object.keys(faults)) found[content] = yield* reasonOf(content)
      expect(found).toEqual(faults)
    })
  )
})
