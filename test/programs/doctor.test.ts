import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { configurationFrom } from "../../src/programs/configuration.ts"
import { diagnose } from "../../src/programs/doctor.ts"
import { layerModels } from "../../src/programs/layers.ts"
import { Sandbox, SandboxUnavailable } from "../../src/services/Sandbox.ts"
import { document, httpServer } from "../services/LanguageModel/httpServer.ts"

const refused = new SandboxUnavailable({ reason: "not asked for" })

const noSandbox = Layer.succeed(Sandbox, {
  tier: refused,
  toolchain: () => refused,
  identity: () => refused,
  open: () => refused,
  run: () => refused
})

describe("doctor", () => {
  it.scopedLive("shows where an endpoint answers without the password in its address", () =>
    Effect.gen(function* () {
      const { url } = yield* httpServer((response) => document(response, 200, {}))
      const configuration = yield* configurationFrom(
        {},
        { ollamaHost: url.replace("http://", "http://someone:hush-hush@") }
      )
      const findings = yield* diagnose(configuration).pipe(
        Effect.provide(Layer.merge(layerModels(configuration), noSandbox))
      )
      expect(findings).toContainEqual(
        expect.objectContaining({ name: "model ollama:NAME", works: true, detail: `${url} answers` })
      )
      expect(JSON.stringify(findings)).not.toContain("hush-hush")
    })
  )

  it.scopedLive("shows each way to confine programs, and why it cannot be had", () =>
    Effect.gen(function* () {
      const configuration = yield* configurationFrom({ PATH: process.env["PATH"] }, {})
      const findings = yield* diagnose(configuration).pipe(
        Effect.provide(Layer.merge(layerModels(configuration), noSandbox))
      )
      const tiers = findings.filter(({ name }) => name.startsWith("sandbox "))
      expect(tiers.map(({ name }) => name)).toEqual([
        "sandbox bubblewrap",
        "sandbox user namespaces",
        "sandbox container",
        "sandbox sandbox-exec"
      ])
      // No machine is both.
      expect(tiers.map(({ works }) => works)).toContain(false)
      expect(tiers.filter(({ detail }) => detail === "")).toEqual([])
    })
  )
})
