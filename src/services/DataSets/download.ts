import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync
} from "node:fs"
import { dirname } from "node:path"
import { HttpClient, HttpClientRequest } from "@effect/platform"
import { Duration, Effect, Stream } from "effect"
import type { DataFile } from "../../domain/dataSets.ts"
import { type DataFileWrong, FetchFailed, type FetchOptions } from "../DataSets.ts"
import { messageOf, partOf, sizeOf } from "./places.ts"

/** No byte for so long, and the connection is given up. */
const silence = Duration.seconds(30)
/** More than any of the files has. */
const mostBytes = 8 * 2 ** 30

/**
 * Brings a file into its `.part`, going on where an earlier download has stopped if the server still has the same
 * file. It is whole when this ends.
 */
export const download = (
  file: DataFile,
  url: string,
  place: string,
  observe: FetchOptions["observe"]
): Effect.Effect<void, FetchFailed | DataFileWrong, HttpClient.HttpClient> =>
  Effect.gen(function* () {
    const failed = (reason: string) => new FetchFailed({ file: place, url, reason })
    const part = partOf(place)
    const had = (yield* sizeOf(part)) ?? 0
    const tag = tagOf(part)
    const resuming = had > 0 && tag !== undefined
    const request = HttpClientRequest.get(url).pipe(
      HttpClientRequest.setHeaders({
        "user-agent": "seidr",
        "accept-encoding": "identity",
        ...(resuming ? { range: `bytes=${had}-`, "if-range": tag } : {})
      })
    )
    const response = yield* HttpClient.execute(request).pipe(
      Effect.timeoutFail({ duration: silence, onTimeout: () => failed("the server does not answer") }),
      Effect.catchTags({
        RequestError: (error) => failed(`there is no connection (${causeOf(error)})`),
        ResponseError: (error) => failed(causeOf(error))
      })
    )
    const { headers, status } = response
    if (status === 416) {
      forget(part)
      return yield* failed("the part that was here is not of this file any more; it was thrown away")
    }
    if (status !== 200 && status !== 206) return yield* failed(`the server answers with status ${status}`)
    if ((headers["content-type"] ?? "").includes("text/html"))
      return yield* failed("the server answers with a page (HTML), not with a file")
    const from = status === 206 ? startOf(headers["content-range"]) : 0
    if (status === 206 && from !== had)
      return yield* failed("the server sends another part than was asked for")
    const length = Number(headers["content-length"] ?? Number.NaN)
    const total = Number.isSafeInteger(length) ? from + length : null
    if (total !== null && total > mostBytes) return yield* failed(`it would have ${total} bytes`)
    const etag = headers["etag"]
    const bytes = yield* Effect.acquireUseRelease(
      Effect.try({
        try: () => {
          mkdirSync(dirname(place), { recursive: true })
          // A weak tag does not say that the bytes are the same.
          if (etag !== undefined && !etag.startsWith("W/")) writeFileSync(tagFile(part), etag)
          else rmSync(tagFile(part), { force: true })
          return openSync(part, from > 0 ? "a" : "w")
        },
        catch: (error) => failed(messageOf(error))
      }),
      (descriptor) =>
        response.stream.pipe(
          Stream.mapError((error) => failed(`the connection broke off (${causeOf(error)})`)),
          Stream.timeoutFail(() => failed(`nothing came for ${Duration.format(silence)}`), silence),
          Stream.runFoldEffect(from, (so, chunk) =>
            Effect.gen(function* () {
              const now = so + chunk.length
              if (now > mostBytes) return yield* failed(`it has more than ${mostBytes} bytes`)
              yield* Effect.try({
                try: () => writeWhole(descriptor, chunk),
                catch: (error) => failed(messageOf(error))
              })
              yield* observe({ file, bytes: now, total })
              return now
            })
          ),
          Effect.tap(() =>
            Effect.try({ try: () => fsyncSync(descriptor), catch: (error) => failed(messageOf(error)) })
          )
        ),
      (descriptor) => Effect.sync(() => closeSync(descriptor))
    )
    if (total !== null && bytes !== total)
      return yield* failed(`the connection broke off after ${bytes} of ${total} bytes`)
  })

const writeWhole = (descriptor: number, bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}

const startOf = (range: string | undefined): number => Number(/^bytes (\d+)-/.exec(range ?? "")?.[1] ?? -1)

/** Which of the server's files a part is of. */
const tagFile = (part: string): string => `${part}.tag`

const tagOf = (part: string): string | undefined => {
  try {
    return readFileSync(tagFile(part), "utf8")
  } catch {
    return undefined
  }
}

/** A part that has become a file, or is good for nothing. */
export const forget = (part: string): void => {
  rmSync(part, { force: true })
  rmSync(tagFile(part), { force: true })
}

/** The innermost reason, which names host and fault: `getaddrinfo ENOTFOUND …`. */
const causeOf = (error: unknown): string => {
  let inner = error
  while (inner instanceof Error && inner.cause !== undefined) inner = inner.cause
  return messageOf(inner)
}
