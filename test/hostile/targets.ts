import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Targets } from "./programs.ts"

const content = "the canary file of the host is untouched"

/** What stands in the environment of the process that drives sandboxes. */
export const secret = "a-secret-that-no-program-may-know"

/** Things of the host, a file of that user's among them, that anybody but a confined program could read, change and call, and whether somebody has. */
export interface Watch {
  readonly targets: Targets
  /** What has happened to them; nothing, if all is well. */
  readonly harm: () => ReadonlyArray<string>
  readonly end: () => void
}

export const watchTargets = async (user?: number): Promise<Watch> => {
  const folder = mkdtempSync(join(tmpdir(), "seidr-test-"))
  chmodSync(folder, 0o777)
  const file = join(folder, "canary")
  writeFileSync(file, content)
  chmodSync(file, 0o666)
  if (user !== undefined) chownSync(file, user, user)
  const calls: Array<string> = []
  const socket = join(folder, "socket")
  const servers = [
    await listening((server) => server.listen(0, "127.0.0.1"), calls),
    await listening((server) => server.listen(socket), calls)
  ]
  chmodSync(socket, 0o777)
  const before = statSync(file)
  const address = servers[0]!.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    targets: { file, port, socket, pid: process.pid },
    harm: () => [
      ...calls,
      ...(readFileSync(file, "utf8") === content ? [] : ["the file has another content"]),
      ...(["ino", "mtimeMs", "mode", "nlink", "uid"] as const).flatMap((fact) =>
        statSync(file)[fact] === before[fact] ? [] : [`the file has another ${fact}`]
      )
    ],
    end: () => {
      for (const server of servers) server.close()
      rmSync(folder, { recursive: true })
    }
  }
}

/** Whether a program has printed what only a file or the environment of the host says. */
export const tells = (text: string): boolean => text.includes(content) || text.includes(secret)

const listening = (listen: (server: Server) => Server, calls: Array<string>): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((peer) => {
      calls.push("somebody has called")
      peer.destroy()
    })
    listen(server).once("listening", () => resolve(server))
  })
