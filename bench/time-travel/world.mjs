// The world that the measurements of the log search in: a problem of 50 cases that no program solves, a model that
// answers at once, and evaluations that are known already. Everything is drawn from the key of its question.
import { createHash } from "node:crypto"
import { Effect, Layer, Schema } from "effect"
import { byLines } from "../../dist/src/domain/check.js"
import { exactly } from "../../dist/src/domain/comparison.js"
import { defaultLimits, evaluationOf } from "../../dist/src/domain/evaluation.js"
import { hashCases, Problem } from "../../dist/src/domain/problem.js"
import { layerLog, layerRing } from "../../dist/src/programs/layers.js"
import { Critics } from "../../dist/src/services/Critics.js"
import { EvaluationCache } from "../../dist/src/services/EvaluationCache.js"
import { EventLog } from "../../dist/src/services/EventLog.js"
import { layerRouter } from "../../dist/src/services/LanguageModel/router.js"
import { scripted } from "../../dist/src/services/LanguageModel/scripted.js"
import * as RunIds from "../../dist/src/services/RunIds.js"
import { Sandbox } from "../../dist/src/services/Sandbox.js"

const cases = 50
const model = { name: "scripted", batch: 10 }

/**
 * Eight programs for each survivor of a generation. The name of a node is its path, so that events of a deep tree are
 * longer: a wide beam keeps it as flat as the searches that people make.
 */
export const settingsFor = (maxPrograms, beamWidth = 64) => ({
  language: "python",
  models: { draft: model, explain: model, repair: model },
  maxPrograms,
  drafts: 8 * beamWidth,
  explanations: 2,
  repairs: 4,
  beamWidth,
  ranking: { kind: "score" },
  instructions: "model",
  temperature: { kind: "published" },
  limits: defaultLimits,
  seed: 42
})

export const problem = {
  name: "echo",
  description: "Read a line with a number. Print the number and, on a line of its own, the word end. ".repeat(
    6
  ),
  check: byLines(exactly),
  promptExamples: 2,
  validation: Array.from({ length: cases }, (_, index) => ({
    input: `${index}`,
    output: `${index}\nend\n`
  })),
  origin: { dataset: "bench" }
}

/** Bytes that look random, and always the same for a key. */
const drawn = (key) => createHash("sha512").update(key).digest()

/** An answer of about 600 characters; an instruction of about 120. */
export const answerTo = (role, callKey) => {
  const bytes = drawn(callKey)
  const word = bytes.toString("hex", 0, 8)
  if (role === "explain") {
    return `The variable total_${word} is not reset between lines. Set it to ${bytes[9]} before line ${bytes[10]} reads the next number.`
  }
  const lines = Array.from(
    bytes.subarray(0, 12),
    (byte, index) =>
      `    value_${index} = (number * ${byte} + ${bytes[index + 12]}) % ${bytes[index + 24] + 1}`
  )
  const program = `def solve_${word}(number):\n${lines.join("\n")}\n    return value_11\n\nprint(solve_${word}(int(input())))\n`
  return `Here is the program:\n\n\`\`\`python\n${program}\`\`\`\n`
}

const resultFor = (byte, isLast) => {
  const measured = { ms: (byte + 500) / 100, memoryBytes: 9_000_000 + 4096 * byte }
  return byte < 128 && !isLast
    ? { verdict: "Passed", score: 1, ...measured, exit: 0 }
    : { verdict: "WrongAnswer", score: byte % 4 === 0 ? 0.5 : 0, ...measured, exit: 0, actual: `${byte}\n` }
}

/** What a case may come to, made once: drawing it anew for each program would cost more than the loop does with it. */
const results = Array.from({ length: 256 }, (_, byte) => resultFor(byte, false))
const lastResults = Array.from({ length: 256 }, (_, byte) => resultFor(byte, true))

/** The last case is never passed; a wrong answer in four is nearly right. */
export const evaluationFor = (key) => {
  const bytes = drawn(key)
  return evaluationOf(
    Array.from({ length: cases }, (_, index) => (index < cases - 1 ? results : lastResults)[bytes[index]])
  )
}

/** A run that can begin. */
export const preparedFor = (maxPrograms, beamWidth) => ({
  request: { start: undefined, label: undefined, maxOutage: "1 second" },
  problem,
  document: Schema.encodeSync(Schema.parseJson(Problem))(problem),
  casesHash: hashCases(problem.validation),
  hidden: null,
  settings: settingsFor(maxPrograms, beamWidth),
  environment: { tier: "pretended", toolchain: "none" }
})

/** How much is under way at once. */
export const inFlight = 64

const outside = (asked) =>
  Layer.mergeAll(
    layerRouter({
      scripted: scripted(({ role }, { callKey }) => {
        asked()
        return { text: answerTo(role, callKey), usage: { in: 400, out: 200 }, finishReason: "stop" }
      })
    }),
    Layer.succeed(EvaluationCache, {
      get: (key) => Effect.sync(() => evaluationFor(key)),
      put: () => Effect.void
    }),
    Layer.succeed(Sandbox, {
      tier: Effect.succeed({ name: "pretended", detail: "" }),
      toolchain: () => Effect.succeed("none"),
      identity: () => Effect.succeed("none"),
      run: () => Effect.dieMessage("every evaluation is cached"),
      open: () => Effect.dieMessage("nothing is talked with")
    }),
    Layer.succeed(Critics, {
      consult: () => Effect.dieMessage("there is no critic"),
      filesOf: () => Effect.succeed([])
    })
  )

/**
 * The real log and ring around the pretended outside; `asked` is called when the model is. `between` stands between the
 * log and its users.
 */
export const layerSearching = (database, { asked = () => {}, atOnce = inFlight, between = direct } = {}) =>
  layerRing({ capacity: atOnce, concurrency: atOnce, executions: atOnce }).pipe(
    Layer.provideMerge(between),
    Layer.provideMerge(Layer.merge(layerLog({ database }), RunIds.layer)),
    Layer.provideMerge(outside(asked))
  )

const direct = Layer.effect(EventLog, EventLog)

/** The log alone. */
export const layerLogAt = (database) => layerLog({ database })
