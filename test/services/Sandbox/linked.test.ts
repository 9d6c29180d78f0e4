import { describe, expect, it } from "@effect/vitest"
import { linked } from "../../../src/services/Sandbox/linked.ts"

const toolchain = {
  version: "1",
  recipe: {
    runs: "native",
    fileName: "program.cpp",
    compile: ["c++", "program.cpp"],
    libraries: { openssl: "-lcrypto" }
  },
  readable: []
} as const

describe("linked", () => {
  const rows = [
    ["#include <vector>\n  #  include<openssl/md5.h>\nint main() {}", true],
    ['#include "openssl/sha.h"\n', true],
    ["#include <vector>\nint main() {}", false],
    ["// openssl/md5.h\nint main() {}", false]
  ] as const
  for (const [source, isLinked] of rows) {
    it(`${isLinked ? "adds the library" : "leaves the tool chain as it is"}: ${JSON.stringify(source)}`, () => {
      const found = linked(toolchain, source)
      // The same one: sandboxes wait for it.
      if (isLinked) expect(found.recipe).toMatchObject({ compile: ["c++", "program.cpp", "-lcrypto"] })
      else expect(found).toBe(toolchain)
    })
  }
})
