import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { makeScreen } from "../../../src/programs/cli/Screen.ts"
import { has, inFolder, main, seidr } from "./seidr.ts"

/** Clears the screen, writes the clipboard, colours by a C1 byte, goes back in the line, turns the writing. */
const attack = "\u001b[2J\u001b]52;c;aGk=\u0007\u009b31m\rgone\u202egnp.exe\u2066\u200f"
const driving = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/
const program = `# ${attack.replace("\r", "")}\nprint(input()[::-1] + ${JSON.stringify(attack)})\n`

const problem = JSON.stringify({
  name: "mirror",
  description: `Print the line backwards.${attack}`,
  examples: [{ input: "ab\n", output: `ba${attack.replace("\r", "")}\n` }]
})

describe("hostile texts", () => {
  it("drive no terminal, whatever shows them", { timeout: 180_000 }, () =>
    inFolder(async (cwd) => {
      const server = createServer((request, response) => {
        response.writeHead(200, { "content-type": "application/json" })
        if (request.method === "GET") return response.end('{"data":[]}')
        const content = `${attack}\n\`\`\`python\n${program}\`\`\`\n`
        response.end(
          JSON.stringify({
            model: attack,
            choices: [{ message: { role: "assistant", content }, finish_reason: "stop" }]
          })
        )
        return
      })
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
      const { port } = server.address() as AddressInfo
      const env = { OPENAI_API_KEY: "sk-x", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` }
      writeFileSync(join(cwd, "mirror.json"), problem)
      try {
        const line = [
          "solve",
          "mirror.json",
          "--model",
          `openai:m${attack}`,
          "--label",
          attack,
          "--max-programs",
          "6"
        ]
        const solved = await seidr(line, { cwd, env })
        expect(solved.status, solved.err).toBe(1)
        // Whoever redirects the program gets its bytes.
        expect(solved.out).toBe(program)
        expect(solved.err).not.toMatch(driving)
        writeFileSync(join(cwd, "program.py"), program)
        for (const command of [
          ["runs"],
          ["runs", "--json"],
          ["show", attack],
          ["show", attack, "--json"],
          ["tree", attack],
          ["tail", attack],
          ["tail", attack, "--json"],
          ["problems", "mirror.json"],
          ["execute", "mirror.json", "--program", "program.py"],
          ["tree", `${attack}?`]
        ]) {
          const { out, err } = await seidr(command, { cwd })
          expect.soft(out + err, command.join(" ")).not.toMatch(driving)
          expect.soft((out + err).length, command.join(" ")).toBeGreaterThan(10)
        }
        if (!hasScript) return
        // On a terminal the program itself is shown harmless too.
        const command = `"${process.execPath}" "${main}" resume 0 --no-color`
        execFileSync(recorder, ["-qc", command, join(cwd, "screen")], {
          cwd,
          stdio: "ignore",
          env: { ...env, PATH: process.env["PATH"], TERM: "xterm" }
        })
        expect(readFileSync(join(cwd, "screen"), "utf8")).toContain("\\x1b]52;c;aGk=")
        expect(readFileSync(join(cwd, "screen"), "utf8")).not.toMatch(/\u001b\]|\u009b/)
      } finally {
        server.close()
        server.closeAllConnections()
      }
    })
  )

  it("have no colours of their own, even where we have", async () => {
    const written: Array<string> = []
    const stream = {
      isTTY: true,
      columns: 40,
      write: (text: string) => written.push(text)
    } as unknown as NodeJS.WriteStream
    const screen = makeScreen({ out: stream, err: stream, color: true, canErase: true, seal: "0f1e" })
    await Effect.runPromise(
      Effect.gen(function* () {
        yield* screen.print(`${screen.paint("red", "ours \u001b[1m")} theirs \u001b[31m`)
        yield* screen.status("x".repeat(200))
        yield* screen.raw(attack)
      })
    )
    expect(written).toEqual([
      "\u001b[31mours \\x1b[1m\u001b[0m theirs \\x1b[31m\n",
      `${"x".repeat(38)}…`,
      "\r\u001b[K",
      expect.not.stringMatching(driving)
    ])
  })
})

const recorder = "script"
const hasScript = has(recorder, "--version")
