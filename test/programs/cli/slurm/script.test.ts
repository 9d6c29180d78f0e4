import { spawn } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { type ArrayScript, arrayScript } from "../../../../src/domain/slurm/script.ts"
import { wholeScript } from "../../../support/arrayScripts.ts"

const folder = mkdtempSync(join(tmpdir(), "seidr-it's a test-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A place of its own for a task: a script, a folder of logs, a folder of the node. */
const place = (name: string, changes: Partial<ArrayScript> = {}) => {
  const at = (...path: ReadonlyArray<string>) => join(folder, name, ...path)
  mkdirSync(at("node"), { recursive: true })
  mkdirSync(at("bin"))
  writeFileSync(at("bin", "scontrol"), `#!/bin/sh\necho "$*" >>'${name}-asked'\n`)
  chmodSync(at("bin", "scontrol"), 0o755)
  const script = arrayScript({
    ...wholeScript,
    failUnsolved: false,
    folder,
    table: at("a table.csv"),
    logs: at("logs"),
    node: "/bin/sh",
    seidr: resolve("test/programs/cli/slurm/standIn.sh"),
    flags: ["--data=a folder"],
    ...changes
  })
  writeFileSync(at("script.sh"), script)
  /** Starts the task, as a cluster would. */
  const start = (status: string, environment: Readonly<Record<string, string>> = {}) => {
    const child = spawn("sh", [at("script.sh")], {
      env: {
        PATH: `${at("bin")}:${process.env["PATH"]}`,
        SLURM_ARRAY_TASK_ID: "7",
        SLURM_ARRAY_JOB_ID: "41",
        SLURM_TMPDIR: at("node"),
        STATUS: status,
        ...environment
      }
    })
    let said = ""
    const begun = new Promise<number>((done) => {
      const hear = (text: string) => {
        said += text
        const [, pid] = /begun by (\d+)\n/.exec(said) ?? []
        if (pid !== undefined) done(Number(pid))
      }
      child.stdout.setEncoding("utf8").on("data", hear)
      child.stderr.setEncoding("utf8").on("data", hear)
    })
    const ended = new Promise<{ readonly status: number | null; readonly said: string }>((done) =>
      child.once("close", (status) => done({ status, said }))
    )
    return { child, begun, ended }
  }
  const log = () => readFileSync(at("logs", "a-grid.107.db"), "utf8")
  return { at, log, start }
}

describe.concurrent("the script of an array", () => {
  it("runs its row in a log of the node, and brings it to the others", async () => {
    const { at, log, start } = place("whole")
    const { said, status } = await start("0").ended
    expect(status, said).toBe(0)
    expect(said).toMatch(/^task_id 107 on \S+, start 1\n/)
    expect(said).toContain(`asked: experiment ${at("a table.csv")} --task 107 --db ${at("node")}/seidr-`)
    expect(said).toMatch(/log\.db --data=a folder; cache .*\/node\/seidr-\w+\/evaluations\.db\n/)
    expect(log()).toBe("life\n")
    expect(readdirSync(at("logs"))).toEqual(["a-grid.107.db"])
    expect(readdirSync(at("node"))).toEqual([])
    // Begun again, it goes on from the copy.
    await start("0").ended
    expect(log()).toBe("life\nlife\n")
  })

  it.each([
    ["1", false, 0],
    ["1", true, 1],
    ["2", false, 2],
    ["3", true, 3]
  ] as const)("has a status for Slurm: seidr's %s, failing if unsolved: %s", async (ended, fails, status) => {
    const { log, start } = place(`status ${ended} ${fails}`, { failUnsolved: fails })
    expect((await start(ended).ended).status).toBe(status)
    expect(log()).toBe("life\n")
  })

  it("lets seidr let go when it alone is told to end", async () => {
    const { log, start } = place("ended")
    const task = start("wait")
    await task.begun
    task.child.kill("SIGTERM")
    const { said, status } = await task.ended
    expect(status, said).toBe(130)
    expect(log()).toBe("life\ntold\n")
  })

  it("does not tell seidr a second time", async () => {
    const { at, log, start } = place("told")
    // However slow the machine is.
    const patient = readFileSync(at("script.sh"), "utf8").replace("patience:-5", "patience:-10000")
    writeFileSync(at("script.sh"), patient)
    const task = start("linger")
    const seidr = await task.begun
    task.child.kill("SIGTERM")
    process.kill(seidr, "SIGTERM")
    expect((await task.ended).status).toBe(130)
    expect(log()).toBe("life\ntold\n")
  })

  it("puts itself into the queue again when its time is over, as often as it may", async () => {
    const { log, start } = place("over")
    const asked = join(folder, "over-asked")
    for (const [count, text] of [
      ["2", "requeue 41_7\n"],
      ["3", "requeue 41_7\n"]
    ] as const) {
      const task = start("wait", { SLURM_RESTART_COUNT: count })
      await task.begun
      task.child.kill("SIGUSR1")
      expect((await task.ended).status).toBe(130)
      expect(readFileSync(asked, "utf8")).toBe(text)
    }
    expect(log()).toBe("life\ntold\nlife\ntold\n")
  })

  it("keeps what there is when seidr is killed", async () => {
    const { log, start } = place("killed")
    const task = start("wait")
    process.kill(await task.begun, "SIGKILL")
    expect((await task.ended).status).toBe(137)
    expect(log()).toBe("life\n")
  })

  it("says where the log is that could not be brought away, and leaves it", async () => {
    const { at, start } = place("unsaved")
    const { said, status } = await start("0", { UNSAVED: "yes" }).ended
    expect(status).toBe(3)
    expect(said).toContain("no copy today\n")
    const [, kept] = /it is on \S+, in (.*)\n$/.exec(said) ?? []
    expect(readFileSync(join(kept!, "log.db"), "utf8")).toBe("life\n")
    expect(readdirSync(at("logs"))).toEqual([])
  })

  it("wants to know its row", async () => {
    const { at, start } = place("nowhere")
    const { said, status } = await start("0", { SLURM_ARRAY_TASK_ID: "" }).ended
    expect(status).not.toBe(0)
    expect(said).toContain("is not set: submit this script with sbatch")
    expect(existsSync(at("logs"))).toBe(false)
  })
})
