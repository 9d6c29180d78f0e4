import { fileURLToPath } from "node:url"
import { Deferred, Duration, Effect, Layer, Option, Redacted } from "effect"
import type { RunId } from "../../domain/ids.ts"
import { printableLine } from "../../domain/printable.ts"
import { withoutKeys } from "../Critics/withoutKeys.ts"
import { type Outcome, Wandb, WandbMissing } from "../Wandb.ts"
import { decodeReport, type Report } from "./report.ts"
import { SidecarProcess } from "./sidecarProcess.ts"

/** The client and where it sends; what is left out is as the client has it. */
export interface WandbOptions {
  /** A Python 3 with the package `wandb`. */
  readonly python: string
  readonly apiKey: Option.Option<Redacted.Redacted<string>>
  readonly baseUrl: Option.Option<string>
  readonly environment: Readonly<Record<string, string | undefined>>
  /** How long what is left at the end may take to be sent; default 15 s. */
  readonly lastWait?: Duration.Duration
}

/** The version that this was tried with. */
export const wandbVersion = "0.31.0"

const sidecar = fileURLToPath(new URL("./sidecar.py", import.meta.url))
const officialUrl = "https://api.wandb.ai"
/** The client takes seconds to start, and many more on a busy machine. */
const startTime = Duration.seconds(90)
const modes = ["", "online", "offline"]
/** How long it may look for the server. */
const connectSeconds = 10
/** How long what is left at the end may take to be sent. */
export const usualLastWait = Duration.seconds(15)

/** The official Python client in a process of its own: decision 0020 says why. */
export const layer = (options: WandbOptions): Layer.Layer<Wandb, WandbMissing> =>
  Layer.scoped(
    Wandb,
    Effect.gen(function* () {
      const { baseUrl, environment, lastWait = usualLastWait, python } = options
      const mode = environment["WANDB_MODE"] ?? ""
      if (!modes.includes(mode)) {
        const reason = `WANDB_MODE is ${JSON.stringify(mode)}, and has to be online, offline or disabled`
        return yield* new WandbMissing({ reason })
      }
      const url = Option.getOrElse(baseUrl, () => officialUrl)
      const host = printableLine(URL.canParse(url) ? new URL(url).host : "the address WANDB_BASE_URL")
      const key = Option.match(options.apiKey, { onNone: () => "", onSome: Redacted.value })
      const safe = (reason: string) => {
        const shown = reason.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, "$1")
        return printableLine(key === "" ? shown : shown.replaceAll(key, "…"))
      }
      const fiberId = yield* Effect.fiberId
      const ready = yield* Deferred.make<void, WandbMissing>()
      const addresses = new Map<RunId, string>()
      const outages = new Map<RunId, string>()
      const outcomes = new Map<RunId, Deferred.Deferred<Outcome>>()
      let isGone = false
      const outcomeOf = (runId: RunId) => {
        const known = outcomes.get(runId) ?? Deferred.unsafeMake<Outcome>(fiberId)
        outcomes.set(runId, known)
        if (isGone) Deferred.unsafeDone(known, Effect.succeed({ _tag: "Unfinished" }))
        return known
      }
      const settle = (runId: RunId, outcome: Outcome): void => {
        Deferred.unsafeDone(outcomeOf(runId), Effect.succeed(outcome))
      }
      const missing = (reason: string): void => {
        Deferred.unsafeDone(ready, new WandbMissing({ reason }))
      }

      const hear = (report: Report): void => {
        switch (report._tag) {
          case "Ready":
            Deferred.unsafeDone(ready, Effect.void)
            break
          case "Unready":
            missing(
              report.why === "package"
                ? noPackage(python, safe(report.reason))
                : noKey(host, safe(report.reason))
            )
            break
          case "Begun":
            if (/^https?:/.test(report.address)) addresses.set(report.run, safe(report.address))
            break
          case "Kept":
            outages.set(report.run, safe(report.reason))
            break
          case "Refused":
          case "Failed":
            settle(report.run, { _tag: report._tag, reason: safe(report.reason) })
            break
          case "Ended": {
            const { folder, offline, run } = report
            settle(run, offline ? { _tag: "Kept", folder, outage: outages.get(run) } : { _tag: "Sent" })
            break
          }
        }
      }
      const child = yield* Effect.acquireRelease(
        Effect.sync(
          () =>
            new SidecarProcess(python, [sidecar], environmentOf(environment, options), (line) =>
              Option.map(decodeReport(line), hear)
            )
        ),
        (started) => Effect.promise(() => started.end(1.2 * Duration.toMillis(lastWait)))
      )
      const onEnd = (fault: string | undefined) => {
        const words = safe(child.words.trim().split("\n").at(-1) ?? "")
        missing(
          fault === undefined
            ? noPackage(python, `it ended with: ${words}`)
            : `--wandb needs Python: ${python} cannot be started (${fault}); ${advice}`
        )
        isGone = true
        for (const runId of outcomes.keys()) outcomeOf(runId)
      }
      void child.ended.then(onEnd)
      yield* Deferred.await(ready).pipe(
        Effect.timeoutFail({
          duration: startTime,
          onTimeout: () =>
            new WandbMissing({
              reason: `the Python package wandb did not start within ${Duration.format(startTime)}`
            })
        })
      )
      return {
        host,
        addressOf: (runId) => Effect.sync(() => addresses.get(runId)),
        send: (message) => Effect.promise(() => child.write(JSON.stringify(message))),
        outcome: (runId) => Effect.suspend(() => Deferred.await(outcomeOf(runId)))
      }
    })
  )

const advice = `\`python3 -m venv wandb-env && wandb-env/bin/pip install wandb==${wandbVersion}\`, then SEIDR_WANDB_PYTHON=wandb-env/bin/python`

const noPackage = (python: string, reason: string): string =>
  `--wandb needs the Python package wandb, and ${printableLine(python)} has none that works (${reason}): ${advice}`

const noKey = (host: string, reason: string): string =>
  reason === "no key"
    ? `no key for Weights & Biases at ${host}: set WANDB_API_KEY, or WANDB_MODE=offline to keep runs on disk`
    : `the key for Weights & Biases at ${host} cannot be used: ${reason}`

/** What the client needs of the user's environment: no key of anybody else. */
const environmentOf = (
  environment: Readonly<Record<string, string | undefined>>,
  { apiKey, baseUrl, lastWait = usualLastWait }: WandbOptions
): Record<string, string> => {
  const wanted = /^WANDB_|^(?:https?|all|no)_proxy$/i
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => wanted.test(name)))
  const all = {
    // Faults of the client are nobody's business unless the user says so.
    WANDB_ERROR_REPORTING: "false",
    ...withoutKeys(environment),
    ...own,
    SEIDR_WANDB_CONNECT: String(connectSeconds),
    SEIDR_WANDB_LAST: String(Duration.toSeconds(lastWait)),
    ...Option.match(baseUrl, { onNone: () => ({}), onSome: (url) => ({ WANDB_BASE_URL: url }) }),
    ...Option.match(apiKey, { onNone: () => ({}), onSome: (key) => ({ WANDB_API_KEY: Redacted.value(key) }) })
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  )
}
