import { createHash, randomBytes } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import Database from "better-sqlite3"
import { Effect } from "effect"
import { randomFor } from "../../src/domain/random.ts"
import type { Finding } from "../../src/services/LogAudit.ts"
import { temporaryLog } from "../support/temporaryLog.ts"
import { checkpoint, verified, withRuns } from "./support/madeLog.ts"

const flips = 400

/** What readers see of a file, piece by piece; undefined where it cannot be read as a whole. */
type Content = ReadonlyMap<string, string> | undefined

/**
 * Every row by its name. Leases are no part of it: they are nobody's data once their holders are gone, and who takes
 * up a run writes them anew.
 */
const contentOf = (database: string): Content => {
  const file = new Database(database, { readonly: true })
  try {
    const rows = (name: string, query: string) =>
      (file.prepare(query).all() as Array<Record<string, unknown>>).map(
        (row) => [`${name} ${Object.values(row)[0]}`, JSON.stringify(row)] as const
      )
    return new Map([
      ["user_version", JSON.stringify(file.pragma("user_version"))],
      ...rows("schema", "SELECT name, type, tbl_name, sql FROM sqlite_schema ORDER BY 1"),
      ...rows("event", "SELECT run_id || ' ' || pos, * FROM event NOT INDEXED ORDER BY seq"),
      ...rows("place", "SELECT run_id || ' ' || pos, hash FROM event INDEXED BY event_place ORDER BY 1"),
      ...rows(
        "answer",
        "SELECT run_id || ' ' || call_key, seq FROM event INDEXED BY event_answer WHERE type = 'CompletionReceived' ORDER BY 1"
      ),
      ...rows("text", "SELECT * FROM blob ORDER BY 1"),
      ...rows("lineage", "SELECT * FROM lineage ORDER BY 1"),
      ...rows("summary", "SELECT * FROM run ORDER BY 1"),
      ...rows("label", "SELECT run_id, label FROM run WHERE label IS NOT NULL ORDER BY label")
    ])
  } catch {
    return undefined
  } finally {
    file.close()
  }
}

/** The names of the rows that are different, missing or new. */
const differing = (whole: Content, content: Content): ReadonlyArray<string> => {
  if (content === undefined) return ["everything"]
  const names = new Set([...whole!.keys(), ...content.keys()])
  return [...names].filter((name) => whole!.get(name) !== content.get(name))
}

/** Whether a finding says where a row is that was hit; what is wrong with the file as such has no other place. */
const isNamed = (name: string, { run, pos, what }: Finding): boolean => {
  if (run === null && pos === null && !what.startsWith("text ")) return true
  const [kind, first, second] = name.split(" ")
  if (kind === "event" || kind === "place" || kind === "answer")
    return run === first && (pos === null || `${pos}` === second || kind === "answer")
  if (kind === "text") return what.includes(first!)
  return run === first
}

describe("a checkpointed log in which a bit has flipped", () => {
  it.scopedLive(
    `is found out by verify whenever that hit live data, ${flips} times over, and is left as it is`,
    () =>
      Effect.gen(function* () {
        const database = yield* temporaryLog
        yield* withRuns(database, 6, () => undefined)
        checkpoint(database)
        const bytes = readFileSync(database)
        const whole = contentOf(database)
        const random = randomFor(Number(process.env["SEIDR_FLIP_SEED"] ?? 1), "flips in a log")
        const count = { refused: 0, found: 0, harmless: 0 }
        const missed: Array<string> = []
        const copy = yield* temporaryLog
        for (let flip = 0; flip < flips; flip++) {
          const flipped = Buffer.from(bytes)
          const at = random.integer(0, flipped.length - 1)
          const bit = random.integer(0, 7)
          flipped[at] = flipped[at]! ^ (1 << bit)
          writeFileSync(copy, flipped)
          const outcome = yield* Effect.either(verified(copy))
          yield* Effect.promise(() => new Promise(setImmediate))
          expect(readFileSync(copy).equals(flipped), `byte ${at}`).toBe(true)
          const hit = differing(whole, contentOf(copy))
          if (outcome._tag === "Left") {
            // By name: which file, and what is wrong with it.
            expect(outcome.left._tag, outcome.left.message).toMatch(/^Log(?:Refused|Failed)$/)
            expect(outcome.left.message).toContain(copy)
            count.refused += 1
          } else if (outcome.right.findings.length > 0) {
            count.found += 1
            for (const name of hit) {
              if (name !== "everything" && !outcome.right.findings.some((finding) => isNamed(name, finding)))
                missed.push(
                  `bit ${bit} of byte ${at}: ${name} is not in ${JSON.stringify(outcome.right.findings)}`
                )
            }
          } else if (hit.length === 0) count.harmless += 1
          else
            missed.push(
              `bit ${bit} of byte ${at}: ${hit.slice(0, 3).join(", ")} ${hit.slice(0, 2).map((name) => `${whole!.get(name)} -> ${contentOf(copy)?.get(name)}`)}`
            )
        }
        console.log(`${flips} flips in ${bytes.length} bytes: ${JSON.stringify(count)}`)
        expect(missed).toEqual([])
        expect(count.refused + count.found).toBeGreaterThan(flips / 4)
      }),
    1_800_000
  )

  it.scopedLive("is told what can still be read where it is too large to be refused when it is opened", () =>
    Effect.gen(function* () {
      const database = yield* temporaryLog
      const { parent, child } = yield* withRuns(database, 6, () => undefined)
      const file = new Database(database)
      const ballast = randomBytes(40 * 2 ** 20)
      file
        .prepare("INSERT INTO blob VALUES (?, ?, 'utf8', ?)")
        .run(createHash("sha256").update(ballast).digest("hex"), ballast.length, ballast)
      // A page of the child's events, which its parent has no part in.
      const page = file
        .prepare("SELECT max(pageno) FROM dbstat WHERE name = 'event' AND pagetype = 'leaf'")
        .pluck()
        .get() as number
      file.close()
      checkpoint(database)
      const bytes = readFileSync(database)
      bytes.fill(0xa5, (page - 1) * 4096, (page - 1) * 4096 + 64)
      writeFileSync(database, bytes)
      const { findings, heads } = yield* verified(database)
      expect(findings.filter(({ run }) => run === null)).not.toEqual([])
      expect(findings.map(({ run, what }) => [run, what])).toContainEqual([
        child,
        expect.stringMatching(/not all of it can be read: it is damaged/)
      ])
      expect(heads.map(({ run }) => run)).toEqual([parent])
    })
  )
})
