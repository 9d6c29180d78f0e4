import {
  fence,
  fenced,
  given,
  goesOn,
  noCall,
  noFiles,
  onlyOutput,
  type Row,
  reads,
  readsOn,
  wrong
} from "./words.ts"

export const python: ReadonlyArray<Row> = [
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
    "a function and the main part in blocks of their own",
    `${fenced("python", "def add(a, b):", "    return a + b")}\nand then\n${fenced("python", reads, "print(add(a, b))")}`,
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
    /IndexError: list index out of range\nThere are no arguments: the input is on standard input\.\n$/
  ],
  [
    "a module that is not here",
    fenced("python", "import nonesuch"),
    "RuntimeError",
    /No module named 'nonesuch'\nOnly the standard library is there\.\n$/
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
