import { describe, expect, it } from "vitest"
import { killed, stoppingAt } from "../../crash/support/killing.ts"
import { modelServer } from "../../crash/support/modelServer.ts"
import {
  expectNothingBoughtTwice,
  expectOnRecord,
  expectSound,
  keptIn,
  outcomeOf,
  search,
  undisturbed
} from "../../crash/support/search.ts"
import { inFolder, seidr, start } from "./seidr.ts"

// One point of the many that `npm run test:crash` goes through.
describe("a run that is killed between a commit and its acknowledgement", { timeout: 240_000 }, () => {
  it("comes to the same end, and buys nothing twice", () =>
    inFolder(async (cwd) => {
      const server = await modelServer()
      try {
        const env = { ...server.env, ...stoppingAt("after COMMIT of CompletionReceived", 3) }
        const running = start(search, { cwd, env })
        await running.said(/^stopped at /m)
        await killed(running)
        const before = keptIn(cwd)
        expectOnRecord(before, server)
        expect(before.answered.size).toBeGreaterThanOrEqual(3)
        const asked = server.asked.length
        const ended = await seidr(["resume", before.runId!, "--json"], { cwd, env: server.env })
        expectNothingBoughtTwice(before, server.asked.slice(asked))
        await expectSound(cwd, server)
        expect(outcomeOf(ended)).toEqual(await undisturbed(server))
      } finally {
        await server.close()
      }
    }))
})
