// A log for a measurement: real searches through the real log, with a scripted model that solves nothing (so that every run
// has all its programs) and a sandbox that pretends. Wants a build.
import { createHash } from "node:crypto"
import { Effect, Layer } from "effect"
import { Critics, configurationFrom, Sandbox, scripted, solve } from "seidr"
import { layerModels, layerProblems, layerRuns } from "../dist/src/programs/layers.js"
import { layerNone } from "../dist/src/services/EvaluationCache.js"

/** Those that the runs take in turns. */
export const problems = ["gcd", "fizz-buzz", "fuel-cost", "basement", "luhn"]

const numberOf = (text) => createHash("sha256").update(text).digest().readUInt32LE(0)

const modelThatAdds = (lines) =>
  scripted(({ role }, { callKey }) => ({
    text:
      role === "explain"
        ? `Print ${callKey} instead.`
        : `\`\`\`python\nprint(${numberOf(callKey) % 997})\n${lines}\`\`\``,
    usage: { in: 300, out: 40 },
    finishReason: "stop"
  }))

/** Every so-manieth program ends with status 1. */
const sandboxOf = (failing) =>
  Layer.merge(
    Layer.succeed(Critics, {
      consult: () => Effect.dieMessage("there is no critic"),
      filesOf: () => Effect.succeed([])
    }),
    Layer.succeed(Sandbox, {
      tier: Effect.succeed({ name: "pretended", detail: "" }),
      toolchain: () => Effect.succeed("none"),
      identity: () => Effect.succeed("none"),
      open: () => Effect.dieMessage("nothing is talked with"),
      run: ({ source, inputs }) =>
        Effect.succeed({
          _tag: "Ran",
          executions: inputs.map((input) => ({
            ending: { _tag: "Exited", code: numberOf(source) % failing === 0 ? 1 : 0 },
            stdout: `${numberOf(source + input) % 9}\n`,
            stderr: "",
            cpuMs: 1,
            wallMs: 1,
            memoryBytes: 1
          }))
        })
    })
  )

/**
 * Writes the runs to a log.
 *
 * @param settingsOf what a run has besides, by its number
 * @param lines what every program ends with
 * @param failing every so-manieth program fails to run; none by default
 */
export const makeRuns = async ({ database, failing = 0, lines = "", maxPrograms, runs, settingsOf }) => {
  const one = (number) =>
    solve({
      problem: problems[number % problems.length],
      model: "mine",
      maxPrograms,
      validExamples: 50,
      testExamples: 10,
      ...settingsOf(number)
    })
  const all = Effect.gen(function* () {
    const configuration = yield* configurationFrom({}, { database })
    const layer = Layer.provideMerge(
      layerRuns(configuration),
      Layer.mergeAll(
        layerProblems,
        layerModels(configuration, { mine: modelThatAdds(lines) }),
        sandboxOf(failing),
        layerNone
      )
    )
    const numbers = Array.from({ length: runs }, (_, number) => number)
    yield* Effect.provide(Effect.forEach(numbers, one, { concurrency: 16, discard: true }), layer)
  })
  await Effect.runPromise(all)
}
