// One of several processes on a cache: puts a hundred evaluations under keys of its own, and reads each.
import { Effect } from "effect"
import { layerSqlite } from "../../../src/services/EvaluationCache/sqlite.ts"
import { EvaluationCache } from "../../../src/services/EvaluationCache.ts"
import { sample } from "./evaluations.ts"

const [file = "", name = ""] = process.argv.slice(2)
const program = Effect.gen(function* () {
  const cache = yield* EvaluationCache
  let found = 0
  for (let index = 0; index < 100; index++) {
    yield* cache.put(`${name}-${index}`, sample(index))
    if ((yield* cache.get(`${name}-${index}`)) !== undefined) found += 1
  }
  return found
}).pipe(Effect.provide(layerSqlite({ file })))

process.stdout.write(String(await Effect.runPromise(program)))
