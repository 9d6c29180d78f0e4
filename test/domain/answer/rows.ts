import { describe, expect, it } from "@effect/vitest"
import { programOf } from "../../../src/domain/answer.ts"
import type { TaskLanguage } from "../../../src/domain/language.ts"

export const text = (...lines: ReadonlyArray<string>): string => lines.join("\n")
export const fence = "```"

export const py = text(
  "import sys",
  "",
  "def solve(n):",
  "    return n * 2",
  "",
  "print(solve(int(input())))",
  ""
)
export const pyUse = text("print(solve(3))", "")
export const cpp = text(
  "#include <iostream>",
  "using namespace std;",
  "",
  "int main() {",
  "    int n;",
  "    cin >> n;",
  "    cout << n * 2 << endl;",
  "    return 0;",
  "}",
  ""
)
export const indented = (code: string, by: string): string => code.replace(/^(?=.)/gm, by)

export interface Row {
  readonly what: string
  readonly answer: string
  /** The program, or undefined where there is none. */
  readonly program: string | undefined
}

/** Each answer has its program, or none. */
export const expectPrograms = (language: TaskLanguage, rows: ReadonlyArray<Row>): void => {
  describe(`programOf, ${language}`, () => {
    for (const { what, answer, program } of rows) {
      it(what, () => {
        const found = programOf(answer, language)
        if (program === undefined) expect(found._tag).toBe("NoProgram")
        else expect(found).toEqual({ _tag: "Program", program })
      })
    }
  })
}
