import type { SqliteClient } from "@effect/sql-sqlite-node/SqliteClient"
import { Chunk, Effect, Option, Stream } from "effect"
import type { Ref } from "../../../domain/events.ts"
import type { RunId } from "../../../domain/ids.ts"
import { refsIn } from "../../../domain/refs.ts"
import { LogFailed, type Origin } from "../../EventLog.ts"
import type { Line } from "../archive/line.ts"
import { type BlobRow, fromBlob } from "../blob.ts"
import type { EventRow } from "../chain.ts"
import { fromRow } from "../eventRow.ts"
import { whileBusy } from "./failure.ts"
import { redactedTexts } from "./redacted.ts"

/** Events of one page: their texts are in memory together. */
const pageSize = 100
const doing = "reading it to hand it out"
const columns =
  "run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, lower(hex(hash)) AS link"

/** A run that is handed out, as far as it was committed when it was looked at. */
interface Handed {
  readonly runId: RunId
  readonly origin: Origin | undefined
  readonly last: number
}

/** Texts that were handed out already, and those that were taken out of the log. */
interface Given {
  readonly texts: Set<Ref>
  readonly redacted: ReadonlyMap<Ref, number>
}

interface RunRow {
  readonly run_id: RunId
  readonly parent_id: RunId | null
  readonly parent_pos: number | null
  readonly last: number
}

/**
 * Some runs of a log with all their ancestors, or all runs, as lines, in an order that follows from the runs alone:
 * by the length of their line of descent, then by id.
 */
export const linesOf = (
  file: string,
  reader: SqliteClient,
  wanted: ReadonlyArray<RunId> | undefined
): Stream.Stream<Line, LogFailed> => {
  const query = <Row extends object>(statement: string, parameters: ReadonlyArray<unknown> = []) =>
    whileBusy(file, doing, reader.unsafe<Row>(statement, parameters))
  const failed = (reason: string) => new LogFailed({ file, doing, reason })

  const runs = Effect.gen(function* () {
    // One statement sees one moment: no run is without what it has inherited.
    const rows = yield* query<RunRow>(
      `SELECT run_id, parent_id, parent_pos,
        (SELECT max(pos) FROM event WHERE event.run_id = lineage.run_id) AS last FROM lineage`
    )
    const ordered = inOrder(
      new Map(
        rows.map(({ run_id, parent_id, parent_pos, last }): [RunId, Handed] => [
          run_id,
          {
            runId: run_id,
            origin: parent_id === null ? undefined : { parent: parent_id, position: parent_pos! },
            last
          }
        ])
      ),
      wanted
    )
    return typeof ordered === "string" ? yield* failed(ordered) : ordered
  })

  /** A text, and that it was taken out; only the latter where it is not there since. */
  const text = (ref: Ref, redacted: ReadonlyMap<Ref, number>) =>
    Effect.gen(function* () {
      const at = redacted.get(ref)
      const lines: Array<Line> = at === undefined ? [] : [{ _tag: "Redacted", ref, at }]
      const [row] = yield* query<BlobRow>("SELECT hash, size, encoding, content FROM blob WHERE hash = ?", [
        ref
      ])
      if (row !== undefined) {
        const text = yield* Effect.try({ try: () => fromBlob(row), catch: (error) => failed(textOf(error)) })
        lines.push({ _tag: "Text", ref, text })
      }
      if (lines.length === 0) return yield* failed(`text ${ref} is missing; \`seidr verify\` tells more`)
      return lines
    })

  const page = (rows: ReadonlyArray<EventRow & { readonly link: string }>, given: Given) =>
    Effect.gen(function* () {
      const lines: Array<Line> = []
      for (const { link, ...row } of rows) {
        const { event } = yield* Effect.try({
          try: () => fromRow(row, link),
          catch: (error) => failed(textOf(error))
        })
        for (const ref of refsIn(event)) {
          if (given.texts.has(ref)) continue
          given.texts.add(ref)
          lines.push(...(yield* text(ref, given.redacted)))
        }
        lines.push({ _tag: "Event", row, hash: link })
      }
      return lines
    })

  const linesOfRun = ({ runId, origin, last }: Handed, given: Given): Stream.Stream<Line, LogFailed> =>
    Stream.concat(
      Stream.fromEffect(
        Effect.map(
          query<{ readonly hash: string }>(
            "SELECT lower(hex(hash)) AS hash FROM event WHERE run_id = ? AND pos = ?",
            [runId, last]
          ),
          ([row]): Line => ({ _tag: "Run", runId, origin, head: { pos: last, hash: row?.hash ?? "" } })
        )
      ),
      Stream.paginateChunkEffect((origin?.position ?? -1) + 1, (from) =>
        Effect.gen(function* () {
          const rows = yield* query<EventRow & { readonly link: string }>(
            `SELECT ${columns} FROM event WHERE run_id = ? AND pos BETWEEN ? AND ? ORDER BY pos LIMIT ?`,
            [runId, from, last, pageSize]
          )
          const next = rows.length < pageSize ? Option.none() : Option.some(rows.at(-1)!.pos + 1)
          return [Chunk.unsafeFromArray(yield* page(rows, given)), next] as const
        })
      )
    )

  return Stream.unwrap(
    Effect.map(Effect.all([runs, redactedTexts(query)]), ([ordered, redacted]) => {
      const given = { texts: new Set<Ref>(), redacted }
      return Stream.flatMap(Stream.fromIterable(ordered), (run) => linesOfRun(run, given))
    })
  )
}

/** Parents before their forks; in words, what is wrong with the lineage. */
const inOrder = (
  runs: ReadonlyMap<RunId, Handed>,
  wanted: Iterable<RunId> = runs.keys()
): ReadonlyArray<Handed> | string => {
  const depths = new Map<RunId, number>()
  for (const start of wanted) {
    const line: Array<RunId> = []
    for (let run: RunId | undefined = start; run !== undefined && !depths.has(run); ) {
      const found = runs.get(run)
      if (found === undefined) return `run ${run}, from which ${start} descends, is not in it`
      if (line.includes(run)) return `run ${run} descends from itself`
      line.push(run)
      run = found.origin?.parent
    }
    for (const run of line.reverse()) {
      const parent = runs.get(run)?.origin?.parent
      depths.set(run, parent === undefined ? 0 : depths.get(parent)! + 1)
    }
  }
  return [...depths]
    .sort(([left, deep], [right, deeper]) => deep - deeper || (left < right ? -1 : 1))
    .map(([run]) => runs.get(run)!)
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
