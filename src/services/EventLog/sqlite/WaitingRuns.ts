import Database from "better-sqlite3"
import type { Ref } from "../../../domain/events.ts"
import type { RunId } from "../../../domain/ids.ts"
import type { Origin, Stored } from "../../EventLog.ts"
import type { Waiting } from "../archive/Reception.ts"
import { toBlob } from "../blob.ts"
import type { EventRow } from "../chain.ts"
import { type Projection, projectRun } from "../runProjection.ts"

/**
 * Runs that wait to be taken over, in a database of SQLite's own temporary files: they have no name, go with the
 * process however that ends, and hold what memory does not.
 */
export class WaitingRuns implements Waiting {
  readonly database: Database.Database
  private readonly origins = new Map<RunId, Origin | undefined>()
  private readonly last = new Map<RunId, number>()
  private readonly projections = new Map<RunId, Projection>()
  private readonly insertEvent: Database.Statement
  private readonly insertBlob: Database.Statement
  private readonly selectHash: Database.Statement
  private readonly selectText: Database.Statement
  private readonly insertRedacted: Database.Statement
  private readonly selectRedacted: Database.Statement
  private readonly selectAnswer: Database.Statement

  constructor() {
    this.database = new Database("")
    this.database.pragma("journal_mode = OFF")
    this.database.exec(`
      CREATE TABLE event (run_id TEXT, pos INTEGER, type TEXT, ver INTEGER, node_id TEXT, call_key TEXT,
        cause_pos INTEGER, request_hash TEXT, at INTEGER, data TEXT, hash BLOB);
      CREATE UNIQUE INDEX event_place ON event (run_id, pos);
      CREATE INDEX event_answer ON event (run_id, call_key) WHERE type = 'CompletionReceived';
      CREATE TABLE blob (hash TEXT PRIMARY KEY, size INTEGER, encoding TEXT, content BLOB);
      CREATE TABLE redacted (hash TEXT PRIMARY KEY, at INTEGER);
      BEGIN`)
    const prepare = (sql: string) => this.database.prepare(sql)
    this.insertEvent = prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    this.insertBlob = prepare("INSERT INTO blob VALUES (?, ?, ?, ?)")
    this.selectHash = prepare("SELECT lower(hex(hash)) FROM event WHERE run_id = ? AND pos = ?").pluck()
    this.selectText = prepare("SELECT 1 FROM blob WHERE hash = ?").pluck()
    // Of two times the earlier one, whoever comes first.
    this.insertRedacted = prepare(
      "INSERT INTO redacted VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET at = min(at, excluded.at)"
    )
    this.selectRedacted = prepare("SELECT 1 FROM redacted WHERE hash = ?").pluck()
    this.selectAnswer = prepare(
      "SELECT 1 FROM event WHERE type = 'CompletionReceived' AND run_id = ? AND call_key = ?"
    ).pluck()
  }

  /** In the order in which they came, parents before their forks. */
  get runs(): ReadonlyArray<RunId> {
    return [...this.origins.keys()]
  }

  originOf(runId: RunId): Origin | undefined {
    return this.origins.get(runId)
  }

  lastOf(runId: RunId): number | undefined {
    return this.last.get(runId)
  }

  projectionOf(runId: RunId): Projection | undefined {
    return this.projections.get(runId)
  }

  hashAt(runId: RunId, pos: number): string | undefined {
    return this.selectHash.get(runId, pos) as string | undefined
  }

  hasText(ref: Ref): boolean {
    return this.selectText.get(ref) !== undefined
  }

  isRedacted(ref: Ref): boolean {
    return this.selectRedacted.get(ref) !== undefined
  }

  isAnswered(runId: RunId, callKey: string): boolean {
    return this.selectAnswer.get(runId, callKey) !== undefined
  }

  addRun(runId: RunId, origin: Origin | undefined): void {
    this.origins.set(runId, origin)
    this.last.set(runId, origin?.position ?? -1)
  }

  addText(ref: Ref, text: string): void {
    const { hash, size, encoding, content } = toBlob(ref, text)
    this.insertBlob.run(hash, size, encoding, content)
  }

  addRedacted(ref: Ref, at: number): void {
    this.insertRedacted.run(ref, at)
  }

  addEvent(row: EventRow, stored: Stored): void {
    const { run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data } = row
    const hash = Buffer.from(stored.hash, "hex")
    this.insertEvent.run(run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hash)
    this.last.set(stored.runId, pos)
    const projection = projectRun(this.projections.get(stored.runId), stored)
    if (projection !== undefined) this.projections.set(stored.runId, projection)
  }

  /** To be called when all have come. */
  complete(): void {
    this.database.exec("COMMIT")
  }

  close(): void {
    this.database.close()
  }
}
