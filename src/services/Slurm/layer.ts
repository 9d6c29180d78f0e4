import { execFile } from "node:child_process"
import { Effect, Layer } from "effect"
import { printableLine } from "../../domain/printable.ts"
import { ClusterUnavailable, JobRefused, type JobScript, Slurm } from "../Slurm.ts"

/** The user's `sbatch`, which waits itself for a controller that is busy. */
export const layer = (environment: Readonly<Record<string, string | undefined>>): Layer.Layer<Slurm> =>
  Layer.succeed(Slurm, {
    submit: Effect.fn("Slurm.submit")(function* (script: JobScript) {
      const { code, err, out } = yield* sbatch(script, environment)
      if (code === "ENOENT") {
        return yield* new JobRefused({
          reason: "there is no sbatch here; write the script with --out, and submit it where there is one"
        })
      }
      const [, job] = /^(\d+)(?:;.*)?$/m.exec(out) ?? []
      if (code === 0 && job !== undefined) return job
      const said = wordsOf(err) || wordsOf(out) || `sbatch ended with status ${code}`
      return yield* isSilence.test(said)
        ? new ClusterUnavailable({ reason: said })
        : new JobRefused({ reason: /job array/i.test(said) ? `${said}; ${partsAdvice}` : said })
    })
  })

const partsAdvice =
  "the cluster's MaxArraySize bounds the indices, and --array with --offset takes a longer table in parts"

const isSilence = /unable to contact|connection (?:refused|timed out)|communication|socket timed out/i

interface Ended {
  readonly code: number | string
  readonly out: string
  readonly err: string
}

const sbatch = (
  script: JobScript,
  environment: Readonly<Record<string, string | undefined>>
): Effect.Effect<Ended> =>
  Effect.async((resume) => {
    const args = ["--parsable", ...("file" in script ? [script.file] : [])]
    const child = execFile("sbatch", args, { env: environment, encoding: "utf8" }, (error, out, err) =>
      resume(Effect.succeed({ code: error === null ? 0 : (error.code ?? error.signal ?? 1), out, err }))
    )
    // When it has ended without reading, its status says why.
    child.stdin?.on("error", () => undefined)
    child.stdin?.end("text" in script ? script.text : "")
    return Effect.sync(() => child.kill())
  })

/** What sbatch says, on one line and without its name before each. */
const wordsOf = (text: string): string =>
  text
    .split("\n")
    .map((line) => printableLine(line.trim().replace(/^sbatch: (?:error: |fatal: )?/, "")))
    .filter((line) => line !== "")
    .join("; ")
