import { createHash } from "node:crypto"
import { copyFileSync } from "node:fs"
import Database from "better-sqlite3"
import { Duration, Effect, type Scope } from "effect"
import { fork } from "../../src/programs/fork/fork.ts"
import { oracleModel, preparedIn, searching, solveAndReplay } from "./searching.ts"
import { published } from "./settings.ts"
import { temporaryLog } from "./temporaryLog.ts"

const settings = { ...published, maxPrograms: 10, drafts: 3, explanations: 1, repairs: 2, beamWidth: 2 }
const oracle = { seed: 6, cases: 4, skill: 0.3, silence: 0.1 }

/** A log with a run and a fork of it, not in use any more. */
export const madeLog = Effect.gen(function* () {
  const database = yield* temporaryLog
  const runs = yield* Effect.gen(function* () {
    const { result: parent } = yield* solveAndReplay(preparedIn({ settings, oracle }))
    const child = yield* fork(
      {
        parent: parent.runId,
        at: { kind: "generation", generation: 0 },
        overrides: { maxPrograms: 4, ranking: { kind: "lexicase" } },
        answers: "adopt",
        label: undefined,
        maxOutage: Duration.zero
      },
      () => Effect.void,
      () => Effect.void
    )
    return { parent: parent.runId, child: child.runId }
  }).pipe(Effect.provide(searching({ database, model: oracleModel(oracle) })))
  // Everything in the one file, so that it can be copied and changed.
  const file = new Database(database)
  file.pragma("wal_checkpoint(TRUNCATE)")
  file.close()
  return { database, ...runs }
})

/** A copy of a log, changed as nobody should. */
export const rewritten = (
  database: string,
  change: (file: Database.Database) => void
): Effect.Effect<string, never, Scope.Scope> =>
  Effect.tap(temporaryLog, (copy) =>
    Effect.sync(() => {
      copyFileSync(database, copy)
      const file = new Database(copy)
      const guards = file
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .all() as ReadonlyArray<Guard>
      for (const { name } of guards) file.exec(`DROP TRIGGER ${name}`)
      file.pragma("foreign_keys = OFF")
      change(file)
      // Nobody who covers his tracks would leave them away.
      for (const { sql } of guards) file.exec(sql)
      file.close()
    })
  )

interface Guard {
  readonly name: string
  readonly sql: string
}

interface Line {
  readonly run_id: string
  readonly parent_id: string | null
  readonly parent_pos: number | null
}

/** Computes all chains anew, as somebody would who covers his tracks; ids of runs sort by their age. */
export const rechain = (file: Database.Database): void => {
  const links = new Map<string, string>()
  const lines = file.prepare("SELECT * FROM lineage ORDER BY run_id").all() as ReadonlyArray<Line>
  const parents = new Map(lines.map((line) => [line.run_id, line]))
  const put = file.prepare("UPDATE event SET hash = ? WHERE run_id = ? AND pos = ?")
  const covered = `SELECT run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data
    FROM event WHERE run_id = ? ORDER BY pos`
  for (const { run_id, parent_id, parent_pos } of lines) {
    let owner = parent_id
    while (owner !== null && !links.has(`${owner} ${parent_pos}`))
      owner = parents.get(owner)?.parent_id ?? null
    let link = owner === null ? "0".repeat(64) : links.get(`${owner} ${parent_pos}`)!
    for (const row of file.prepare(covered).raw().all(run_id) as ReadonlyArray<ReadonlyArray<unknown>>) {
      link = createHash("sha256")
        .update(JSON.stringify([link, ...row]))
        .digest("hex")
      links.set(`${run_id} ${row[1]}`, link)
      put.run(Buffer.from(link, "hex"), run_id, row[1])
    }
  }
}
