import { describe, expect, it } from "@effect/vitest"
import { addressOf } from "../../../src/domain/wandb/address.ts"

describe("the page of a run at Weights & Biases", () => {
  const place = { server: undefined, entity: "a team", project: "p", run: "01ABC" }

  it.each([
    [undefined, "https://wandb.ai"],
    ["https://api.wandb.ai/", "https://wandb.ai"],
    ["https://wandb.example/below/?a=1#b", "https://wandb.example/below"],
    ["http://someone:secret@wandb.example:8080", "http://wandb.example:8080"]
  ])("is for %s below %s", (server, shown) => {
    expect(addressOf({ ...place, server })).toBe(`${shown}/a%20team/p/runs/01ABC`)
  })
})
