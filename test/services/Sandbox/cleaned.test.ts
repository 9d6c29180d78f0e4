import { describe, expect, it } from "@effect/vitest"
import { cleaned } from "../../../src/services/Sandbox/cleaned.ts"
import { runnerFile } from "../../../src/services/Sandbox/runner.ts"

describe("cleaned", () => {
  const rows = [
    ['  File "/opt/python/lib/python3.11/json/decoder.py", line 3', '  File "decoder.py", line 3'],
    ["/usr/include/c++/12/bits/stl_algo.h:1945:5: note: candidate", "stl_algo.h:1945:5: note: candidate"],
    ["NOTE: Picked up JDK_JAVA_OPTIONS: -Xmx256m -XX:+UseSerialGC\nSyntax error", "Syntax error"],
    [
      "OpenJDK 64-Bit Server VM warning: Options -Xverify:none were deprecated\nprogram.kt:1:27: error",
      "program.kt:1:27: error"
    ],
    ["<__main__.A object at 0x7ffff7c8a9d0>", "<__main__.A object at 0x…>"],
    [
      "assert a/b == 1 / 2, 'see https://example.org/a/b'",
      "assert a/b == 1 / 2, 'see https://example.org/a/b'"
    ],
    [
      `Traceback:\n  File "${runnerFile}", line 133, in <module>\n    exec(x)\n  File "program.py", line 1`,
      'Traceback:\n  File "program.py", line 1'
    ],
    [
      `Traceback:\n  File "${runnerFile}", line 133, in <module>\n  File "program.py", line 1`,
      'Traceback:\n  File "program.py", line 1'
    ]
  ] as const
  for (const [text, expected] of rows) {
    it(text.split("\n").at(-1)!, () => expect(cleaned(text)).toBe(expected))
  }
})
