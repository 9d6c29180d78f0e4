import type {
  CompletionReceived,
  CompletionRequested,
  Event,
  ProgramEvaluated,
  RunStarted
} from "../../../src/domain/events.ts"
import { sha256 } from "../../../src/domain/hash.ts"
import { draftId, type RunId } from "../../../src/domain/ids.ts"
import { rules } from "../../../src/domain/rules.ts"
import type { Entry } from "../../../src/services/EventLog.ts"
import { published } from "../../support/settings.ts"

/** The run with a number: ids of the right form that sort by it. */
export const runNamed = (number: number): RunId => `01J${String(number).padStart(23, "0")}` as RunId

export const run = runNamed(1)

export const entry = (event: Event, cause: number | null = null): Entry => ({ event, cause })

export const started = (label: string | null = null): RunStarted => ({
  _tag: "RunStarted",
  problem: {
    name: "bowling",
    document: sha256("document"),
    casesHash: sha256("cases"),
    cases: 4,
    origin: { dataset: "psb2" }
  },
  settings: published,
  hidden: null,
  start: null,
  label,
  rules,
  environment: { seidr: "0.1.0", node: "v20", tier: "none", toolchain: "Python 3" }
})

export const resumed = (epoch: number): Event => ({ _tag: "RunResumed", epoch, rules })

export const requested = (callKey: string): CompletionRequested => ({
  _tag: "CompletionRequested",
  callKey,
  place: draftId(0),
  index: 0,
  role: "draft",
  attempt: 1,
  requestHash: sha256("request"),
  request: { model: "scripted", temperature: 0.5, system: [sha256("system")], user: [sha256("user")] }
})

export const received = (callKey: string, answer = "answer"): CompletionReceived => ({
  _tag: "CompletionReceived",
  callKey,
  place: draftId(0),
  attempt: 1,
  requestHash: sha256("request"),
  answer: sha256(answer),
  usage: { in: 1, out: 2 },
  finishReason: "stop",
  servedBy: null,
  latencyMs: 12
})

export const evaluated = (index: number, passed: number): ProgramEvaluated => ({
  _tag: "ProgramEvaluated",
  node: draftId(index),
  index,
  program: sha256(`program ${index}`),
  verdicts: "PPPP",
  partial: [],
  score: passed / 4,
  passed,
  total: 4,
  details: sha256("details"),
  source: "ran"
})
