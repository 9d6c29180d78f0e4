import { describe, expect, it } from "vitest"
import { inFolder, seidr, start } from "../programs/cli/seidr.ts"
import { killed } from "./support/killing.ts"
import { type ModelServer, modelServer } from "./support/modelServer.ts"
import {
  expectNothingBoughtTwice,
  expectOnRecord,
  expectSound,
  type Kept,
  keptIn,
  outcomeOf,
  search,
  undisturbed
} from "./support/search.ts"

const kills = 200
const searches = 40

/** One search that is killed again and again, each time a random while after it was taken up, and then left alone. */
const killedOften = async (cwd: string, server: ModelServer, times: number): Promise<number> => {
  let isBegun: Kept = keptIn(cwd)
  let done = 0
  for (; done < times && !isBegun.isFinished; done++) {
    const askedBefore = server.asked.length
    const args = isBegun.runId === undefined ? search : ["resume", isBegun.runId, "--json"]
    const running = start(args, { cwd, env: server.env })
    // Mostly while it works, now and then while it starts or when it is through.
    await Promise.race([running.ended, new Promise((past) => setTimeout(past, 300 + 1_700 * Math.random()))])
    await killed(running)
    expectNothingBoughtTwice(isBegun, server.asked.slice(askedBefore))
    isBegun = keptIn(cwd)
    expectOnRecord(isBegun, server)
  }
  return done
}

describe("200 kills at random moments", { timeout: 3_600_000 }, () => {
  it("change no run's end, and buy nothing twice", async () => {
    let [left, finished, repeated] = [kills, 0, 0]
    for (let salt = 0; left > 0; salt++) {
      const server = await modelServer({ salt: salt % searches, latency: 150 })
      try {
        await inFolder(async (cwd) => {
          const done = await killedOften(cwd, server, Math.min(left, 5))
          left -= done
          const before = keptIn(cwd)
          const askedBefore = server.asked.length
          const args = before.runId === undefined ? search : ["resume", before.runId, "--json"]
          const outcome = outcomeOf(await seidr(args, { cwd, env: server.env }))
          expectNothingBoughtTwice(before, server.asked.slice(askedBefore))
          await expectSound(cwd, server)
          repeated += server.asked.length - new Set(server.asked).size
          expect(repeated).toBeLessThanOrEqual(4 * (kills - left))
          expect(outcome).toEqual(await undisturbed(server))
          finished += 1
        })
      } finally {
        await server.close()
      }
    }
    console.log(`${kills} kills in ${finished} runs; ${repeated} requests were asked again`)
  })
})
