import { describe, expect, it } from "@effect/vitest"
import { maxProgramBytes, programOf } from "../../src/domain/answer.ts"
import type { TaskLanguage } from "../../src/domain/language.ts"

const text = (...lines: ReadonlyArray<string>): string => lines.join("\n")
const fence = "```"

const py = text("import sys", "", "def solve(n):", "    return n * 2", "", "print(solve(int(input())))", "")
const pyUse = text("print(solve(3))", "")
const cpp = text(
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
const indented = (code: string, by: string): string => code.replace(/^(?=.)/gm, by)

interface Row {
  readonly what: string
  readonly answer: string
  /** The program, or undefined where there is none. */
  readonly program: string | undefined
}

const rows: Readonly<Record<TaskLanguage, ReadonlyArray<Row>>> = {
  python: [
    { what: "a tagged fence", answer: `${fence}python\n${py}${fence}`, program: py },
    {
      what: "prose around",
      answer: `Sure! Here it is:\n\n${fence}python\n${py}${fence}\n\nIt doubles.`,
      program: py
    },
    { what: "an untagged fence", answer: `Here:\n${fence}\n${py}${fence}`, program: py },
    { what: "the tag py", answer: `${fence}py\n${py}${fence}`, program: py },
    { what: "the tag Python3", answer: `${fence}Python3\n${py}${fence}`, program: py },
    { what: "a tag with a version", answer: `${fence}python 3\n${py}${fence}`, program: py },
    { what: "a tag with attributes", answer: `${fence}{.python .numberLines}\n${py}${fence}`, program: py },
    { what: "a tag with a file name", answer: `${fence}python title="main.py"\n${py}${fence}`, program: py },
    { what: "a tag with a prefix", answer: `${fence}language-python\n${py}${fence}`, program: py },
    {
      what: "a transcript without a fence",
      answer: ">>> n = int(input())\n>>> print(n * 2)\n6",
      program: "n = int(input())\nprint(n * 2)\n"
    },
    { what: "tildes", answer: `~~~python\n${py}~~~`, program: py },
    { what: "a longer fence", answer: `${fence}\`\`python\n${py}${fence}\`\``, program: py },
    { what: "an unclosed fence", answer: `Here:\n${fence}python\n${py}`, program: py },
    {
      what: "an unclosed fence with prose after it",
      answer: `${fence}python\n${py}\nThis program doubles the number that it reads.\n\n* It is short.`,
      program: py
    },
    { what: "an answer that begins inside the block", answer: `${py}${fence}\n\nThis doubles.`, program: py },
    {
      what: "a fence in a list",
      answer: `1. Write it:\n\n   ${fence}python\n${indented(py, "   ")}   ${fence}\n2. Run it.`,
      program: py
    },
    {
      what: "a fence after a list mark",
      answer: `- ${fence}python\n${indented(py, "  ")}  ${fence}`,
      program: py
    },
    {
      what: "a fence in a quotation",
      answer: text(
        "> " + fence + "python",
        "> def f(x):",
        "> ",
        ">     return x",
        "> print(f(1))",
        "> " + fence
      ),
      program: text("def f(x):", "", "    return x", "print(f(1))", "")
    },
    {
      what: "a fence that opens at the end of a sentence",
      answer: `Here is the code: ${fence}python\n${py}${fence}`,
      program: py
    },
    {
      what: "a fence that closes at the end of a line of code",
      answer: `${fence}python\nprint(int(input()) * 2)${fence}\nDone.`,
      program: "print(int(input()) * 2)\n"
    },
    {
      what: "code on the line of the fence",
      answer: `${fence}python import sys\nprint(sys.stdin.read())\n${fence}`,
      program: "import sys\nprint(sys.stdin.read())\n"
    },
    {
      what: "a block on one line",
      answer: `${fence}python print(input())${fence}`,
      program: "print(input())\n"
    },
    {
      what: "line ends of DOS",
      answer: `${fence}python\r\n${py.replaceAll("\n", "\r\n")}${fence}`,
      program: py
    },
    {
      what: "a program and then its use",
      answer: `${fence}python\n${py}${fence}\nUse it so:\n${fence}python\n${pyUse}${fence}`,
      program: py
    },
    {
      what: "a wrong program and then a right one",
      answer: `${fence}python\n${py.replace("2", "3")}${fence}\nWait, that is wrong.\n${fence}python\n${py}${fence}`,
      program: py
    },
    {
      what: "a wrong program and then a somewhat shorter right one",
      answer: `${fence}python\n# the first try\n${py}${fence}\nBetter:\n${fence}python\n${py}${fence}`,
      program: py
    },
    {
      what: "a long fragment with a bracket left open and then the whole program",
      answer: `${fence}python\n${py.repeat(3)}print(\n${fence}\nAll of it:\n${fence}python\n${py}${fence}`,
      program: py
    },
    {
      what: "a command and an output beside the program",
      answer: `${fence}bash\npip install x\n${fence}\n${fence}python\n${py}${fence}\n${fence}\n42\n${fence}`,
      program: py
    },
    {
      what: "another language beside the wanted one",
      answer: `${fence}cpp\n${cpp}${fence}\n${fence}python\nprint(1)\n${fence}`,
      program: "print(1)\n"
    },
    {
      what: "an unclosed block before another block",
      answer: `${fence}python\nprint(\n\n${fence}python\n${py}${fence}`,
      program: py
    },
    {
      what: "thoughts with a draft in them",
      answer: `<think>\nPerhaps\n${fence}python\nprint(0)\n${fence}\nno.\n</think>\n${fence}python\n${py}${fence}`,
      program: py
    },
    { what: "thoughts without an opening tag", answer: `I think so.\n</think>\n${py}`, program: py },
    {
      what: "nothing but thoughts, cut off",
      answer: `<think>\nLet me try\n${fence}python\n${py}${fence}\nand`,
      program: py
    },
    { what: "tags in square brackets", answer: `[PYTHON]\n${py}[/PYTHON]\nIt doubles.`, program: py },
    { what: "a tag of HTML", answer: `Here:\n<code>\n${py}</code>`, program: py },
    {
      what: "nested tags of HTML with escapes",
      answer: `<pre><code class="language-python">\nif 1 &lt; int(input()):\n    print(&quot;a&quot;)\n</code></pre>`,
      program: 'if 1 < int(input()):\n    print("a")\n'
    },
    { what: "nothing but code", answer: py, program: py },
    { what: "code between prose", answer: `Here is a program.\n\n${py}\nIt reads a number.\n`, program: py },
    {
      what: "code with a comment above it and a long string in it",
      answer: text(
        "Sure, take this:",
        "# doubles",
        "def f():",
        '    """',
        "Reads a number and doubles it.",
        '    """',
        "f()"
      ),
      program: text(
        "# doubles",
        "def f():",
        '    """',
        "Reads a number and doubles it.",
        '    """',
        "f()",
        ""
      )
    },
    {
      what: "a stop token and what a small model says after it",
      answer: `${py}<|im_end|>\n<|im_start|>user\nprint the next one\n`,
      program: py
    },
    { what: "an indented program", answer: `${fence}python\n${indented(py, "    ")}${fence}`, program: py },
    {
      what: "a transcript of the interpreter",
      answer: `${fence}pycon\n>>> n = 2\n>>> for i in range(n):\n...     print(i)\n...\n0\n1\n${fence}`,
      program: "n = 2\nfor i in range(n):\n    print(i)\n"
    },
    { what: "a NUL in the code", answer: `${fence}python\nprint("\0")\n${fence}`, program: 'print("\0")\n' },
    { what: "a mark of byte order", answer: `\uFEFFprint(input())`, program: "print(input())\n" },
    { what: "nothing", answer: "", program: undefined },
    { what: "blanks", answer: " \r\n\t\n", program: undefined },
    { what: "an empty block", answer: `${fence}python\n\n${fence}`, program: undefined },
    { what: "a refusal", answer: "I'm sorry, but I can't help with that.", program: undefined },
    {
      what: "prose in paragraphs",
      answer: "First, read the number.\n\nThen double it. Print it.",
      program: undefined
    },
    { what: "an output alone", answer: `It prints\n${fence}\n4 8 15\n${fence}`, program: undefined },
    { what: "another language alone", answer: `${fence}bash\nls -l\n${fence}`, program: undefined }
  ],
  cpp: [
    { what: "a tagged fence", answer: `${fence}cpp\n${cpp}${fence}`, program: cpp },
    { what: "the tag C++", answer: `${fence}C++\n${cpp}${fence}`, program: cpp },
    { what: "the tag c++17", answer: `${fence}c++17\n${cpp}${fence}`, program: cpp },
    { what: "the tag c", answer: `${fence}c\n${cpp}${fence}`, program: cpp },
    { what: "an untagged fence", answer: `Here:\n\n${fence}\n${cpp}${fence}\nDone.`, program: cpp },
    {
      what: "a command to compile beside it",
      answer: `${fence}cpp\n${cpp}${fence}\n${fence}bash\ng++ -O2 a.cpp && ./a.out\n${fence}\n${fence}\n84\n${fence}`,
      program: cpp
    },
    {
      what: "a whole program after a longer fragment",
      answer: `${fence}cpp\n${"int twice(int n) { return 2 * n; }\n".repeat(20)}${fence}\n${fence}cpp\n${cpp}${fence}`,
      program: cpp
    },
    {
      what: "a whole untagged program beside a tagged fragment",
      answer: `${fence}cpp\ncout << n * 2;\n${fence}\nAll of it:\n${fence}\n${cpp}${fence}`,
      program: cpp
    },
    { what: "an unclosed fence", answer: `${fence}cpp\n${cpp}`, program: cpp },
    {
      what: "a program that was cut off",
      answer: `${fence}cpp\nint main() {\n    int n`,
      program: "int main() {\n    int n\n"
    },
    { what: "an answer that begins inside the block", answer: `${cpp}${fence}\nIt doubles.`, program: cpp },
    { what: "nothing but code", answer: cpp, program: cpp },
    {
      what: "code between prose",
      answer: `Here is the program (in C++):\n\n${cpp}\nExplanation:\n1. It reads a number.\n2. It prints it twice.`,
      program: cpp
    },
    {
      what: "a function alone",
      answer: text(
        "long long gcd(long long a, long long b) {",
        "    return b == 0 ? a : gcd(b, a % b);",
        "}",
        ""
      ),
      program: text(
        "long long gcd(long long a, long long b) {",
        "    return b == 0 ? a : gcd(b, a % b);",
        "}",
        ""
      )
    },
    { what: "tags of HTML", answer: `<code>\n${cpp}</code>`, program: cpp },
    { what: "tags in square brackets", answer: `[CODE]\n${cpp}[/CODE]`, program: cpp },
    {
      what: "a comment above the code and one of several lines in it",
      answer: text(
        "// doubles",
        "#include <cstdio>",
        "/*",
        "Reads a number and doubles it.",
        "*/",
        "int main() { return 0; }"
      ),
      program: text(
        "// doubles",
        "#include <cstdio>",
        "/*",
        "Reads a number and doubles it.",
        "*/",
        "int main() { return 0; }",
        ""
      )
    },
    { what: "Python alone", answer: `${fence}python\n${py}${fence}`, program: undefined },
    {
      what: "prose about code",
      answer: "The function main (see above) reads a number and doubles it.",
      program: undefined
    },
    { what: "a refusal", answer: "Sorry, I cannot do this.", program: undefined }
  ]
}

for (const language of ["python", "cpp"] as const) {
  describe(`programOf, ${language}`, () => {
    for (const { what, answer, program } of rows[language]) {
      it(what, () => {
        const found = programOf(answer, language)
        if (program === undefined) expect(found._tag).toBe("NoProgram")
        else expect(found).toEqual({ _tag: "Program", program })
      })
    }
  })
}

describe("programOf", () => {
  it("refuses a program that is too long, not an answer that is", () => {
    const long = `${fence}python\n${"x = 1\n".repeat(maxProgramBytes / 6 + 1)}${fence}`
    expect(programOf(long, "python")).toEqual({
      _tag: "NoProgram",
      reason: "the program is too long (over 262144 bytes)"
    })
    const talkative = `${"It reads a number. ".repeat(30_000)}\n${fence}python\n${py}${fence}`
    expect(programOf(talkative, "python")).toEqual({ _tag: "Program", program: py })
  })
})
