// Makes a golden log with the real command line: node scripts/golden-log.mjs FILE. Wants a build. See test/golden/README.md.
import { execFileSync } from "node:child_process"
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import Database from "better-sqlite3"

const [target] = process.argv.slice(2)
if (target === undefined || existsSync(target)) {
  console.error(
    "usage: node scripts/golden-log.mjs FILE; FILE must not be there, since a golden log is never made anew"
  )
  process.exit(2)
}
const main = fileURLToPath(new URL("../dist/seidr.js", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "seidr-golden-"))
const file = join(folder, "golden.db")
const seidr = (...argv) => {
  try {
    return execFileSync(process.execPath, [main, ...argv, "--db", file], { encoding: "utf8" })
  } catch (error) {
    // 1: not solved, which is as good here.
    if (error.status !== 1) throw error
    return error.stdout
  }
}
const small = [
  "--valid-examples",
  "6",
  "--test-examples",
  "4",
  "--prompt-examples",
  "2",
  "--concurrency",
  "2"
]
try {
  seidr(
    "solve",
    "fizz-buzz",
    "--model",
    "simulated:hard",
    "--seed",
    "7",
    "--max-programs",
    "14",
    "--drafts-per-prompt",
    "2",
    "--beam-width",
    "2",
    "--explanations-per-program",
    "1",
    "--repairs-per-explanation",
    "2",
    "--label",
    "golden-model",
    ...small
  )
  seidr(
    "solve",
    "gcd",
    "--model",
    "simulated:hard",
    "--seed",
    "8",
    "--max-programs",
    "10",
    "--drafts-per-prompt",
    "2",
    "--beam-width",
    "2",
    "--explanations-per-program",
    "1",
    "--repairs-per-explanation",
    "2",
    "--instructions",
    "static",
    "--ranking",
    "lexicase",
    "--label",
    "golden-static",
    ...small
  )
  const database = new Database(file)
  database.pragma("journal_mode = DELETE")
  // Who made it is nobody's business, and the log's truth is elsewhere.
  database.exec("DELETE FROM lease")
  database.exec("VACUUM")
  database.pragma("journal_mode = WAL")
  database.pragma("wal_checkpoint(TRUNCATE)")
  const events = database.prepare("SELECT count(*) FROM event").pluck().get()
  database.close()
  copyFileSync(file, target)
  console.log(`${target}: ${events} events, ${statSync(target).size} bytes`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
