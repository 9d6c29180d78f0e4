import { Effect, Layer } from "effect"
import { layerLog } from "../../../src/programs/layers.ts"
import { layerMemory } from "../../../src/services/EventLog/memory.ts"
import { temporaryLog } from "../../support/temporaryLog.ts"
import { catalogueContract } from "./catalogueContract.ts"
import { eventLogContract } from "./contract.ts"
import { subscriptionContract } from "./subscriptionContract.ts"

const layerSqlite = Layer.unwrapScoped(Effect.map(temporaryLog, (database) => layerLog({ database })))

for (const [name, layer] of [
  ["in SQLite", layerSqlite],
  ["in memory", layerMemory]
] as const) {
  eventLogContract(name, layer)
  subscriptionContract(name, layer)
  catalogueContract(name, layer)
}
