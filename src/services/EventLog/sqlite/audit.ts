import { Effect, Layer } from "effect"
import { canonicalJson } from "../../../domain/hash.ts"
import type { RunId } from "../../../domain/ids.ts"
import { refsIn } from "../../../domain/refs.ts"
import type { LogFailed } from "../../EventLog.ts"
import { type ChainHead, type Finding, LogAudit, listedOtherwise } from "../../LogAudit.ts"
import type { RunSummary } from "../../RunCatalogue.ts"
import { type BlobRow, fromBlob } from "../blob.ts"
import { chainLink, chainOrigin } from "../chain.ts"
import { EventForms } from "../EventForms.ts"
import { fromRow } from "../eventRow.ts"
import { type Projection, projectRun } from "../runProjection.ts"
import { LogFile } from "./connect.ts"
import { eachRow } from "./eventPages.ts"
import { whileBusy } from "./failure.ts"
import { segmentsOf } from "./lineage.ts"
import { misplaced } from "./misplaced.ts"
import { redactedTexts } from "./redacted.ts"
import { type SchemaRow, schemaFaults, selectSchema } from "./schema.ts"
import { type SummaryRow, selectRuns, summaryFromRow } from "./summaryRow.ts"
import type { Run } from "./transaction.ts"

const pageSize = 500
const doing = "verifying it"

interface Descent {
  readonly run_id: RunId
  readonly parent_id: RunId | null
  readonly parent_pos: number | null
}

/** Reads a log file as an auditor: page by page, nothing but rows. */
export const layerLogAudit = Layer.effect(
  LogAudit,
  Effect.gen(function* () {
    const { file, reader } = yield* LogFile
    const forms = yield* EventForms
    const ask: Run = (statement, parameters = []) => reader.unsafe(statement, parameters)
    const query = <Row extends object>(statement: string, parameters: ReadonlyArray<unknown> = []) =>
      whileBusy(file, doing, ask<Row>(statement, parameters))

    const linkAt = Effect.fn("LogAudit.linkAt")(function* (runId: RunId, pos: number) {
      const parts = yield* whileBusy(file, doing, segmentsOf(ask, runId))
      const owner = parts.find(({ from, to }) => from <= pos && pos <= to)
      if (owner === undefined) return undefined
      const [row] = yield* query<{ readonly link: string }>(
        "SELECT lower(hex(hash)) AS link FROM event WHERE run_id = ? AND pos = ?",
        [owner.runId, pos]
      )
      return row?.link
    })

    const structure = Effect.gen(function* () {
      const checked = yield* query<{ readonly integrity_check: string }>("PRAGMA integrity_check")
      const faults = checked.map(({ integrity_check: what }) => what).filter((what) => what !== "ok")
      const [at] = yield* query<{ readonly user_version: number }>("PRAGMA user_version")
      const schema = schemaFaults(yield* query<SchemaRow>(selectSchema), at!.user_version)
      return [...faults, ...schema].map((what): Finding => ({ run: null, pos: null, what }))
    })

    /** One run's own events. `refs` takes the texts that they name. */
    const auditRun = Effect.fn("LogAudit.run")(function* (
      descent: Descent,
      refs: Map<string, Pick<Finding, "run" | "pos">>
    ) {
      const { run_id: run, parent_id, parent_pos } = descent
      const findings: Array<Finding> = []
      const note = (pos: number | null, what: string) => findings.push({ run, pos, what })
      let expected = parent_pos === null ? 0 : parent_pos + 1
      let link = parent_id === null ? chainOrigin : yield* linkAt(parent_id, parent_pos!)
      let summary: Projection | undefined
      let isReadable = true
      let events = 0
      if (link === undefined) note(null, `its parent ${parent_id} has no position ${parent_pos}`)
      yield* eachRow(query, run, 0, ({ link: stored, ...row }) => {
        events += 1
        if (row.pos !== expected) note(row.pos, `position ${expected} is missing before it`)
        // After a gap nothing can be said of the link; the chain is taken up again behind it.
        else if (link !== undefined && chainLink(link, row) !== stored) {
          note(row.pos, `${row.type} is not what its hash stands for`)
        }
        link = stored
        expected = row.pos + 1
        try {
          const event = fromRow(row, stored, forms)
          for (const ref of refsIn(event.event)) if (!refs.has(ref)) refs.set(ref, { run, pos: row.pos })
          summary = projectRun(summary, event)
          const fault = misplaced(row, event, descent, forms)
          if (fault !== undefined) note(row.pos, fault)
        } catch (error) {
          isReadable = false
          note(row.pos, error instanceof Error ? error.message : String(error))
        }
      })
      if (events === 0) note(null, "it has no event of its own")
      const [kept] = yield* query<SummaryRow>(`${selectRuns} WHERE run.run_id = ?`, [run])
      const listed = kept === undefined ? undefined : withoutParent(summaryFromRow(kept))
      if (isReadable && canonical(listed) !== canonical(summary)) {
        note(null, listedOtherwise)
      }
      const head: ChainHead | undefined =
        link === undefined || events === 0 ? undefined : { run, pos: expected - 1, hash: link }
      return { findings, events, head }
    })

    const texts = Effect.fn("LogAudit.texts")(function* (
      named: ReadonlyMap<string, Pick<Finding, "run" | "pos">>,
      isWhole: boolean
    ) {
      const findings: Array<Finding> = []
      const missing = new Map(named)
      let count = 0
      for (let after = ""; ; ) {
        const rows: ReadonlyArray<BlobRow> = yield* query<BlobRow>(
          `SELECT hash, size, encoding, content FROM blob WHERE hash > ? ORDER BY hash LIMIT ${pageSize}`,
          [after]
        )
        for (const row of rows) {
          if (!isWhole && !named.has(row.hash)) continue
          count += 1
          missing.delete(row.hash)
          try {
            fromBlob(row)
          } catch (error) {
            const place = named.get(row.hash) ?? { run: null, pos: null }
            findings.push({ ...place, what: error instanceof Error ? error.message : String(error) })
          }
        }
        if (rows.length < pageSize) break
        after = rows.at(-1)!.hash
      }
      const redacted = [...(yield* redactedTexts(query)).keys()].filter((ref) => missing.delete(ref))
      for (const [ref, place] of missing) findings.push({ ...place, what: `text ${ref} is missing` })
      return { findings, count, redacted: redacted.length }
    })

    const audit = Effect.fn("LogAudit.audit")(function* (only: RunId | undefined) {
      const findings: Array<Finding> = []
      /** Damage that stops a reader is for an auditor to tell, with all that can still be read. */
      const orTell = <A>(run: RunId | null, effect: Effect.Effect<A, LogFailed>, otherwise: A) =>
        Effect.catchTag(effect, "LogFailed", ({ reason }) => {
          findings.push({ run, pos: null, what: `not all of it can be read: ${reason}` })
          return Effect.succeed(otherwise)
        })
      findings.push(...(yield* orTell(null, structure, [])))
      const lines = yield* orTell(
        null,
        query<Descent>("SELECT run_id, parent_id, parent_pos FROM lineage ORDER BY run_id"),
        []
      )
      findings.push(...lineageFindings(lines))
      const known = new Set(lines.map(({ run_id }) => run_id))
      const strays = yield* orTell(
        null,
        query<{ readonly run_id: RunId }>("SELECT DISTINCT run_id FROM event"),
        []
      )
      for (const { run_id } of strays) {
        if (!known.has(run_id)) findings.push({ run: run_id, pos: null, what: "it has no line of lineage" })
      }
      const heads: Array<ChainHead> = []
      const refs = new Map<string, Pick<Finding, "run" | "pos">>()
      let events = 0
      for (const line of lines) {
        if (only !== undefined && line.run_id !== only) continue
        // There is no telling what a run without a beginning consists of.
        if (findings.some(({ run }) => run === line.run_id)) continue
        const run = yield* orTell(line.run_id, auditRun(line, refs), nothing)
        findings.push(...run.findings)
        events += run.events
        if (run.head !== undefined) heads.push(run.head)
      }
      const looked = yield* orTell(null, texts(refs, only === undefined), nothing)
      findings.push(...looked.findings)
      return { heads, events, texts: looked.count, redacted: looked.redacted, findings }
    })

    return { audit, linkAt }
  })
)

const nothing = { findings: [], events: 0, count: 0, redacted: 0, head: undefined }

const withoutParent = ({ parent: _, ...summary }: RunSummary): Projection => summary

const canonical = (summary: Projection | undefined): string =>
  summary === undefined ? "" : canonicalJson({ ...summary })

/** Every parent is there, and no run descends from itself. */
const lineageFindings = (lines: ReadonlyArray<Descent>): ReadonlyArray<Finding> => {
  const parents = new Map(lines.map(({ run_id, parent_id }) => [run_id, parent_id]))
  return lines.flatMap(({ run_id, parent_id }): ReadonlyArray<Finding> => {
    const seen = new Set([run_id])
    for (let run = parent_id; run !== null; run = parents.get(run) ?? null) {
      if (!parents.has(run))
        return [{ run: run_id, pos: null, what: `its ancestor ${run} is not in the log` }]
      if (seen.has(run)) return [{ run: run_id, pos: null, what: "it descends from itself" }]
      seen.add(run)
    }
    return []
  })
}
