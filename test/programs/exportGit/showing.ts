import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { Duration, Effect, Layer, Redacted } from "effect"
import { exportGit } from "../../../src/programs/exportGit/exportGit.ts"
import { gitSink, type Waits } from "../../../src/programs/exportGit/gitSink.ts"
import type { MetricsOf } from "../../../src/programs/exportGit/metrics.ts"
import { layerLogReader } from "../../../src/programs/layers.ts"
import { resume } from "../../../src/programs/resume.ts"
import { begin } from "../../../src/programs/solve/begin.ts"
import type { SolveResult } from "../../../src/programs/solve/result.ts"
import type { Critics } from "../../../src/services/Critics.ts"
import type { EventLog } from "../../../src/services/EventLog.ts"
import { layer as gitLayer } from "../../../src/services/Git/layer.ts"
import { scripted } from "../../../src/services/LanguageModel/scripted.ts"
import type { Leases } from "../../../src/services/Leases.ts"
import { Notices } from "../../../src/services/Notices.ts"
import type { Ring } from "../../../src/services/Ring.ts"
import { RunCatalogue } from "../../../src/services/RunCatalogue.ts"
import type { RunIds } from "../../../src/services/RunIds.ts"
import { Sinks } from "../../../src/services/Sinks.ts"
import { answerOf, type Oracle } from "../../support/oracle.ts"
import { preparedIn, searching } from "../../support/searching.ts"
import { published } from "../../support/settings.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { type Answering, bare, environment, folder, headsOf, nodesOn } from "./repositories.ts"

const oracle: Oracle = { seed: 5, cases: 3, skill: 0.3, silence: 0.1 }
const settings = { ...published, drafts: 2, explanations: 1, repairs: 2, beamWidth: 2, maxPrograms: 8 }
const identity = { name: "A. Nyone", email: "a@example.org" }
export const branch = "test_scripted_2x1x2_run0"
/** However busy the machine is. */
export const patient: Waits = {
  last: Duration.minutes(3),
  interrupted: Duration.minutes(3),
  silent: Duration.infinity
}
export const password = "hunter2secret"

interface Showing {
  readonly database: string
  /** Where attempts go; nowhere when undefined. */
  readonly url: string | undefined
  /** What the model waits for before it explains anything. */
  readonly before?: Effect.Effect<void>
  readonly onNotice?: (line: string) => Effect.Effect<void>
  readonly waits?: Waits
  readonly metrics?: MetricsOf
}

type Driven = Effect.Effect<SolveResult, unknown, EventLog | Leases | Ring | RunIds | RunCatalogue | Critics>

const beginning: Driven = begin(
  preparedIn({ settings, oracle }),
  () => Effect.void,
  () => Effect.void
)

export const resuming: Driven = Effect.gen(function* () {
  const [run] = yield* (yield* RunCatalogue).list
  return yield* resume(run!.runId, Duration.seconds(20), () => Effect.void)
})

/** A search whose attempts go to a remote; gives its digest and what was said. */
export const shown = (
  { before = Effect.void, database, metrics, waits = patient, onNotice = () => Effect.void, url }: Showing,
  drive = beginning
) =>
  Effect.gen(function* () {
    const notices: Array<string> = []
    const say = (line: string) =>
      Effect.suspend(() => {
        if (line.startsWith("git: attempts go to ")) return Effect.void
        notices.push(line)
        return onNotice(line)
      })
    const model = scripted(({ role }, { callKey }) =>
      Effect.as(role === "explain" ? before : Effect.void, {
        text: answerOf(oracle, role, callKey),
        usage: { in: 3, out: 2 },
        finishReason: "stop"
      })
    )
    const sinks =
      url === undefined
        ? Effect.succeed([])
        : Effect.all([
            gitSink(
              { remote: { url: Redacted.make(url) }, identity, interval: Duration.millis(20) },
              { where: ` --db ${database}`, waits, metrics }
            )
          ])
    const layer = Layer.scoped(Sinks, sinks).pipe(
      Layer.provide([gitLayer(environment), NodeFileSystem.layer, Layer.succeed(Notices, { say })]),
      Layer.provideMerge(searching({ database, model }))
    )
    const { digest, runId } = yield* Effect.provide(drive, layer)
    return { digest, runId, notices }
  })

/** The same search, shown to nobody. */
export const digestOfUnseen = Effect.runSync(
  Effect.cached(
    Effect.scoped(
      Effect.gen(function* () {
        return (yield* shown({ database: yield* temporaryLog, url: undefined })).digest
      })
    )
  )
)

/** What an export of the log afterwards adds to a repository, or makes of an empty one. */
export const exported = (database: string, remote: string) =>
  Effect.gen(function* () {
    const runs = yield* (yield* RunCatalogue).list
    yield* exportGit(runs, {
      folder: yield* folder,
      isOurs: true,
      identity,
      remote: { url: Redacted.make(remote) }
    })
    return headsOf(remote)
  }).pipe(Effect.provide([layerLogReader({ database }), gitLayer(environment)]))

export const allNodes = (database: string) =>
  Effect.gen(function* () {
    const remote = yield* bare
    yield* exported(database, remote)
    return nodesOn(remote, `${branch}_dev`)
  })

/** Keys as the server of a test wants them, and says them back when they are others. */
export const authorizing =
  (answered: Answering): Answering =>
  (request, response) => {
    const given = request.headers.authorization
    if (given === `Basic ${Buffer.from(`someone:${password}`).toString("base64")}`) {
      return answered(request, response)
    }
    const said = given === undefined ? "" : Buffer.from(given.slice(6), "base64").toString()
    response.writeHead(401, { "content-type": "text/plain", "www-authenticate": 'Basic realm="git"' })
    response.end(`no entry for ${said} (${given})\u001b[31m\n`)
    return true
  }
