import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { deflateSync, inflateSync } from "node:zlib"
import Database from "better-sqlite3"
import { Effect, Layer, Schema } from "effect"
import { CaseResult, evaluationOf } from "../../domain/evaluation.ts"
import { isShareable } from "../../domain/shareable.ts"
import { EvaluationCache, layerNone } from "../EvaluationCache.ts"
import { Notices } from "../Notices.ts"

export interface CacheOptions {
  readonly file: string
  /** Beyond this size the entries that were not asked for the longest go; default 256 MiB. */
  readonly mostBytes?: number
}

const Cases = Schema.parseJson(Schema.Array(CaseResult))
const encode = Schema.encodeSync(Cases)
const decode = Schema.decodeUnknownSync(Cases)

/** "seid", so that no other program's database is taken for a cache. */
const applicationId = 0x73656964
const version = 1
/** A larger evaluation, in bytes of JSON, is made anew each time. */
const largest = 4 * 2 ** 20

/**
 * A cache in an SQLite file of its own, which several processes may use at once and which may be deleted at any time.
 * What is written is not synced: an entry that a power cut takes is made anew.
 */
export const layerSqlite = ({
  file,
  mostBytes = 256 * 2 ** 20
}: CacheOptions): Layer.Layer<EvaluationCache> =>
  Layer.scoped(
    EvaluationCache,
    Effect.acquireRelease(
      Effect.try({ try: () => new CacheFile(file, mostBytes), catch: reasonOf }),
      (cache) => Effect.sync(() => cache.close())
    ).pipe(
      Effect.map((cache) => ({
        get: (key: string) =>
          quietly(file, "reading", () => {
            const cases = cache.get(key)
            return cases === undefined ? undefined : evaluationOf(decode(inflateSync(cases).toString("utf8")))
          }),
        put: Effect.fn("EvaluationCache.put")((key: string, evaluation) =>
          quietly(file, "writing", () => {
            if (!isShareable(evaluation)) return
            const text = encode(evaluation.cases)
            if (text.length <= largest) cache.put(key, deflateSync(text, { level: 1 }))
          })
        )
      }))
    )
  ).pipe(
    Layer.catchAll((reason) =>
      Layer.provideMerge(
        layerNone,
        Layer.effectDiscard(
          Effect.flatMap(Notices, ({ say }) => say(`evaluations are not cached in ${file}: ${reason}`))
        )
      )
    )
  )

/** A cache that is busy or broken is one without the entry. */
const quietly = <A>(file: string, doing: string, work: () => A): Effect.Effect<A | undefined> =>
  Effect.try({ try: work, catch: reasonOf }).pipe(
    Effect.catchAll((reason) =>
      Effect.as(Effect.logDebug(`${doing} the cache ${file}: ${reason}`), undefined)
    )
  )

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

class CacheFile {
  private readonly database: Database.Database
  private readonly mostBytes: number
  private readonly select: Database.Statement<[string], Buffer>
  private readonly touch: Database.Statement<[string]>
  private readonly insert: Database.Statement<[string, Buffer]>

  constructor(file: string, mostBytes: number) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    this.mostBytes = mostBytes
    this.database = new Database(file, { timeout: 200 })
    try {
      this.database.pragma("journal_mode = WAL")
      this.database.pragma("synchronous = OFF")
      this.database.transaction(() => this.prepare()).immediate()
      this.select = this.database
        .prepare<[string], Buffer>("SELECT cases FROM evaluation WHERE key = ?")
        .pluck()
      const next = "(SELECT coalesce(max(used), 0) + 1 FROM evaluation)"
      this.touch = this.database.prepare(`UPDATE evaluation SET used = ${next} WHERE key = ?`)
      this.insert = this.database.prepare(
        `INSERT OR REPLACE INTO evaluation (key, used, cases) VALUES (?, ${next}, ?)`
      )
    } catch (error) {
      this.database.close()
      throw error
    }
  }

  get(key: string): Buffer | undefined {
    const found = this.select.get(key)
    if (found !== undefined) this.touch.run(key)
    return found
  }

  put(key: string, cases: Buffer): void {
    this.database
      .transaction(() => {
        this.insert.run(key, cases)
        while (this.bytes() > this.mostBytes && this.drop() > 0) {}
      })
      .immediate()
  }

  close(): void {
    this.database.close()
  }

  private prepare(): void {
    const id = this.pragma("application_id")
    const isEmpty = this.pragma("page_count") === 0 || this.pragma("schema_version") === 0
    if (id !== applicationId && !isEmpty) throw new Error("it is another program's database")
    const found = this.pragma("user_version")
    if (found !== 0 && found !== version) throw new Error(`it is of version ${found}, and this is ${version}`)
    this.database.exec(
      `CREATE TABLE IF NOT EXISTS evaluation (key TEXT PRIMARY KEY, used INTEGER NOT NULL, cases BLOB NOT NULL);
      CREATE INDEX IF NOT EXISTS evaluation_used ON evaluation (used);`
    )
    this.database.pragma(`application_id = ${applicationId}`)
    this.database.pragma(`user_version = ${version}`)
  }

  /** What the entries take of the file. */
  private bytes(): number {
    return (this.pragma("page_count") - this.pragma("freelist_count")) * this.pragma("page_size")
  }

  /** Drops a tenth, the longest unused; how many that were. */
  private drop(): number {
    return this.database
      .prepare(
        `DELETE FROM evaluation WHERE rowid IN (SELECT rowid FROM evaluation ORDER BY used
        LIMIT (SELECT count(*) / 10 + 1 FROM evaluation))`
      )
      .run().changes
  }

  private pragma(name: string): number {
    return Number(this.database.pragma(name, { simple: true }))
  }
}
