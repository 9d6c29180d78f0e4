import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync
} from "node:fs"
import { pipeline } from "node:stream"
import { createGunzip, gzipSync } from "node:zlib"
import { Effect, Stream } from "effect"
import type { LogFailed } from "../../EventLog.ts"
import { TransferRefused } from "../../TransferRefused.ts"
import { Refusal } from "./LineReader.ts"
import { header, type Line, lastLine, written } from "./line.ts"

/** What is read of a file that a stranger may have made. */
export interface ArchiveLimits {
  /** Bytes of the file, and of what it unpacks to. */
  readonly packed: number
  readonly unpacked: number
  /** Bytes of one line. */
  readonly line: number
}

export const usualLimits: ArchiveLimits = { packed: 4 * 2 ** 30, unpacked: 16 * 2 ** 30, line: 16 * 2 ** 20 }

/** Characters that are packed together: each block is a gzip member of its own, and the file their sequence. */
const block = 2 ** 20

/** A file that is there whole, or not at all: it has another name until everything is on the disk. */
export const makeFile = <A, E>(
  out: string,
  fill: (write: (bytes: Uint8Array) => Effect.Effect<void, TransferRefused>) => Effect.Effect<A, E>
): Effect.Effect<A, E | TransferRefused> => {
  const refused = (reason: string) => new TransferRefused({ file: out, where: "", reason })
  const attempt = <B>(make: () => B) =>
    Effect.try({ try: make, catch: (error) => refused(`it cannot be written (${textOf(error)})`) })
  const part = `${out}.part`
  return Effect.gen(function* () {
    if (existsSync(out)) return yield* refused("it is there already; remove it, or name another file")
    let isWhole = false
    return yield* Effect.acquireUseRelease(
      attempt(() => openSync(part, "wx")),
      (descriptor) =>
        Effect.gen(function* () {
          const result = yield* fill((bytes) => attempt(() => writeAll(descriptor, bytes)))
          yield* attempt(() => {
            fsyncSync(descriptor)
            renameSync(part, out)
          })
          isWhole = true
          return result
        }),
      (descriptor) =>
        Effect.sync(() => {
          closeSync(descriptor)
          if (!isWhole) rmSync(part, { force: true })
        })
    )
  })
}

const writeAll = (descriptor: number, bytes: Uint8Array): void => {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
}

/** Writes lines as an archive, and gives the numbers of what is in it. */
export const writeArchive = (
  out: string,
  lines: Stream.Stream<Line, LogFailed>,
  observe: (line: Line) => void
): Effect.Effect<
  { readonly events: number; readonly texts: number; readonly bytes: number },
  LogFailed | TransferRefused
> =>
  makeFile(out, (write) =>
    Effect.gen(function* () {
      const counted = { Run: 0, Event: 0, Text: 0, Redacted: 0 }
      let bytes = 0
      let waiting = [JSON.stringify(header)]
      let size = 0
      const flush = Effect.suspend(() => {
        if (waiting.length === 0) return Effect.void
        const packed = gzipSync(`${waiting.join("\n")}\n`)
        waiting = []
        size = 0
        bytes += packed.length
        return write(packed)
      })
      yield* Stream.runForEach(lines, (line) => {
        counted[line._tag] += 1
        observe(line)
        for (const text of written(line)) {
          waiting.push(text)
          size += text.length
        }
        return size < block ? Effect.void : flush
      })
      waiting.push(lastLine(counted.Run, counted.Event, counted.Text))
      yield* flush
      return { events: counted.Event, texts: counted.Text, bytes }
    })
  )

/** The lines of text in an archive, as bytes, with their numbers from 1. */
export const linesIn = (
  file: string,
  limits: ArchiveLimits
): Stream.Stream<readonly [number: number, line: string], TransferRefused> => {
  const refused = (reason: string, where = "") => new TransferRefused({ file, where, reason })
  const checked = Effect.gen(function* () {
    const stats = yield* Effect.try({
      try: () => statSync(file),
      catch: () => refused("there is no such file, or it cannot be read")
    })
    if (!stats.isFile()) return yield* refused("it is not a file")
    if (stats.size > limits.packed) {
      return yield* refused(`it has ${stats.size} bytes, more than the ${limits.packed} that are read`)
    }
    return unpackedLines(file, limits)
  })
  return Stream.unwrap(
    Effect.map(checked, (lines) =>
      Stream.fromAsyncIterable(lines, (error) =>
        error instanceof TransferRefused
          ? error
          : error instanceof Refusal
            ? refused(error.message)
            : refused(`it is no archive of seidr, or a damaged one (${textOf(error)})`)
      )
    )
  )
}

async function* unpackedLines(
  file: string,
  limits: ArchiveLimits
): AsyncGenerator<readonly [number, string]> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  const unpacking = createGunzip()
  // What fails in the file fails in what is unpacked of it; there it is seen.
  pipeline(createReadStream(file), unpacking, () => undefined)
  let number = 0
  let unpacked = 0
  let rest: Array<Buffer> = []
  let length = 0
  const lineOf = (bytes: Buffer) => {
    number += 1
    try {
      return [number, decoder.decode(bytes)] as const
    } catch {
      throw new Refusal(`line ${number} is not UTF-8`)
    }
  }
  for await (const chunk of unpacking as AsyncIterable<Buffer>) {
    unpacked += chunk.length
    if (unpacked > limits.unpacked)
      throw new Refusal(`it unpacks to more than the ${limits.unpacked} bytes that are read`)
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      rest.push(chunk.subarray(from, end))
      yield lineOf(Buffer.concat(rest))
      rest = []
      length = 0
      from = end + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > limits.line)
      throw new Refusal(`line ${number + 1} is longer than the ${limits.line} bytes that are read`)
  }
  if (length > 0) yield lineOf(Buffer.concat(rest))
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
