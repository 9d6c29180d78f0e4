import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { beforeAll, describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { randomFor } from "../../../src/domain/random.ts"
import { usualLimits } from "../../../src/services/EventLog/archive/file.ts"
import { tablesOf } from "../../support/tables.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { bad } from "./badLines.ts"
import { exported, imported, logOf, temporaryArchive } from "./transfer.ts"

/** A root of six events, and a fork of it. */
const madeLog = logOf([
  {
    steps: [
      [0, "a"],
      [1, "b"],
      [2, "c"],
      [3, "d"],
      [4, "z"]
    ],
    parent: null,
    at: 0
  },
  { steps: [[2, "e"]], parent: 0, at: 0.5 }
])

const makeLines = Effect.gen(function* () {
  const archive = yield* temporaryArchive
  yield* exported(yield* madeLog, archive)
  return gunzipSync(readFileSync(archive)).toString("utf8").trimEnd().split("\n")
})

let made: ReadonlyArray<string> = []
beforeAll(() =>
  Effect.runPromise(Effect.scoped(makeLines)).then((lines) => {
    made = lines
  })
)

const refused = (archive: string, says: RegExp, limits = usualLimits) =>
  Effect.gen(function* () {
    const target = yield* temporaryLog
    const error = yield* Effect.flip(imported(archive, target, limits))
    expect(error._tag).toBe("TransferRefused")
    expect(error.message).toMatch(says)
    expect(error.message).toContain(archive)
    expect(readdirSync(dirname(target))).toEqual([])
  })

const packed = (lines: ReadonlyArray<string>) =>
  Effect.tap(temporaryArchive, (archive) => {
    writeFileSync(archive, gzipSync(lines.map((line) => `${line}\n`).join("")))
  })

describe("an archive with", () => {
  it.scopedLive.each(bad)("%s is refused by name, and nothing is made", ([, change, says]) =>
    Effect.gen(function* () {
      yield* refused(yield* packed(change(made)), says)
    })
  )

  it.scopedLive("anything but lines of text in gzip is refused", () =>
    Effect.gen(function* () {
      const archive = yield* temporaryArchive
      const whole = gzipSync(made.join("\n"))
      for (const [content, says] of [
        [Buffer.from("dear diary"), /no archive of seidr, or a damaged one/],
        [gzipSync(Buffer.from([0xff, 0xfe, 10])), /line 1 is not UTF-8/],
        [gzipSync("\ufeff{}\n"), /line 1: a line is not JSON/],
        [Buffer.alloc(0), /cut off|damaged/],
        [Buffer.concat([whole, Buffer.from("PK and more")]), /damaged|follows/]
      ] as const) {
        writeFileSync(archive, content)
        yield* refused(archive, says)
      }
      yield* refused(join(dirname(archive), "nowhere"), /no such file/)
      const folder = join(dirname(archive), "folder")
      mkdirSync(folder)
      yield* refused(folder, /not a file/)
    })
  )

  it.scopedLive("more than the limits is refused as soon as that is known", () =>
    Effect.gen(function* () {
      const archive = yield* packed(made)
      yield* refused(archive, /more than the 100 that are read/, { ...usualLimits, packed: 100 })
      yield* refused(archive, /unpacks to more than the 200/, { ...usualLimits, unpacked: 200 })
      const bomb = yield* temporaryArchive
      writeFileSync(bomb, gzipSync(Buffer.alloc(2 ** 24 + 2 ** 20, "x")))
      yield* refused(bomb, /line 1 is longer than the 16777216/)
    })
  )

  it.scopedLive("any bit flipped, or cut anywhere, is refused or says the same as before", () =>
    Effect.gen(function* () {
      const file = yield* madeLog
      const archive = yield* temporaryArchive
      yield* exported(file, archive)
      const bytes = readFileSync(archive)
      const tables = tablesOf(file)
      const random = randomFor(1, "flips")
      const tried = yield* temporaryArchive
      let refusals = 0
      for (let flip = 0; flip < 24; flip++) {
        const place = random.integer(0, bytes.length - 1)
        const flipped = Buffer.from(bytes)
        flipped[place] = flipped[place]! ^ (1 << random.integer(0, 7))
        writeFileSync(tried, flip % 4 === 0 ? bytes.subarray(0, place) : flipped)
        const target = yield* temporaryLog
        const outcome = yield* Effect.either(imported(tried, target))
        if (outcome._tag === "Left") {
          refusals += 1
          expect(outcome.left._tag).toBe("TransferRefused")
          expect(existsSync(target)).toBe(false)
          // Times, names and flags in the header of gzip mean nothing.
        } else expect(tablesOf(target)).toEqual(tables)
      }
      expect(refusals).toBeGreaterThan(10)
    })
  )

  it.scopedLive("a text that is longer than a line says what it says", () =>
    Effect.gen(function* () {
      const long = `${"𝔘\u0000".repeat(360_000)}end`
      const file = yield* logOf([{ steps: [[1, long]], parent: null, at: 0 }])
      const archive = yield* temporaryArchive
      yield* exported(file, archive)
      const target = yield* temporaryLog
      yield* imported(archive, target)
      expect(tablesOf(target)).toEqual(tablesOf(file))
    })
  )
})
