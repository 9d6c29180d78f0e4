import { describe, expect, it } from "vitest"
import { parseEndpoint } from "../../../src/services/LanguageModel/endpoint.ts"
import { withoutSecrets } from "../../../src/services/LanguageModel/withoutSecrets.ts"

const answer = (text: string, servedBy?: string) => ({
  text,
  usage: undefined,
  finishReason: "stop",
  ...(servedBy === undefined ? {} : { servedBy })
})

describe("withoutSecrets", () => {
  it("strikes a key that a server echoes, from the text and from the model's name", () => {
    const key = "sk-0123456789abcdef"
    const struck = withoutSecrets(answer(`Bearer ${key}\nprint(1)`, `model for ${key}`), [key])
    expect(JSON.stringify(struck)).not.toContain(key)
    expect(struck.text).toBe("Bearer [key]\nprint(1)")
  })

  it("leaves programs alone that hold a placeholder's word", () => {
    expect(withoutSecrets(answer("EMPTY = []"), ["EMPTY", ""]).text).toBe("EMPTY = []")
  })

  it("cuts a model's name", () => {
    expect(withoutSecrets(answer("", "x".repeat(3_000_000)), []).servedBy).toHaveLength(200)
  })

  it("knows a token that stands where a user's name would", () => {
    const endpoint = parseEndpoint("http://0123456789abcdef@localhost:1")
    expect(endpoint._tag === "Right" && endpoint.right.secrets).toContain("0123456789abcdef")
  })
})
