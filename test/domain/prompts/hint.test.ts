import { describe, expect, it } from "@effect/vitest"
import type { CaseResult } from "../../../src/domain/evaluation.ts"
import { hintFor } from "../../../src/domain/prompts/hint.ts"

const result = (change: Partial<CaseResult>): CaseResult => ({
  verdict: "WrongAnswer",
  score: 0,
  ms: 1,
  memoryBytes: 1,
  ...change
})
const hint = (output: string, actual: string): string =>
  hintFor({ input: "1", output }, result({ actual }), "")

describe("a hint", () => {
  it.each([
    ["42", "Answer: 42\n"],
    ["-2\n", "The sum is -2."],
    ["1\n2\n3\n", "Enter a number: 1\n2\n3\nDone!\n"],
    ["yes", "Result = yes"],
    ["3.5", "x is 3.5!"]
  ])("tells of more words than %j in %j", (output, actual) => {
    expect(hint(output, actual)).toMatch(/only the output/)
  })

  it.each([
    ["42", "43\n"],
    ["1", "there are 10 of 21\n"],
    ["2", "the sum is -2"],
    ["3", "about 3.5 or 2.3"],
    ["1\n2\n", "first 2, then 1"],
    ["42", "42 43"],
    ["", "words"],
    ["\n", ""]
  ])("is not given for %j and %j", (output, actual) => {
    expect(hint(output, actual)).toBe("")
  })

  it("tells of nothing", () => expect(hint("42", " \n")).toMatch(/print the output/))

  it.each([
    ["FileNotFoundError: [Errno 2] No such file or directory: 'input.txt'", /standard input/],
    ["java.io.FileNotFoundException: input.txt (No such file or directory)", /standard input/],
    ["java.nio.file.NoSuchFileException: input.txt", /standard input/],
    ["Error: ENOENT: no such file or directory, open 'input.txt'", /standard input/],
    ["could not open file", /standard input/],
    ["EOFError: EOF when reading a line", /more than the input/],
    ['Exception in thread "main" java.util.NoSuchElementException: No line found', /more than the input/],
    ["ValueError: 7", /^$/]
  ])("goes by the error %j", (error, told) => {
    expect(hintFor({ input: "1", output: "1" }, result({ verdict: "RuntimeError", error }), "")).toMatch(told)
  })

  it("is not given for other kinds of checks", () => {
    const failed = result({ verdict: "RuntimeError", error: "EOFError" })
    expect(hintFor({ test: "assert f(1) == 1" }, failed, "")).toBe("")
    expect(hintFor({ argument: "1" }, result({ verdict: "OutputLimit" }), "")).toBe("")
  })

  const hintOf = (change: Partial<CaseResult>, ...lines: ReadonlyArray<string>): string =>
    hintFor({ input: "1", output: "1" }, result({ actual: "", ...change }), lines.join("\n"))

  it.each([
    ['  freopen("input.txt", "r", stdin);'],
    ['ifstream fin("input.txt");'],
    ['std::ifstream in{"data.in"};'],
    ['FILE* f = fopen("input.txt", "r");'],
    ['#ifndef LOCAL\n#endif\nfreopen("input.txt", "r", stdin);'],
    ['try:\n    text = open("input.txt").read()\nexcept OSError:\n    text = ""']
  ])("tells of a file whose absence is not noticed in %j", (program) => {
    for (const verdict of ["WrongAnswer", "RuntimeError", "TimeLimit", "OutputLimit"] as const)
      expect(hintOf({ verdict, actual: "0", error: "" }, program)).toMatch(/no files/)
  })

  it.each([
    ['#ifdef LOCAL\nfreopen("input.txt", "r", stdin);\n#endif'],
    ['if (argc > 1)\n  freopen("input.txt", "r", stdin);'],
    ['if (fopen("input.txt", "r")) freopen("input.txt", "r", stdin);'],
    ['// freopen("input.txt", "r", stdin);'],
    ['FILE* f = fopen("/dev/stdin", "r");'],
    ["data = open(0).read()"],
    ['try:\n    f = open("input.txt")\nexcept OSError:\n    f = sys.stdin']
  ])("does not tell of one in %j", (program) => expect(hintOf({ actual: "2" }, program)).toBe(""))

  it("tells of output that goes to a file", () =>
    expect(hintOf({}, 'ofstream out("output.txt");')).toMatch(/print the output: a file/))

  it.each([
    [{ verdict: "RuntimeError", error: "IndexError: list index out of range" }, "n = int(sys.argv[1])"],
    [{ verdict: "RuntimeError", signal: "SIGSEGV", error: "" }, "int n = atoi(argv[1]);"],
    [{ verdict: "RuntimeError", error: "usage: program.py [-h] n" }, "p = argparse.ArgumentParser()"],
    [{ actual: "Usage: ./a n\n" }, "if (argc < 2) puts(argv[0]); n = argv[1];"],
    [{ verdict: "RuntimeError", error: "java.lang.ArrayIndexOutOfBoundsException: 0" }, "parseInt(args[0])"]
  ] as const)("tells of arguments: %j of %j", (change, program) =>
    expect(hintOf(change, program)).toMatch(/no arguments/)
  )

  it("does not tell of arguments that are in order", () => {
    const error = "IndexError: list index out of range"
    expect(hintOf({ verdict: "RuntimeError", error }, "print(xs[7])")).toBe("")
    expect(hintOf({ verdict: "RuntimeError", error: "ValueError" }, "x = sys.argv[1] if 0 else 2")).toBe("")
  })

  it.each([
    ["RuntimeError", "ModuleNotFoundError: No module named 'numpy'", /standard library/],
    ["RuntimeError", "Error: Cannot find module 'lodash'", /standard library/],
    ["CompileError", "fatal error: boost/any.hpp: No such file or directory", /standard library/],
    ["CompileError", "program.cpp:(.text+0x17): undefined reference to `main'", /main function/],
    ["CompileError", "undefined reference to `mainly'", /^$/]
  ] as const)("of a %s goes by the error %j", (verdict, error, told) =>
    expect(hintOf({ verdict, error })).toMatch(told)
  )

  it("tells of missing libraries in unit tests, too", () => {
    const failed = result({ verdict: "RuntimeError", error: "ModuleNotFoundError: No module named 'numpy'" })
    expect(hintFor({ test: "assert f(1) == 1" }, failed, "")).toMatch(/standard library/)
    expect(hintFor({ argument: "1" }, failed, "")).toBe("")
  })

  it.each([
    ["while True:", "    line = sys.stdin.readline().strip()", "    if not line:", "        continue"],
    ["line = f.readline()", "while line != 'END':", "    line = f.readline()"],
    ["while (true) {", "  cin >> x;", "  if (x == 0) break;", "}"],
    ["for (;;) {", '  scanf("%d", &x);', "}"]
  ])("tells of a loop that the end of the input does not end in %j", (...lines) =>
    expect(hintOf({ verdict: "TimeLimit" }, ...lines)).toMatch(/has to end/)
  )

  it.each([
    ["while True:", "    line = sys.stdin.readline()", "    if not line:", "        break"],
    ["while True:", "    line = sys.stdin.readline()", "    if line == '': break"],
    ["while n != 1:", "    n = n // 2 if n % 2 == 0 else 3 * n + 1"],
    ["while line != '':", "    line = sys.stdin.readline()"],
    ["while (true) {", "  if (!(cin >> x)) break;", "}"],
    ["while (cin >> x) {", "}"],
    ["for (;;) {", '  if (scanf("%d", &x) != 1) break;', "}"]
  ])("does not tell of one in %j", (...lines) => expect(hintOf({ verdict: "TimeLimit" }, ...lines)).toBe(""))

  it.each(["if not x ", "open(", "while ", "#if ", "scanf(", "args ", "f.open('", "\n", " "])(
    "is made in little time of a long program of %j",
    (unit) => {
      const program = `while True: readline()\ncin >> x; while (1);\n${unit.repeat(2 ** 17 / unit.length)}`
      for (const verdict of ["WrongAnswer", "RuntimeError", "TimeLimit"] as const)
        expect(hintOf({ verdict, actual: "2" }, program)).toBeDefined()
    }
  )
})
