import { execFileSync, spawn, spawnSync } from "node:child_process"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { inFolder, main } from "../programs/cli/seidr.ts"
import { modelServer } from "./support/modelServer.ts"
import {
  expectNothingBoughtTwice,
  expectSound,
  keptIn,
  outcomeOf,
  search,
  undisturbed
} from "./support/search.ts"

/** A file system of our own, seen by the commands of one shell alone; a user who is not root is root of a name space. */
const apart = process.getuid?.() === 0 ? ["--mount"] : ["--user", "--map-root-user", "--mount"]
const canMount =
  spawnSync("unshare", [...apart, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" }).status === 0

interface Said {
  readonly status: number
  readonly out: string
  readonly err: string
}

/** Runs a script where a small disk is mounted at `./disk`; `$SEIDR` is the command. What it leaves there is kept. */
const onDisk = (cwd: string, size: string, script: string, env: Readonly<Record<string, string>>) =>
  new Promise<ReadonlyArray<Said>>((done) => {
    mkdirSync(join(cwd, "disk"), { recursive: true })
    const parts = [
      "set -u",
      `step() { name=$1; shift; "$@" >$name.out 2>$name.err; echo $? >$name.status; }`,
      `mount -t tmpfs -o size=${size} tmpfs disk`,
      script,
      "rm -f log.db*; cp disk/log.db* . 2>/dev/null || true"
    ]
    const child = spawn("unshare", [...apart, "sh", "-c", parts.join("\n")], {
      cwd,
      env: { PATH: process.env["PATH"], HOME: cwd, SEIDR_CACHE: "none", ...env },
      stdio: "ignore"
    })
    child.once("close", () => {
      const read = (name: string) => execFileSync("cat", [join(cwd, name)], { encoding: "utf8" })
      const names = [...script.matchAll(/^step (\w+)/gm)].map(([, name]) => name!)
      done(
        names.map((name) => ({
          status: Number(read(`${name}.status`)),
          out: read(`${name}.out`),
          err: read(`${name}.err`)
        }))
      )
    })
  })

const command = `${process.execPath} ${main}`
const solve = `${command} ${search.join(" ")} --db disk/log.db`

describe.skipIf(!canMount)("a disk (needs mounting)", { timeout: 600_000 }, () => {
  // From so little that the log cannot be made to so much that the search is nearly through.
  it.each([60, 150, 330, 500])(
    "of %i kB that is full ends the run, which goes on when there is room",
    (size) =>
      inFolder(async (cwd) => {
        const server = await modelServer()
        try {
          const whole = await undisturbed(server)
          const asked = server.asked.length
          const script = `step full ${solve}
cp disk/log.db disk/log.db-wal ${cwd}/ 2>/dev/null
cp log.db seidr.db; cp log.db-wal seidr.db-wal
mount -o remount,size=50M disk
step list ${command} runs --json --db disk/log.db
step again ${solve}`
          const [full, list, again] = await onDisk(cwd, `${size}k`, script, server.env)
          expect(full!.status, full!.err).toBe(3)
          expect(full!.err).toMatch(/no space left|SQLITE_FULL|disk is full|disk or its file system fails/)
          expect(full!.out).toBe("")
          const atFull = keptIn(cwd)
          if (atFull.runId !== undefined) {
            expect(full!.err).toMatch(/`seidr resume 0\w{25} --db disk\/log.db` goes on with the run\n$/)
            expect(JSON.parse(list!.out)).toMatchObject([{ status: "interrupted" }])
          }
          expect(outcomeOf(again!)).toEqual(whole)
          execFileSync(
            "sh",
            [
              "-c",
              "rm -f seidr.db*; for end in '' -wal; do cp log.db$end seidr.db$end 2>/dev/null; done; true"
            ],
            { cwd }
          )
          const own = server.asked.slice(asked)
          const kept = keptIn(cwd)
          expect(own.filter((key) => !kept.requested.has(key))).toEqual([])
          expectNothingBoughtTwice(
            atFull,
            own.filter((key, index) => own.indexOf(key) !== index)
          )
          await expectSound(cwd, { asked: own })
        } finally {
          await server.close()
        }
      })
  )

  it("that was mounted for reading only is refused by name, and left as it is", () =>
    inFolder(async (cwd) => {
      const server = await modelServer({ latency: 300 })
      try {
        const script = `${solve} >solve.out 2>solve.err & pid=$!
while ! grep -q '^1 program' solve.err; do sleep 0.05; done
kill -KILL $pid
wait $pid
mount -o remount,ro disk
step refused ${solve}
step runs ${command} runs --json --db disk/log.db
step verify ${command} verify --db disk/log.db
mount -o remount,rw disk
step again ${solve}`
        const [refused, runs, verify, again] = await onDisk(cwd, "50M", script, server.env)
        expect(refused!.status).toBe(2)
        expect(refused!.err).toMatch(/cannot be written/)
        for (const { status, err } of [runs!, verify!]) {
          expect([0, 2], err).toContain(status)
          expect(err).not.toMatch(/internal error/)
        }
        expect(JSON.parse(again!.out)).toMatchObject({ programs: 10 })
        expect(again!.err).toMatch(/it goes on/)
      } finally {
        await server.close()
      }
    }))
})
