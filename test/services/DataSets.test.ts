import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { FileSystem } from "@effect/platform"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { NodeContext } from "@effect/platform-node"
import { describe, expect, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { DataFile } from "../../src/domain/dataSets.ts"
import { layer as dataSets } from "../../src/services/DataSets/layer.ts"
import { DataSets, type Progress } from "../../src/services/DataSets.ts"

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
const sha256 = createHash("sha256").update(content).digest("hex")
const path = "mbpp/mbpp.jsonl"

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server on loopback; it answers the requests in turn, and the last way from then on. */
const serving = (...answers: ReadonlyArray<Answer>) =>
  Effect.acquireRelease(
    Effect.promise(
      () =>
        new Promise<{
          readonly url: string
          readonly asked: Array<IncomingMessage["headers"]>
          close: () => void
        }>((resolve) => {
          const asked: Array<IncomingMessage["headers"]> = []
          const server = createServer((request, response) => {
            asked.push({ ...request.headers, url: request.url })
            const answer = answers[Math.min(asked.length, answers.length) - 1]!
            answer(request, response)
          })
          server.listen(0, "127.0.0.1", () =>
            resolve({
              url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
              asked,
              close: () => {
                server.closeAllConnections()
                server.close()
              }
            })
          )
        })
    ),
    ({ close }) => Effect.sync(close)
  )

const whole: Answer = (_, response) =>
  response.writeHead(200, { "content-length": content.length, etag: '"1"' }).end(content)

/** As much as `share` of the file, and then the connection is gone. */
const broken: Answer = (_, response) => {
  response.writeHead(200, { "content-length": content.length, etag: '"1"' })
  response.write(content.subarray(0, 100_000), () => setImmediate(() => response.destroy()))
}

const rest: Answer = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1])
  const part = content.subarray(from)
  response
    .writeHead(206, {
      "content-length": part.length,
      "content-range": `bytes ${from}-${content.length - 1}/${content.length}`,
      etag: '"1"'
    })
    .end(part)
}

const fileAt = (url: string, digest?: string): DataFile => ({
  path,
  url: `${url}/published`,
  ...(digest === undefined ? {} : { sha256: digest })
})

const folder = Effect.flatMap(FileSystem.FileSystem, (fs) => fs.makeTempDirectoryScoped())

const fetching = (file: DataFile, data: string, mirror?: string) =>
  Effect.gen(function* () {
    const seen: Array<Progress> = []
    const { fetch } = yield* DataSets
    const fetched = yield* fetch(file, {
      data,
      mirror,
      observe: (progress) => Effect.sync(() => seen.push(progress))
    })
    return { fetched, seen }
  })

const live = Layer.provideMerge(Layer.provide(dataSets, FetchHttpClient.layer), NodeContext.layer)

layer(live)("DataSets", (it) => {
  it.scoped("fetches a file, tells how far it is, and finds it there the second time", () =>
    Effect.gen(function* () {
      const data = yield* folder
      const { asked, url } = yield* serving(whole)
      const { fetched, seen } = yield* fetching(fileAt(url), data)
      const place = join(data, path)
      expect(fetched).toEqual({ place, bytes: content.length, sha256, isNew: true })
      expect(readFileSync(place)).toEqual(content)
      expect(seen.at(-1)).toMatchObject({ bytes: content.length, total: content.length })
      expect(asked[0]?.["url"]).toBe("/published")
      expect((yield* fetching(fileAt(url), data)).fetched).toEqual({ ...fetched, isNew: false })
      expect(asked).toHaveLength(1)
      expect(yield* (yield* DataSets).check(fileAt(url), data)).toMatchObject({ sha256 })
    })
  )

  it.scoped("goes on where a connection broke off, if the server has the same file still", () =>
    Effect.gen(function* () {
      const data = yield* folder
      const { asked, url } = yield* serving(broken, rest)
      const error = yield* Effect.flip(fetching(fileAt(url, sha256), data))
      expect(error._tag).toBe("FetchFailed")
      expect(existsSync(join(data, path))).toBe(false)
      const { states } = yield* DataSets
      const set = { name: "mbpp", title: "", licence: "", files: [fileAt(url, sha256)] }
      const [state] = yield* states(set, data)
      expect(state?.state).toBe("partial")
      yield* fetching(fileAt(url, sha256), data)
      expect(asked[1]).toMatchObject({ range: `bytes=${state!.bytes}-`, "if-range": '"1"' })
      expect(readFileSync(join(data, path))).toEqual(content)
      expect(existsSync(join(data, `${path}.part`))).toBe(false)
      expect(existsSync(join(data, `${path}.part.tag`))).toBe(false)
    })
  )

  it.scoped("begins anew when the server has another file by then", () =>
    Effect.gen(function* () {
      const data = yield* folder
      const { url } = yield* serving(broken, whole)
      yield* Effect.flip(fetching(fileAt(url, sha256), data))
      yield* fetching(fileAt(url, sha256), data)
      expect(readFileSync(join(data, path))).toEqual(content)
    })
  )

  it.scoped("takes the files from a mirror, below their paths", () =>
    Effect.gen(function* () {
      const data = yield* folder
      const { asked, url } = yield* serving(whole)
      yield* fetching(fileAt("http://127.0.0.1:1"), data, `${url}/files/`)
      expect(asked[0]?.["url"]).toBe(`/files/${path}`)
    })
  )

  describe("installs nothing that is not the file:", () => {
    const page: Answer = (_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>log in")
    const gone: Answer = (_, response) => response.writeHead(404).end("no")
    const other: Answer = (_, response) => response.writeHead(200).end("another file")
    const cases: ReadonlyArray<readonly [what: string, answer: Answer, reason: string]> = [
      ["a page", page, "a page (HTML)"],
      ["a status", gone, "status 404"],
      ["other bytes", other, "expected"]
    ]
    for (const [what, answer, reason] of cases) {
      it.scoped(what, () =>
        Effect.gen(function* () {
          const data = yield* folder
          const { url } = yield* serving(answer)
          const error = yield* Effect.flip(fetching(fileAt(url, sha256), data))
          expect(error.message).toContain(`${url}/published`)
          expect(error.message).toContain(reason)
          expect(existsSync(join(data, path))).toBe(false)
        })
      )
    }
    it.scoped("nothing at all", () =>
      Effect.gen(function* () {
        const { url } = yield* serving(whole)
        const closed = `${url.replace(/\d+$/, "1")}`
        const error = yield* Effect.flip(fetching(fileAt(closed), yield* folder))
        expect(error.message).toContain("there is no connection")
      })
    )
  })

  it.scoped("leaves a file that has changed since as it is, and says so", () =>
    Effect.gen(function* () {
      const data = yield* folder
      const { url } = yield* serving(whole)
      yield* fetching(fileAt(url), data)
      writeFileSync(join(data, path), "changed")
      const error = yield* Effect.flip(fetching(fileAt(url), data))
      expect(error).toMatchObject({ _tag: "DataFileWrong", file: join(data, path) })
      expect(error.reason).toContain("when it was fetched")
      expect(readFileSync(join(data, path), "utf8")).toBe("changed")
      const published = yield* Effect.flip(fetching(fileAt(url, sha256), data))
      expect(published.reason).toContain("of the published file")
    })
  )

  it.scoped("finds PSB2's files in either of the two places that they have", () =>
    Effect.gen(function* () {
      const data = yield* folder
      mkdirSync(join(data, "psb2", "gcd"), { recursive: true })
      writeFileSync(join(data, "psb2", "gcd", "gcd-edge.json"), "{}")
      const { states } = yield* DataSets
      const file = { path: "psb2/datasets/gcd/gcd-edge.json", url: "http://127.0.0.1:1/" }
      const [state] = yield* states({ name: "psb2/gcd", title: "", licence: "", files: [file] }, data)
      expect(state).toMatchObject({
        state: "present",
        place: join(data, "psb2", "gcd", "gcd-edge.json"),
        bytes: 2
      })
    })
  )
})
