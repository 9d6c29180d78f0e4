import { execFileSync, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect, type Scope } from "effect"

/** As a user's, but without the user's own settings. */
export const environment = { PATH: process.env["PATH"], HOME: "/nonexistent", GIT_CONFIG_NOSYSTEM: "1" }

/** A folder that goes with the scope. */
export const folder: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "seidr-git-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

export const git = (repository: string, ...args: ReadonlyArray<string>): string =>
  execFileSync("git", ["--git-dir", repository, ...args], {
    encoding: "utf8",
    env: environment,
    stdio: ["ignore", "pipe", "ignore"]
  })

/** An empty bare repository that takes pushes. */
export const bare = Effect.map(folder, (path) => {
  execFileSync("git", ["init", "--quiet", "--bare", path], { env: environment })
  git(path, "config", "http.receivepack", "true")
  return path
})

/** The branches of a repository, and the commits that they are at. */
export const headsOf = (repository: string): ReadonlyArray<string> =>
  git(repository, "for-each-ref", "--format=%(refname:short) %(objectname)")
    .split("\n")
    .filter((line) => line !== "")

/** The nodes whose attempts a branch has, in order. */
export const nodesOn = (repository: string, branch: string): ReadonlyArray<string> =>
  [...git(repository, "log", "--reverse", "--format=%B", branch).matchAll(/^Node (\S+) of run /gm)].map(
    ([, node]) => node!
  )

/** What a server does instead of answering as git. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * Repositories over smart HTTP, by git's own program; it ends with the scope.
 *
 * @param instead answers a request, or says by `false` that git shall
 */
export const gitServer = (repository: string, instead: Answering) =>
  Effect.gen(function* () {
    const server = createServer((request, response) => {
      if (!instead(request, response)) answer(repository, request, response)
    })
    yield* Effect.acquireRelease(
      Effect.async<void>((resume) => {
        server.listen(0, "127.0.0.1", () => resume(Effect.void))
      }),
      () =>
        Effect.async<void>((resume) => {
          server.close(() => resume(Effect.void))
          server.closeAllConnections()
        })
    )
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  })

const answer = (repository: string, request: IncomingMessage, response: ServerResponse): void => {
  const [path, query = ""] = (request.url ?? "").split("?")
  const backend = spawn("git", ["http-backend"], {
    env: {
      ...environment,
      GIT_PROJECT_ROOT: repository,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path!.replace(/^\/attempts\.git/, ""),
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REMOTE_USER: "someone"
    },
    stdio: ["pipe", "pipe", "ignore"]
  })
  request.pipe(backend.stdin)
  backend.stdin.on("error", () => undefined)
  const parts: Array<Buffer> = []
  backend.stdout.on("data", (part: Buffer) => parts.push(part))
  backend.once("close", () => {
    const all = Buffer.concat(parts)
    const end = all.indexOf("\r\n\r\n")
    const headers = new Map(
      all
        .subarray(0, end)
        .toString()
        .split("\r\n")
        .map((line) => [
          line.slice(0, line.indexOf(":")).toLowerCase(),
          line.slice(line.indexOf(":") + 1).trim()
        ])
    )
    const status = Number((headers.get("status") ?? "200").slice(0, 3))
    headers.delete("status")
    response.writeHead(status, Object.fromEntries(headers))
    response.end(all.subarray(end + 4))
  })
}
