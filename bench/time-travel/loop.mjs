// The whole loop: five services, a model that answers at once, cached evaluations of 50 cases, the durable log, 64 in
// flight. Every commit is one fsync.
import { join } from "node:path"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { begin } from "../../dist/src/programs/solve/begin.js"
import { now, rounded, seconds, sizeOf } from "./measure.mjs"
import { layerSearching, preparedFor } from "./world.mjs"

/** Counts the commits of this process, while something runs. */
const countingCommits = async (run) => {
  const { prepare } = Database.prototype
  let commits = 0
  Database.prototype.prepare = function (text) {
    const statement = prepare.call(this, text)
    if (text !== "COMMIT") return statement
    return {
      reader: false,
      run: () => {
        commits += 1
        return statement.run()
      }
    }
  }
  try {
    return { value: await run(), commits }
  } finally {
    Database.prototype.prepare = prepare
  }
}

export const loop = async ({ folder, programs }) => {
  const rows = []
  for (const count of [100, ...programs]) {
    const file = join(folder, `loop-${count}.db`)
    const program = begin(
      preparedFor(count),
      () => Effect.void,
      () => Effect.void
    )
    const started = now()
    const { value, commits } = await countingCommits(() =>
      Effect.runPromise(Effect.provide(program, layerSearching(file)))
    )
    const taken = seconds(started)
    const { events, eventBytes, textBytes, texts } = sizeOf(file)
    rows.push({
      programs: value.programs,
      "programs/s": rounded(value.programs / taken),
      "µs per program": rounded((taken / value.programs) * 1e6),
      "programs per fsync": rounded(value.programs / commits, 1),
      "events/s": rounded(events / taken),
      generations: value.generations,
      "KB per event": rounded(eventBytes / events / 1024, 2),
      "KB of texts per program": rounded(textBytes / value.programs / 1024, 2),
      texts
    })
  }
  // The first one has warmed the process up.
  return rows.slice(1)
}
