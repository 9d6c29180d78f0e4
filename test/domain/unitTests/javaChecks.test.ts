import { describe, expect, it } from "@effect/vitest"
import { withTexts } from "../../../src/domain/unitTests/javaChecks.ts"

const holds = "$s3idrHonest.holds"

describe("withTexts", () => {
  it("gives each check of a list its text and line", () => {
    const test = `List<Boolean> correct = Arrays.asList(
  s.f(new HashMap<String, List<Integer>>(), "a, (b") == 1,
  "x".equals(s.f(2,
    3)), // a comment
  s.f(4) < 5
);
if (correct.contains(false)) { throw new AssertionError(); }`
    expect(withTexts(test, {})).toBe(`List<Boolean> correct = Arrays.asList(
  ${holds}("s.f(new HashMap<String, List<Integer>>(), \\"a, (b\\") == 1", 2, s.f(new HashMap<String, List<Integer>>(), "a, (b") == 1),
  ${holds}("\\"x\\".equals(s.f(2, 3))", 3, "x".equals(s.f(2,
    3))), // a comment
  s.f(4) < 5
);
if (correct.contains(false)) { throw new AssertionError(); }`)
  })

  it("gives a condition for which a test throws its text", () => {
    expect(withTexts("if (!s.f(1).equals(x)) {\n  throw new AssertionError();\n}", {})).toBe(
      'if (!s.f(1).equals(x)) {\n  throw new AssertionError("if (!s.f(1).equals(x)) throw new AssertionError()");\n}'
    )
  })
})
