import Database from "better-sqlite3"
import { describe, expect, it } from "vitest"
import { log0001 } from "../../../migrations/0001_log.ts"

/** A stranger's connection, which asks for no trigger but those that always run. */
const opened = () => {
  const database = new Database(":memory:")
  for (const statement of log0001) database.exec(statement)
  const hash = Buffer.alloc(32)
  database
    .prepare(
      "INSERT INTO event (run_id, pos, type, ver, call_key, at, data, hash) VALUES ('R', 0, 'CompletionReceived', 1, 'k', 1, '{}', ?)"
    )
    .run(hash)
  database.prepare("INSERT INTO blob VALUES ('h', 1, 'utf8', x'61')").run()
  database.prepare("INSERT INTO lineage VALUES ('R', NULL, NULL)").run()
  return { database, hash }
}

describe("the log is append-only for everybody", () => {
  const attempts = [
    ["UPDATE event SET data = '{\"a\":1}'", /append-only/],
    ["DELETE FROM event", /append-only/],
    [
      "INSERT OR REPLACE INTO event (seq, run_id, pos, type, ver, at, data, hash) VALUES (1, 'Q', 7, 'X', 1, 1, 'no', zeroblob(32))",
      /append-only/
    ],
    [
      "INSERT OR REPLACE INTO event (run_id, pos, type, ver, at, data, hash) VALUES ('R', 0, 'X', 1, 1, 'no', zeroblob(32))",
      /append-only/
    ],
    [
      "INSERT OR REPLACE INTO event (run_id, pos, type, ver, call_key, at, data, hash) VALUES ('R', 1, 'CompletionReceived', 1, 'k', 1, 'no', zeroblob(32))",
      /append-only/
    ],
    ["UPDATE blob SET content = x'62'", /append-only/],
    ["DELETE FROM blob", /append-only/],
    ["UPDATE lineage SET run_id = 'Q'", /append-only/],
    ["DELETE FROM lineage", /append-only/],
    ["INSERT OR REPLACE INTO lineage VALUES ('R', NULL, NULL)", /append-only/]
  ] as const

  it.each(attempts)("%s", (statement, message) => {
    const { database } = opened()
    const before = database.prepare("SELECT * FROM event, blob, lineage").all()
    expect(() => database.exec(statement)).toThrow(message)
    expect(database.prepare("SELECT * FROM event, blob, lineage").all()).toEqual(before)
  })

  it("a text that is there stays as it is", () => {
    const { database } = opened()
    database.exec("INSERT OR REPLACE INTO blob VALUES ('h', 1, 'utf8', x'62')")
    expect(database.prepare("SELECT hex(content) FROM blob").pluck().all()).toEqual(["61"])
  })
})
