import type { Language } from "../../../src/domain/language.ts"
import type { Verdict } from "../../../src/domain/verdict.ts"

/** The task of all of them: two numbers on a line, and their sum. */
export const cases = [
  { input: "2 40\n", output: "42\n" },
  { input: "-5 3\n", output: "-2\n" }
]

/** An answer as models give it, the verdict of its program on each case, and what the model is told of it. */
export interface MessyAnswer {
  readonly what: string
  readonly language: Language
  readonly answer: string
  readonly verdict: Verdict
  /** The whole text, or what it has to hold. */
  readonly told: string | RegExp
}

const fence = "```"
const fenced = (tag: string, ...lines: ReadonlyArray<string>): string =>
  [`${fence}${tag}`, ...lines, fence].join("\n")
const reads = "a, b = map(int, input().split())"
const given = "For the input:\n2 40\n"
const wrong = (printed: string): string => `${given}it should print:\n42\nbut it prints${printed}\n`

const onlyOutput = "It has to print only the output: no prompts, no labels, no other words.\n"
const noFiles = "There are no files to read: the input is on standard input.\n"
const noCall = "It has to read the input and print the output itself: to define a function is not enough.\n"
const readsOn = "It reads more than the input holds.\n"
const goesOn = "It has to end when its input ends.\n"

type Row = readonly [what: string, answer: string, verdict: Verdict, told: string | RegExp]

const python: ReadonlyArray<Row> = [
  ["prose around", `Sure!\n\n${fenced("python", reads, "print(a + b)")}\n\nIt adds.`, "Passed", /^/],
  [
    "thoughts, and a fence that is never closed",
    `<think>\n${fenced("python", "print(1)")}\n</think>\n${fence}python\n${reads}\nprint(a + b)\n\nThis program adds them.`,
    "Passed",
    /^/
  ],
  ["tags", `[PYTHON]\n${reads}\nprint(a + b)\n[/PYTHON]`, "Passed", /^/],
  ["a transcript of the interpreter", `>>> ${reads}\n>>> print(a + b)\n42`, "Passed", /^/],
  [
    "several blocks",
    `${fenced("python", reads, "print(a - b)")}\nThat is wrong:\n${fenced("python", reads, "print(a + b)")}\nRun it:\n${fenced("bash", "python3 main.py")}`,
    "Passed",
    /^/
  ],
  [
    "a prompt before it reads",
    fenced("python", 'a, b = map(int, input("Enter two numbers: ").split())', "print(a + b)"),
    "WrongAnswer",
    `${wrong(":\nEnter two numbers: 42")}${onlyOutput}`
  ],
  [
    "a sentence around the result",
    fenced("python", reads, 'print(f"The sum of {a} and {b} is {a + b}.")'),
    "WrongAnswer",
    `${wrong(":\nThe sum of 2 and 40 is 42.")}${onlyOutput}`
  ],
  ["a wrong result", fenced("python", reads, "print(a - b)"), "WrongAnswer", wrong(":\n-38")],
  [
    "a prompt at its end",
    fenced("python", reads, "print(a + b)", 'input("Press Enter")'),
    "RuntimeError",
    `${given}it fails with exit status 1:\nTraceback (most recent call last):\n  File "program.py", line 3, in <module>\n    input("Press Enter")\nEOFError: EOF when reading a line\n${readsOn}`
  ],
  [
    "output without end at the end of the input",
    fenced(
      "python",
      "while True:",
      "    try:",
      `        ${reads}`,
      "        print(a + b)",
      "    except EOFError:",
      '        print("?")'
    ),
    "OutputLimit",
    `${given}it prints far too much and is stopped. Expected output:\n42\n${goesOn}`
  ],
  [
    "a file for its input",
    fenced(
      "python",
      "with open('input.txt') as file:",
      "    a, b = map(int, file.read().split())",
      "print(a + b)"
    ),
    "RuntimeError",
    new RegExp(`FileNotFoundError: .*'input.txt'\n${noFiles}$`)
  ],
  [
    "a file of somebody's home",
    fenced("python", "import sys", "sys.stdin = open('/home/me/tests/input.txt')", reads, "print(a + b)"),
    "RuntimeError",
    new RegExp(`FileNotFoundError: .*'input.txt'\n${noFiles}$`)
  ],
  [
    "the body of a function",
    `    ${reads}\n    return a + b`,
    "CompileError",
    /^It does not compile:\n {0,2}File "program.py", line 2\n[\s\S]*SyntaxError: 'return' outside function$/
  ],
  [
    "a function that nobody calls",
    fenced("python", "class Solution:", "    def add(self, a: int, b: int) -> int:", "        return a + b"),
    "WrongAnswer",
    `${wrong(" nothing.")}${noCall}`
  ],
  ["a program cut off", `${fence}python\n${reads}\nprint(a + b`, "CompileError", /SyntaxError: /],
  ["an older Python", fenced("python", reads, "print a + b"), "CompileError", /SyntaxError: .*print/],
  [
    "numbers on lines of their own",
    fenced("python", "a = int(input())", "b = int(input())", "print(a + b)"),
    "RuntimeError",
    /ValueError: .*'2 40'$/
  ],
  [
    "arguments for its input",
    fenced("python", "import sys", "print(int(sys.argv[1]) + int(sys.argv[2]))"),
    "RuntimeError",
    /IndexError: list index out of range$/
  ],
  [
    "a module that is not here",
    fenced("python", "import nonesuch"),
    "RuntimeError",
    /No module named 'nonesuch'$/
  ],
  [
    "recursion without end",
    fenced("python", "def f(x):", "    return f(x) + 1", "print(f(1))"),
    "RuntimeError",
    /RecursionError: .*$/
  ],
  [
    "a status that is not 0",
    fenced("python", "import sys", reads, "print(a + b)", "sys.exit(1)"),
    "RuntimeError",
    `${given}it fails with exit status 1.`
  ],
  [
    "paths in its error",
    fenced("python", "import json", 'json.loads("{")'),
    "RuntimeError",
    /File "decoder.py", line \d+, in raw_decode[\s\S]*JSONDecodeError: /
  ],
  [
    "a refusal",
    "I am sorry, but I cannot help with that.",
    "NoProgram",
    "There was no program in the answer."
  ]
]

const main = ["#include <cstdio>", "#include <iostream>", "int main() {", "  int a, b;"]
const cpp: ReadonlyArray<Row> = [
  [
    "prompts and labels",
    fenced(
      "cpp",
      ...main,
      '  std::cout << "Enter two numbers: ";',
      "  std::cin >> a >> b;",
      '  std::cout << "Sum: " << a + b << std::endl;',
      "}"
    ),
    "WrongAnswer",
    `${wrong(":\nEnter two numbers: Sum: 42")}${onlyOutput}`
  ],
  [
    "output without end at the end of the input",
    fenced(
      "cpp",
      ...main,
      "  while (true) {",
      "    std::cin >> a >> b;",
      '    std::cout << a + b << "\\n";',
      "  }",
      "}"
    ),
    "OutputLimit",
    `${given}it prints far too much and is stopped. Expected output:\n42\n${goesOn}`
  ],
  [
    "a file for its input",
    fenced(
      "cpp",
      ...main,
      '  if (!freopen("input.txt", "r", stdin)) { perror("input.txt"); return 1; }',
      "  std::cin >> a >> b;",
      "}"
    ),
    "RuntimeError",
    `${given}it fails with exit status 1:\ninput.txt: No such file or directory\n${noFiles}`
  ],
  [
    "a function only",
    fenced("cpp", "int add(int a, int b) {", "  return a + b;", "}"),
    "CompileError",
    /undefined reference to `main'/
  ],
  [
    "the body of a function",
    fenced("cpp", "int a, b;", "cin >> a >> b;", "cout << a + b;"),
    "CompileError",
    /^It does not compile:\nprogram.cpp:2:1: error: .*cin/
  ],
  [
    "includes forgotten",
    fenced("cpp", "int main() {", "  cout << 42;", "}"),
    "CompileError",
    /error: .*cout/
  ],
  [
    "a status that is not 0",
    fenced("cpp", ...main, "  std::cin >> a >> b;", "  std::cout << a + b;", "  return 1;", "}"),
    "RuntimeError",
    `${given}it fails with exit status 1.`
  ],
  [
    "a place far beyond its memory",
    fenced("cpp", ...main, "  volatile int *p = nullptr;", "  std::cin >> a >> b;", "  *p = a + b;", "}"),
    "RuntimeError",
    `${given}it is ended by SIGSEGV.`
  ]
]

const javascript: ReadonlyArray<Row> = [
  [
    "a file for its input",
    fenced(
      "js",
      'const text = require("fs").readFileSync("input.txt", "utf8")',
      'const [a, b] = text.split(" ").map(Number)',
      "console.log(a + b)"
    ),
    "RuntimeError",
    new RegExp(`ENOENT: no such file or directory, open 'input.txt'[\\s\\S]*\n${noFiles}$`)
  ],
  [
    "standard input as a file",
    fenced(
      "js",
      'const [a, b] = require("fs").readFileSync("/dev/stdin", "utf8").split(" ").map(Number)',
      "console.log(a + b)"
    ),
    "Passed",
    /^/
  ]
]

const inLanguage = (language: Language, rows: ReadonlyArray<Row>): ReadonlyArray<MessyAnswer> =>
  rows.map(([what, answer, verdict, told]) => ({ what, language, answer, verdict, told }))

export const answers: ReadonlyArray<MessyAnswer> = [
  ...inLanguage("python", python),
  ...inLanguage("cpp", cpp),
  ...inLanguage("javascript", javascript)
]
