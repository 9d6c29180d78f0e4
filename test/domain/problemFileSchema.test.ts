import { readFileSync } from "node:fs"
import { expect, it } from "@effect/vitest"
import { JSONSchema } from "effect"
import { ProblemFileSchema } from "../../src/domain/problemFileSchema.ts"

it("is what docs/problem.schema.json publishes; `npm run build && node scripts/problem-schema.mjs` writes it anew", () => {
  const published = readFileSync(new URL("../../docs/problem.schema.json", import.meta.url), "utf8")
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(JSONSchema.make(ProblemFileSchema))))
})
