import { createHash } from "node:crypto"
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync
} from "node:fs"
import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { replayAll } from "../../support/replayAll.ts"
import { seidr } from "./seidr.ts"

/** A wrong command line, its exit status, and what its one sentence must name. */
type Row = readonly [line: string, status: number, says: RegExp, env?: Readonly<Record<string, string>>]

const folder = mkdtempSync(join(tmpdir(), "seidr-bad-"))
const file = (name: string, content: string | Buffer = "") => writeFileSync(join(folder, name), content)
const servers: Array<Server> = []

const serve = (answer: (response: ServerResponse) => void): Promise<string> =>
  new Promise((done) => {
    const server = createServer((_, response) => answer(response))
    servers.push(server)
    server.listen(0, "127.0.0.1", () => done(`127.0.0.1:${(server.address() as AddressInfo).port}`))
  })

const answers = {
  UNAUTHORIZED: (response: ServerResponse) => {
    response.writeHead(401, { "content-type": "application/json" })
    // A server's words are hostile too.
    response.end(
      JSON.stringify({ error: { message: "no \u001b]52;c;aGk=\u0007 key \u009b31m sk-abcdefgh12345678" } })
    )
  },
  MISSING: (response: ServerResponse) => {
    response.writeHead(404, { "content-type": "application/json" })
    response.end(JSON.stringify({ error: "model 'tiny' not found" }))
  },
  PAGE: (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/html" })
    response.end("<html><title>Sign in</title></html>")
  },
  SILENT: () => undefined
}
const addresses: Record<string, string> = {}

beforeAll(async () => {
  for (const [name, answer] of Object.entries(answers)) addresses[name] = await serve(answer)
  const gone = await serve(() => undefined)
  servers.pop()?.close()
  addresses["REFUSING"] = gone
  file("empty.yaml")
  file("notYaml.yaml", "name: [")
  file("lacks.yaml", "name: a\ndescription: b\n")
  file("noOutput.yaml", "name: a\ndescription: b\nexamples:\n  - input: '1'\n")
  file("big.yaml")
  truncateSync(join(folder, "big.yaml"), 200 * 2 ** 20)
  file("program.py", "print(1)\n")
  file("huge.py")
  truncateSync(join(folder, "huge.py"), 200 * 2 ** 20)
  file("text.db", "not a database at all, but long enough to be looked at")
  const foreign = new Database(join(folder, "foreign.db"))
  foreign.exec("CREATE TABLE a (b)")
  foreign.close()
  for (const seed of ["1", "2"]) {
    const made = await seidr(
      [
        "solve",
        "gcd",
        "--max-programs",
        "2",
        "--test-examples",
        "0",
        "--valid-examples",
        "5",
        "--seed",
        seed
      ],
      { cwd: folder }
    )
    expect(made.status, made.err).toBeLessThanOrEqual(1)
  }
  expect(await replayAll(join(folder, "seidr.db"))).toBe(2)
  const log = readFileSync(join(folder, "seidr.db"))
  file("damaged.db", Buffer.concat([log.subarray(0, 4096), Buffer.alloc(8192, 7), log.subarray(12_288)]))
  file("cut.db", log.subarray(0, 5000))
  file("newer.db", log)
  const newer = new Database(join(folder, "newer.db"))
  newer.pragma("user_version = 999")
  newer.close()
}, 180_000)

afterAll(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

/** What every file holds; SQLite's own companions of a log come and go with its readers. */
const contents = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !/-(?:shm|wal)$/.test(name) && !/^(?:big|huge)/.test(name))
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")
      ])
  )

const openai = { OPENAI_API_KEY: "sk-abcdefgh12345678" }
const quick = "--model-timeout 1s --max-outage 1s"

const rows: ReadonlyArray<Row> = [
  ["slove gcd", 2, /"slove".*did you mean solve\?/],
  ["solve gcdd", 2, /"gcdd".*did you mean gcd\?/],
  ["solve gcd --model gpt-4o", 2, /"gpt-4o".*Known are .*openai:NAME/],
  ["solve gcd --model openai:gpt-4o", 2, /openai:gpt-4o.*OPENAI_API_KEY/],
  ["solve \u001b]52;c;aGk=\u0007", 2, /there is no built-in problem/],
  ["solve empty.yaml", 2, /empty.yaml.*the file is empty/],
  ["solve notYaml.yaml", 2, /notYaml.yaml.*line 1.*not YAML/],
  ["solve lacks.yaml", 2, /lacks.yaml.*examples/],
  ["solve noOutput.yaml", 2, /noOutput.yaml.*line 4.*output/],
  ["solve big.yaml", 2, /big.yaml.*200/],
  ["solve gcd --db missing/seidr.db", 2, /missing\/seidr.db.*folder .*does not exist/],
  ["solve gcd --db /proc/seidr.db", 2, /\/proc\/seidr.db/],
  ["solve gcd --db text.db", 2, /text.db.*not an SQLite file/],
  ["solve gcd --db foreign.db", 2, /foreign.db.*another program/],
  ["solve gcd --db newer.db", 2, /newer.db.*999/],
  ["solve gcd --db damaged.db", 2, /damaged.db.*damaged/],
  ["runs --db cut.db", 2, /cut.db.*damaged/],
  ["runs --db missing.db", 2, /missing.db.*`seidr solve` makes one/],
  ["stop 01 --db missing.db", 2, /missing.db.*`seidr solve` makes one/],
  ["solve gcd --out missing/gcd.py", 2, /--out missing\/gcd.py/],
  ["solve gcd --out .", 2, /--out \./],
  ["solve gcd --start missing.py", 2, /--start missing.py: there is no such file/],
  ["execute gcd --program missing.py", 2, /--program missing.py: there is no such file/],
  ["execute gcd --program .", 2, /--program \.: it is not a file/],
  ["execute gcd --program huge.py", 2, /--program huge.py: it has 209715200 bytes/],
  ["show nothing", 2, /no run is called "nothing"; `seidr runs`/],
  ["show 0", 2, /"0" can be any of 0\w{25}, 0\w{25}; give more/],
  ["stop nothing", 2, /"nothing"/],
  [`solve gcd --model ollama:tiny --ollama-url http://REFUSING ${quick}`, 3, /ollama:tiny.*refused/],
  [`solve gcd --model ollama:tiny --ollama-url http://PAGE ${quick}`, 3, /web page.*--ollama-url/],
  [`solve gcd --model ollama:tiny --ollama-url http://MISSING ${quick}`, 3, /ollama pull tiny/],
  [
    `solve gcd --model openai:tiny ${quick}`,
    3,
    /refused/,
    { ...openai, OPENAI_BASE_URL: "http://REFUSING/v1" }
  ],
  [`solve gcd --model openai:tiny ${quick}`, 3, /for 1s/, { ...openai, OPENAI_BASE_URL: "http://SILENT/v1" }],
  [`solve gcd --model openai:tiny ${quick}`, 3, /web page/, { ...openai, OPENAI_BASE_URL: "http://PAGE/v1" }],
  [
    `solve gcd --model openai:tiny ${quick}`,
    3,
    /401.*OPENAI_API_KEY/,
    { ...openai, OPENAI_BASE_URL: "http://UNAUTHORIZED/v1" }
  ]
]

const located = (text: string): string =>
  text.replace(/\b(?:UNAUTHORIZED|MISSING|PAGE|SILENT|REFUSING)\b/, (name) => addresses[name]!)

const check = async ([line, status, says, env = {}]: Row) => {
  const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, located(value)]))
  const ended = await seidr(located(line).split(" "), { cwd: folder, env: given })
  expect.soft(ended, line).toMatchObject({ status, out: "", err: expect.stringMatching(says) })
  // One sentence on one line, without colours, escapes, keys or a stack.
  expect.soft(ended.err, line).toMatch(/^seidr: [^\n\u0000-\u001f\u007f-\u009f]+\n$/)
  expect.soft(ended.err, line).not.toMatch(/\s+at \S+ \(|internal error|sk-abcdefgh/)
}

describe("bad input", () => {
  it("is refused by one sentence and the right status, and changes no file", {
    timeout: 300_000
  }, async () => {
    const before = contents()
    const left = [...rows]
    const lane = async () => {
      for (let row = left.shift(); row !== undefined; row = left.shift()) await check(row)
    }
    await Promise.all([lane(), lane()])
    expect(contents()).toEqual(before)
  })
})
