import { describe, expect, it } from "@effect/vitest"
import { FastCheck } from "effect"
import { definitionsIn } from "../../../src/domain/unitTests/definitions.ts"
import { testedLanguages } from "../../../src/domain/unitTests/languages.ts"
import { masked } from "../../../src/domain/unitTests/masked.ts"

const languages = Object.entries(testedLanguages)

/** Texts full of what opens and closes. */
const texts = FastCheck.array(
  FastCheck.constantFrom(
    '"',
    "'",
    "`",
    "/*",
    "*/",
    "//",
    "\n",
    "\\",
    "{",
    "}",
    "${",
    'R"(',
    ')"',
    'r#"',
    '"""',
    "a",
    "1",
    "/"
  ),
  { maxLength: 40 }
).map((parts) => parts.join(""))

describe("masked", () => {
  it.prop("keeps every place and line of any text in any language", [texts], ([text]) => {
    for (const [, { syntax }] of languages) {
      const code = masked(text, syntax)
      expect(code).toHaveLength(text.length)
      for (let at = 0; at < text.length; at++) {
        if (text[at] === "\n") expect(code[at]).toBe("\n")
        else expect([" ", text[at]]).toContain(code[at])
      }
    }
  })

  const braces: Readonly<Record<string, readonly [string, string]>> = {
    cpp: [`f { "}\\"}" '}' // }\n /* } */ R"x(})")x" 1'000 }`, "f {"],
    java: ['f { "}" \'}\' """\n } "\n""" /* } */ }', "f {"],
    javascript: ["f { `}$" + "{ g({}) }}`; x = /[}/]/ + '}' // }\n}", "f {"],
    go: ["f { `}\\` '}' /* } */ }", "f {"],
    rust: [`f<'a> { '}' b'}' r#"}"}"# /* /* } */ } */ &'a str }`, "f<'a> {"]
  }
  it.each(Object.entries(braces))("sees in %s the braces that are code", (language, [text, beginning]) => {
    const code = masked(text, testedLanguages[language as "cpp"]!.syntax)
    expect(code.startsWith(beginning)).toBe(true)
    expect(code.trimEnd().endsWith("}")).toBe(true)
    const inner = code.trimEnd().slice(beginning.length, -1)
    expect(inner.replace(/[^{}]/g, "").replaceAll("{}", "").replaceAll("{}", "")).toBe("")
  })
})

describe("definitionsIn", () => {
  const namesIn = (language: string, text: string, depth = 0) =>
    definitionsIn(masked(text, testedLanguages[language as "cpp"]!.syntax), depth).map(({ name }) => name)

  it("finds the functions of a text", () => {
    expect(
      namesIn(
        "cpp",
        "#include <a>\nint f(int x) { if (x) { return 1; } return 2; }\nvector<int> g(vector<int> x){"
      )
    ).toEqual(["f", "g"])
    expect(
      namesIn("java", "import a.b;\nclass S { int f(int x) { return 1; }\n List<Integer> g() {", 1)
    ).toEqual(["f", "g"])
    expect(
      namesIn(
        "javascript",
        "const f = (x) => { return {} }\nfunction g(x) { return 1 }\nvar h = function () {}"
      )
    ).toEqual(["f", "g", "h"])
    expect(
      namesIn("go", 'import (\n"a"\n)\nfunc F(x int) int {\n}\nfunc (t T) G() {\n}\nfunc H[T any](x T) {')
    ).toEqual(["F", "G", "H"])
    expect(namesIn("rust", "use a::{b, c};\nfn f(x: i32) -> i32 { 1 }\npub fn g<'a>(x: &'a str) {")).toEqual([
      "f",
      "g"
    ])
  })
})
