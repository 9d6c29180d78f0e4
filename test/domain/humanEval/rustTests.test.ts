import { describe, expect, it } from "@effect/vitest"
import { completed } from "../../../src/domain/humanEval/rustTests.ts"

const solution = `fn halved(x: i32) -> i32 { x / 2 }

/* { */
fn unused() {}

pub fn doubled(x: i32) -> i32 {
    // }
    2 * x
}
`
const test = (body: string) => `#[cfg(test)]
mod tests {
    #[test]
    fn test_halved() {
        ${body}
    }
}
`

describe("a test in Rust", () => {
  it("gets what only the solution defines behind its own lines, but not what it has anyway", () => {
    const written = test("assert!(halved(doubled(3)) == 3);")
    const whole = completed(written, solution, ["halved"])
    expect(whole).toContain("pub fn doubled(x: i32) -> i32 {\n    // }\n    2 * x\n}")
    expect(whole).not.toContain("fn halved")
    expect(whole).not.toContain("unused")
    expect(whole.startsWith(written.slice(0, written.lastIndexOf("}")))).toBe(true)
    expect(whole.trimEnd().endsWith("}")).toBe(true)
  })

  it("gets random numbers where it draws some", () => {
    const whole = completed(test("assert!(halved(rand::random::<i32>()) < 1 << 30);"), solution, ["halved"])
    expect(whole).toContain("mod rand {")
  })

  it("stays as it is where it lacks nothing, or has been commented out", () => {
    const written = test("assert!(halved(4) == 2); // doubled(2)")
    expect(completed(written, solution, ["halved"])).toBe(written)
    const nothing = `/*\n${test("doubled(rand::random())")}*/`
    expect(completed(nothing, solution, ["halved"])).toBe(nothing)
  })
})
