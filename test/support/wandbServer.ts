import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { gunzipSync } from "node:zlib"

/** What a run has become at the stand-in. */
export interface SentRun {
  readonly id: string
  name: string
  config: Readonly<Record<string, unknown>>
  summary: Readonly<Record<string, unknown>>
  /** As the server stores it: by line number. */
  readonly history: Array<Readonly<Record<string, unknown>>>
  exitCode: number | undefined
  /** How often the client has opened it. */
  opened: number
}

/** A stand-in for the endpoints of Weights & Biases that the official client speaks to, on loopback. */
export interface WandbServer {
  readonly url: string
  readonly runs: ReadonlyMap<string, SentRun>
  /** Everything that came, for looking for what should not have come. */
  readonly bodies: ReadonlyArray<string>
  readonly close: () => Promise<void>
}

type Values = Readonly<Record<string, unknown>>

export const startWandbServer = async (key: string): Promise<WandbServer> => {
  const runs = new Map<string, SentRun>()
  const bodies: Array<string> = []
  const wanted = `Basic ${Buffer.from(`api:${key}`).toString("base64")}`

  const runOf = (id: string): SentRun => {
    const run = runs.get(id) ?? {
      id,
      name: id,
      config: {},
      summary: {},
      history: [],
      exitCode: undefined,
      opened: 0
    }
    runs.set(id, run)
    return run
  }

  const bucketOf = (run: SentRun) => ({
    id: `id-${run.id}`,
    name: run.id,
    displayName: run.name,
    description: null,
    notes: null,
    tags: ["seidr"],
    sweepName: null,
    config: JSON.stringify(run.config),
    wandbConfig: JSON.stringify({ t: 1 }),
    summaryMetrics: JSON.stringify(run.summary),
    logLineCount: 0,
    eventsLineCount: 0,
    eventsTail: "[]",
    historyLineCount: run.history.length,
    historyTail: JSON.stringify(run.history.slice(-1).map((line) => JSON.stringify(line))),
    project: { id: "p", name: "project", entity: { id: "e", name: "entity" } }
  })

  const answer = (operation: string, variables: Values): unknown => {
    const id = String(variables["name"] ?? variables["run"] ?? "")
    switch (operation) {
      case "Viewer":
        return { viewer: { id: "v", entity: "entity", username: "user", flags: "{}", teams: { edges: [] } } }
      case "RunResumeStatus": {
        const run = runs.get(id)
        const bucket = run === undefined ? null : bucketOf(run)
        return { model: { id: "p", name: "project", entity: { id: "e", name: "entity" }, bucket } }
      }
      case "UpsertBucket": {
        const run = runOf(id)
        run.opened += 1
        if (typeof variables["displayName"] === "string") run.name = variables["displayName"]
        if (typeof variables["config"] === "string") run.config = JSON.parse(variables["config"]) as Values
        return { upsertBucket: { bucket: bucketOf(run), inserted: run.opened === 1 } }
      }
      case "CreateRunFiles": {
        const files = variables["files"] as ReadonlyArray<string>
        return {
          createRunFiles: {
            runID: `id-${id}`,
            uploadHeaders: [],
            files: files.map((name) => ({ name, uploadUrl: `${url}/upload/${name}` }))
          }
        }
      }
      default:
        return {}
    }
  }

  const stream = (id: string, body: string) => {
    const run = runOf(id)
    const sent = JSON.parse(body) as {
      readonly files?: Readonly<
        Record<string, { readonly offset: number; readonly content: ReadonlyArray<string> }>
      >
      readonly exitcode?: number
    }
    for (const [name, { content, offset }] of Object.entries(sent.files ?? {})) {
      const lines = content.map(
        (line) => JSON.parse(name.endsWith("json") || name.endsWith("jsonl") ? line : "{}") as Values
      )
      if (name === "wandb-history.jsonl")
        for (const [at, line] of lines.entries()) run.history[offset + at] = line
      if (name === "wandb-summary.json") run.summary = lines.at(-1) ?? run.summary
    }
    if (sent.exitcode !== undefined) run.exitCode = sent.exitcode
  }

  const respond = (request: IncomingMessage, body: string, response: ServerResponse) => {
    const path = request.url ?? ""
    const end = (status: number, document: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(document))
    if (path.startsWith("/upload/")) return end(200, {})
    if (request.headers.authorization !== wanted)
      return end(401, { errors: [{ message: "user is not logged in" }] })
    if (path === "/graphql") {
      const { operationName, variables } = JSON.parse(body) as {
        readonly operationName: string
        readonly variables?: Values
      }
      return end(200, { data: answer(operationName, variables ?? {}) })
    }
    const streamed = /^\/files\/.*\/([^/]+)\/file_stream$/.exec(path)?.[1]
    if (streamed !== undefined) {
      stream(streamed, body)
      return end(200, { limits: {} })
    }
    return end(404, {})
  }

  const server = createServer((request, response) => {
    const parts: Array<Buffer> = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      const whole = Buffer.concat(parts)
      const body = (request.headers["content-encoding"] === "gzip" ? gunzipSync(whole) : whole).toString()
      bodies.push(`${request.method} ${request.url}\n${body}`)
      respond(request, body, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    runs,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
