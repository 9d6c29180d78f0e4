import { Chunk, Effect, Either, Layer, Option, Stream } from "effect"
import type { Ref } from "../../../domain/events.ts"
import type { RunId } from "../../../domain/ids.ts"
import { type Entry, EventLog, LogFailed, type Origin, type Stored } from "../../EventLog.ts"
import { type BlobRow, fromBlob } from "../blob.ts"
import { EventForms } from "../EventForms.ts"
import { KeptTexts } from "../KeptTexts.ts"
import { prepared } from "../prepared.ts"
import type { Segment } from "../segments.ts"
import { makeSubscriptions } from "../subscriptions.ts"
import { LogFile } from "./connect.ts"
import { atOnce, whileBusy } from "./failure.ts"
import { answerInLine, partsIn } from "./lineage.ts"
import { redactedTexts, takenOut } from "./redacted.ts"
import { rowsBetween, storedIn } from "./stretch.ts"
import { textsIn } from "./textsIn.ts"
import { makeWriter } from "./writer.ts"

/** Events of one page of a read: a reader holds the file only as long as a page takes. */
const pageSize = 500
/** Characters of texts that are kept in memory. */
const keptCharacters = 8 * 2 ** 20

/** The log in an SQLite file; see section 6 of the design. */
export const layerEventLog = Layer.scoped(
  EventLog,
  Effect.gen(function* () {
    const { file, reading, writer: writable } = yield* LogFile
    const { ask, askLists } = reading
    const forms = yield* EventForms
    const texts = new KeptTexts(keptCharacters)

    const understood = <A>(doing: string, make: () => A): Effect.Effect<A, LogFailed> =>
      Effect.try({
        try: make,
        catch: (error) =>
          new LogFailed({ file, doing, reason: error instanceof Error ? error.message : String(error) })
      })

    const page = ({ runId, to }: Segment, from: number) =>
      Effect.flatMap(
        whileBusy(
          file,
          "reading it",
          atOnce(() => rowsBetween(askLists, runId, from, to, pageSize))
        ),
        (rows) => understood("reading it", () => rows.map((row) => storedIn(runId, row, forms)))
      )

    const readPart = (part: Segment, from: number): Stream.Stream<Stored, LogFailed> =>
      Stream.paginateChunkEffect(Math.max(from, part.from), (position) =>
        Effect.map(page(part, position), (events) => [
          Chunk.unsafeFromArray(events),
          events.length < pageSize ? Option.none() : Option.some(events.at(-1)!.pos + 1)
        ])
      )

    const read = (runId: RunId, from = 0): Stream.Stream<Stored, LogFailed> =>
      Stream.fromIterableEffect(
        whileBusy(
          file,
          "reading it",
          atOnce(() => partsIn(ask, runId))
        )
      ).pipe(
        Stream.filter(({ to }) => to >= from),
        Stream.flatMap((part) => readPart(part, from))
      )

    const answerOfAncestor = Effect.fn("EventLog.answerOfAncestor")(function* (
      runId: RunId,
      callKey: string,
      requestHash: string
    ) {
      const found = yield* whileBusy(
        file,
        "looking for an answer",
        atOnce(() => answerInLine(ask, runId, callKey, requestHash))
      )
      if (found === undefined) return undefined
      const [stored] = yield* page({ runId: found.run_id, from: found.pos, to: found.pos }, found.pos)
      return stored?.event._tag === "CompletionReceived"
        ? { runId: found.run_id, answer: stored.event }
        : undefined
    })

    const write = (
      runId: RunId,
      entries: ReadonlyArray<Entry>,
      added: ReadonlyArray<string>,
      origin?: Origin
    ) =>
      Effect.suspend(() => {
        if (writer === undefined) {
          return new LogFailed({ file, doing: "appending to it", reason: "it was opened for reading only" })
        }
        const ready = prepared(file, entries, added, forms)
        return Either.isRight(ready) ? writer.append(runId, ready.right, origin) : ready.left
      })

    const textFromFile = (ref: Ref): Effect.Effect<string, LogFailed> =>
      Effect.gen(function* () {
        const [row] = yield* whileBusy(
          file,
          "reading a text",
          atOnce(() => ask<BlobRow>("SELECT hash, size, encoding, content FROM blob WHERE hash = ?", [ref]))
        )
        if (row === undefined) {
          const redacted = yield* whileBusy(
            file,
            "reading a text",
            redactedTexts(<Row extends object>(statement: string) => atOnce(() => ask<Row>(statement)))
          )
          const failure = { file, doing: "reading a text" }
          return yield* redacted.has(ref)
            ? new LogFailed({ ...failure, reason: takenOut(ref), redacted: ref })
            : new LogFailed({ ...failure, reason: `text ${ref} is missing` })
        }
        const text = yield* understood("reading a text", () => fromBlob(row))
        texts.keep(ref, text)
        return text
      })

    const subscriptions = makeSubscriptions(read)
    const writer =
      writable === undefined
        ? undefined
        : yield* makeWriter(file, writable, (events, committed) => {
            for (const [ref, text] of committed) texts.keep(ref, text)
            subscriptions.publish(events)
          })

    return {
      append: (runId, entries, added) => write(runId, entries, added),
      branch: (runId, origin, entries, added) => write(runId, entries, added, origin),
      answerOfAncestor,
      read,
      subscribe: subscriptions.subscribe,
      text: (ref) =>
        Effect.suspend(() => {
          const text = texts.get(ref)
          return text === undefined ? textFromFile(ref) : Effect.succeed(text)
        }),
      texts: (refs) =>
        whileBusy(
          file,
          "reading texts",
          atOnce(() => textsIn(ask, refs))
        )
    }
  })
)
