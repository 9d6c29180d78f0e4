import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { commandLine } from "../../../support/commandLine.ts"
import { temporaryLog } from "../../../support/temporaryLog.ts"

/** Stands for the user's sbatch: it writes down what it is given, and says what the file `says` tells it to. */
const sbatch = `#!/bin/sh
cd "$(dirname "$0")" || exit 9
echo "$*" >arguments
cat >input
. ./says
`

/** A folder with a table and a stand-in for sbatch, which is the only one that is found. */
const site = Effect.gen(function* () {
  const folder = join(dirname(yield* temporaryLog), "it's here")
  mkdirSync(join(folder, "bin"), { recursive: true })
  const at = (...path: ReadonlyArray<string>) => join(folder, ...path)
  writeFileSync(at("bin", "sbatch"), sbatch)
  chmodSync(at("bin", "sbatch"), 0o755)
  const table = at("a grid.csv")
  const rows = Array.from({ length: 12 }, (_, id) => `${id},${id % 2 === 0 ? "gcd" : "luhn"},simulated\n`)
  writeFileSync(table, `task_id,problem,model\n${rows.join("")}`)
  const path = process.env["PATH"]
  yield* Effect.acquireRelease(
    Effect.sync(() => {
      process.env["PATH"] = `${at("bin")}${delimiter}/usr/bin${delimiter}/bin`
    }),
    () =>
      Effect.sync(() => {
        process.env["PATH"] = path
      })
  )
  const says = (text: string) => writeFileSync(at("bin", "says"), text)
  const heard = (what: "arguments" | "input") => readFileSync(at("bin", what), "utf8")
  const slurm = (...words: ReadonlyArray<string>) =>
    commandLine("slurm", table, `--logs=${at("logs")}`, ...words)
  return { at, table, says, heard, slurm }
})

const directive = (script: string, name: string) =>
  new RegExp(`^#SBATCH --${name}=(.*)$`, "m").exec(script)?.[1]

describe("seidr slurm", () => {
  it.scopedLive("writes a script for all rows, or for some of them", () =>
    Effect.gen(function* () {
      const { at, slurm, table } = yield* site
      const all = yield* slurm()
      expect(all).toMatchObject({ status: 0 })
      expect(directive(all.out, "array")).toBe("0-11")
      expect(existsSync(at("logs"))).toBe(true)
      const words = ["--array", "1-8%2", "--offset=3", "--time=1:00", "--mem", "2G", "--sbatch=--qos=low"]
      const some = yield* slurm(...words, "--restarts=2", "--out", at("some.sh"))
      expect(some.out).toBe(`${at("some.sh")}: 8 tasks (1-8%2); \`sbatch ${at("some.sh")}\` submits them\n`)
      const script = readFileSync(at("some.sh"), "utf8")
      expect(directive(script, "array")).toBe("1-8%2")
      expect(directive(script, "time")).toBe("1:00")
      expect(script).toContain("\n#SBATCH --qos=low\n")
      expect(script).toContain("\noffset=3\n")
      expect(script).toContain("\nrestarts=2\n")
      expect(script).toContain(`\ntable='${table.replace("'", `'\\''`)}'\n`)
      expect(yield* slurm("--out", at("some.sh"))).toMatchObject({
        status: 2,
        message: expect.stringMatching(/^--out .*some\.sh: .*exist/i)
      })
    })
  )

  it.scopedLive("hands it to sbatch, with no key in it", () =>
    Effect.gen(function* () {
      const { at, heard, says, slurm } = yield* site
      says("echo 'sbatch: the cluster is merry'; echo '4711;merry'")
      process.env["OPENAI_API_KEY"] = "sk-never-to-be-seen"
      const piped = yield* Effect.ensuring(
        slurm("--submit", "--json"),
        Effect.sync(() => {
          delete process.env["OPENAI_API_KEY"]
        })
      )
      const document = JSON.parse(piped.out)
      expect(document).toMatchObject({ job: "4711", file: null, tasks: 12, array: "0-11", logs: at("logs") })
      expect(document.merge).toMatch(/^seidr merge '.*'\/a-grid\.\*\.db --into a-grid\.db$/)
      expect(heard("arguments")).toBe("--parsable\n")
      expect(heard("input")).toBe(document.script)
      expect(document.script).not.toContain("sk-never")
      const { out } = yield* slurm("--submit", "--out", at("all.sh"))
      expect(out).toBe("job 4711: 12 tasks (0-11)\n")
      expect(heard("arguments")).toBe(`--parsable ${at("all.sh")}\n`)
    })
  )

  it.scopedLive("says in one line why there is no job", () =>
    Effect.gen(function* () {
      const { at, says, slurm } = yield* site
      says(
        "echo 'sbatch: error: invalid partition specified: \u001bx' >&2; echo 'sbatch: error: Batch job submission failed' >&2; exit 1"
      )
      expect(yield* slurm("--submit")).toMatchObject({
        status: 2,
        message: "the job was not submitted: invalid partition specified: \\x1bx; Batch job submission failed"
      })
      says("echo 'sbatch: error: Unable to contact slurm controller (connect failure)' >&2; exit 1")
      expect(yield* slurm("--submit")).toMatchObject({
        status: 3,
        message: expect.stringContaining("does not answer: Unable to contact slurm controller")
      })
      says("echo 'sbatch: error: Batch job submission failed: Invalid job array specification' >&2; exit 1")
      expect((yield* slurm("--submit")).message).toMatch(/specification; the cluster's MaxArraySize bounds/)
      says("exit 7")
      expect((yield* slurm("--submit")).message).toBe("the job was not submitted: sbatch ended with status 7")
      process.env["PATH"] = at("nothing")
      expect(yield* slurm("--submit")).toMatchObject({
        status: 2,
        message: expect.stringContaining("there is no sbatch here")
      })
    })
  )

  it.scopedLive("refuses rows that are not there, and what Slurm would misread", () =>
    Effect.gen(function* () {
      const { at, slurm, table } = yield* site
      const refused = (...words: ReadonlyArray<string>) =>
        Effect.map(slurm(...words), ({ message, status }) => {
          expect(status, message).toBe(2)
          return message
        })
      expect(yield* refused("--array", "3-20")).toBe(
        `--array names task_id 12, and ${table} has no such row to run; it has 12 rows, from 0 to 11`
      )
      expect(yield* refused("--array=5", "--offset", "10")).toContain("names task_id 15 (5 + 10)")
      expect(yield* refused("--offset", "12")).toContain("has a task_id from --offset 12 on")
      expect(yield* refused("--array", "1..5")).toMatch(/^--array is "1\.\.5", and has to be indices/)
      expect(yield* refused("--time", "soon")).toContain("has to be a time as sbatch takes it")
      expect(yield* refused("--mem", "much")).toContain("has to be a size as sbatch takes it")
      expect(yield* refused("--partition", "a b")).toContain("has to be a name without spaces")
      expect(yield* refused("--sbatch=--qos=low\n#SBATCH --x")).toContain("flags of sbatch on one line")
      expect(yield* refused("--db", "x.db")).toContain("each task has a log of its own")
      for (const logs of ["a\\b", "a\nb"]) {
        const { message, status } = yield* commandLine("slurm", table, "--logs", at(logs))
        expect({ status, message }).toMatchObject({
          status: 2,
          message: expect.stringMatching(/Slurm takes no line ends and backslashes/)
        })
      }
      writeFileSync(at("taken"), "")
      expect((yield* commandLine("slurm", table, "--logs", at("taken"))).status).toBe(2)
      writeFileSync(table, "task_id,problem,max_programs\na,gcd,4\n1,gcd,none\n2,gcd,4\n")
      expect(yield* refused()).toContain("line 3 (task_id 1): column max_programs")
      expect(yield* refused("--keep-going")).toContain('line 2: task_id "a" is no whole number')
      expect(yield* refused("--keep-going", "--array=1-2")).toContain("names task_id 1, and")
      expect((yield* slurm("--keep-going", "--array=2")).status).toBe(0)
    })
  )
})
