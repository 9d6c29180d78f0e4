import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { has, inFolder, main } from "./seidr.ts"

const multiplexer = "tmux"

/** What stands on a terminal of 40 columns when a command has ended. */
const screenAfter = (cwd: string, command: string): string => {
  const server = `seidr-test-${process.pid}`
  const tmux = (...args: ReadonlyArray<string>): string =>
    execFileSync(multiplexer, ["-L", server, "-f", "/dev/null", ...args], {
      cwd,
      encoding: "utf8",
      timeout: 170_000
    })
  try {
    // What is typed for the next command would be seen too: the session waits for its end instead of a prompt.
    tmux("new-session", "-d", "-x", "40", "-y", "50", `${command}; tmux -L ${server} wait-for -S done; cat`)
    tmux("wait-for", "done")
    return tmux("capture-pane", "-p").trimEnd()
  } finally {
    execFileSync(multiplexer, ["-L", server, "kill-server"])
  }
}

const solve = `"${process.execPath}" "${main}" solve gcd --max-programs 6 --test-examples 0 --valid-examples 5`

describe.skipIf(!has(multiplexer, "-V"))("on a terminal (needs tmux)", { timeout: 180_000 }, () => {
  it("progress is one line that is gone at the end, also when 40 columns are all there is", () =>
    inFolder(async (cwd) => {
      const shown = screenAfter(cwd, `${solve} --label ${"long".repeat(30)}`)
      expect(shown).toContain("seidr: gcd with simulated")
      expect(shown).toMatch(/solved: d/)
      expect(shown).not.toMatch(/programs? · generation/)
    }))

  it("a dumb one is told line by line, without colours", () =>
    inFolder(async (cwd) => {
      const shown = screenAfter(cwd, `TERM=dumb ${solve}`)
      expect(shown).toMatch(/^1 program · generation/m)
      expect(shown).toMatch(/solved: d/)
    }))

  it("help fits", () =>
    inFolder(async (cwd) => {
      const shown = screenAfter(cwd, `"${process.execPath}" "${main}" tree --help`)
      expect(shown).toMatch(/^ {2}--db FILE\n {6}the log; default SEIDR_DB, else$/m)
    }))
})
