import { describe, expect, it } from "@effect/vitest"
import { beginning, ending } from "../../src/domain/cut.ts"

describe("a cut text", () => {
  it("is whole where it fits", () => {
    expect(beginning("a🚀", 3)).toBe("a🚀")
    expect(ending("🚀a", 3)).toBe("🚀a")
  })

  it("holds no half of a character, which has no UTF-8 form and would be sent otherwise than it is kept", () => {
    expect(beginning("a🚀b", 2)).toBe("a")
    expect(beginning("a🚀b", 3)).toBe("a🚀")
    expect(ending("b🚀a", 2)).toBe("a")
    expect(ending("b🚀a", 3)).toBe("🚀a")
  })
})
