import { describe, expect, it } from "@effect/vitest"
import { programOf } from "../../../src/domain/answer.ts"
import { cpp, expectPrograms, fence, py, pyUse, text } from "./rows.ts"

const block = (tag: string, ...lines: ReadonlyArray<string>): string =>
  `${fence}${tag}\n${text(...lines)}\n${fence}\n`
const python = (...lines: ReadonlyArray<string>): string => block("python", ...lines)
const inCpp = (...lines: ReadonlyArray<string>): string => block("cpp", ...lines)

const add = ["def add(a, b):", "    return a + b"]
const addMain = ["a, b = map(int, input().split())", "print(add(a, b))"]
const addCpp = ["int add(int a, int b) {", "    return a + b;", "}"]
const head = ["#include <iostream>", "using namespace std;"]
const mainCpp = ["int main() {", "    int a, b;", "    cin >> a >> b;", "    cout << add(a, b);", "}"]
const long = [
  "def add(a, b):",
  ...Array.from({ length: 9 }, (_, n) => `    a = a + ${n} - ${n}`),
  "    return a + b"
]

expectPrograms("python", [
  {
    what: "a function and then the main part",
    answer: `First the function:\n${python(...add)}Then the rest:\n${python(...addMain)}`,
    program: text(...add, "", ...addMain, "")
  },
  {
    what: "a long function and then a short main part",
    answer: `${python(...long)}${python(...addMain)}`,
    program: text(...long, "", ...addMain, "")
  },
  {
    what: "the main part and then the function",
    answer: `${python(...addMain)}where\n${python(...add)}`,
    program: text(...add, "", ...addMain, "")
  },
  {
    what: "imports, a constant and functions that need each other, in blocks of their own",
    answer: [
      python("import math"),
      python("MOD = 10**9 + 7"),
      python("def root(n):", "    return math.isqrt(n) % MOD"),
      python("def twice(n):", "    return 2 * root(n)"),
      python("n = int(input())", "print(twice(n), twice(n + 1))")
    ].join("and\n"),
    program: text(
      "import math",
      "",
      "MOD = 10**9 + 7",
      "",
      "def root(n):",
      "    return math.isqrt(n) % MOD",
      "",
      "def twice(n):",
      "    return 2 * root(n)",
      "",
      "n = int(input())",
      "print(twice(n), twice(n + 1))",
      ""
    )
  },
  {
    what: "a function, its correction and the main part",
    answer: `${python("def add(a, b):", "    return a - b")}No:\n${python(...add)}${python(...addMain)}`,
    program: text(...add, "", ...addMain, "")
  },
  {
    what: "a function that is passed on by its name",
    answer: `${python("def last(word):", "    return word[-1]")}${python("words = input().split()", "print(*sorted(words, key=last))")}`,
    program: text(
      "def last(word):",
      "    return word[-1]",
      "",
      "words = input().split()",
      "print(*sorted(words, key=last))",
      ""
    )
  },
  {
    what: "two versions of a program, of which the second needs nothing of the first",
    answer: `${python(...add, ...addMain)}Better:\n${python("a, b = map(int, input().split())", "c = a + b", "print(c)")}`,
    program: text("a, b = map(int, input().split())", "c = a + b", "print(c)", "")
  },
  {
    what: "two versions with the same functions",
    answer: `${python(...add, "", ...addMain)}Better:\n${python("def add(a, b):", "    return b + a", "", ...addMain)}`,
    program: text("def add(a, b):", "    return b + a", "", ...addMain, "")
  },
  {
    what: "a whole version and then a main part that lacks a function of it",
    answer: `${python(...add, ...addMain)}Better:\n${python("x, y = map(int, input().split())", "print(add(x, y) + add(0, 0) * 1)")}`,
    program: text("x, y = map(int, input().split())", "print(add(x, y) + add(0, 0) * 1)", "")
  },
  {
    what: "two versions of a function",
    answer: `${python(...add)}Shorter:\n${python("def add(a, b):", "    return sum([a, b])")}`,
    program: text("def add(a, b):", "    return sum([a, b])", "")
  },
  {
    what: "a part of the program to explain it, before it and behind it",
    answer: `The heart is\n${python(...add)}In all:\n${python(...add, ...addMain)}As said:\n${python(...add)}`,
    program: text(...add, ...addMain, "")
  },
  {
    what: "a method of the program to explain it",
    answer: `${python("def add(self, a, b):", "    return a + b")}${python("class Sum:", "    def add(self, a, b):", "        return a + b", "print(Sum().add(1, int(input())))")}`,
    program: text(
      "class Sum:",
      "    def add(self, a, b):",
      "        return a + b",
      "print(Sum().add(1, int(input())))",
      ""
    )
  },
  {
    what: "a function and an example of its use",
    answer: `${python(...add)}Use it so:\n${python("print(add(2, 3))")}`,
    program: text(...add, "")
  },
  {
    what: "a function with a call of its own, and one more",
    answer: `${fence}python\n${py}${fence}\n${fence}python\n${pyUse}${fence}`,
    program: py
  },
  {
    what: "a function in another language",
    answer: `${inCpp(...addCpp)}${python(...addMain)}`,
    program: text(...addMain, "")
  },
  {
    what: "a function that was cut off",
    answer: `${python("def add(a, b):", "    return (a")}${python(...addMain)}`,
    program: text(...addMain, "")
  }
])

expectPrograms("cpp", [
  {
    what: "a function and then the main part",
    answer: `${inCpp(...addCpp)}and\n${inCpp(...head, "", ...mainCpp)}`,
    program: text(...head, "", ...addCpp, "", ...mainCpp, "")
  },
  {
    what: "a main part and then the function, with includes of its own",
    answer: `${inCpp(...head, ...mainCpp)}where\n${inCpp("#include <cmath>", ...addCpp)}`,
    program: text(...head, "", "#include <cmath>", ...addCpp, "", ...mainCpp, "")
  },
  {
    what: "a type that the main part uses",
    answer: `${inCpp("struct Point {", "    int x, y;", "};")}${inCpp(...head, "int main() {", "    Point p;", "    cin >> p.x;", "}")}`,
    program: text(
      ...head,
      "",
      "struct Point {",
      "    int x, y;",
      "};",
      "",
      "int main() {",
      "    Point p;",
      "    cin >> p.x;",
      "}",
      ""
    )
  },
  {
    what: "a value of a template, and functions that are declared before",
    answer: `${inCpp("map<int, int> memo;", ...addCpp)}${inCpp(...head, "int add(int, int);", ...mainCpp)}`,
    program: text(...head, "", "map<int, int> memo;", ...addCpp, "", "int add(int, int);", ...mainCpp, "")
  },
  {
    what: "an int of a template that the main part is not in want of",
    answer: `${inCpp("map<int, int> memo;")}${inCpp(...head, ...mainCpp)}`,
    program: text(...head, ...mainCpp, "")
  },
  {
    what: "two versions",
    answer: `${inCpp(...head, ...addCpp, ...mainCpp)}Better:\n${fence}cpp\n${cpp.repeat(2)}${fence}`,
    program: cpp.repeat(2)
  },
  {
    what: "a method of the program to explain it",
    answer: `${inCpp(...addCpp)}${inCpp(...head, "struct S {", "    int add(int a, int b) {", "        return a + b;", "    }", "};", "int main() {", "    S s;", "    cout << s.add(1, 2);", "}")}`,
    program: text(
      ...head,
      "struct S {",
      "    int add(int a, int b) {",
      "        return a + b;",
      "    }",
      "};",
      "int main() {",
      "    S s;",
      "    cout << s.add(1, 2);",
      "}",
      ""
    )
  },
  {
    what: "functions of which one is defined again",
    answer: `${inCpp(...addCpp, "int twice(int a) { return 2 * a; }")}${inCpp(...head, "int twice(int a) { return a + a; }", ...mainCpp)}`,
    program: text(...head, "int twice(int a) { return a + a; }", ...mainCpp, "")
  },
  {
    what: "statements before the program",
    answer: `${inCpp("cout << add(a, b);")}${inCpp(...head, ...mainCpp)}`,
    program: text(...head, ...mainCpp, "")
  }
])

// A quadratic scan takes minutes, so that the runner's own time limit is the judge.
describe.each(["python", "cpp"] as const)("programOf, of %s in several blocks", (language) => {
  it.each([
    "f(",
    "a",
    "a ",
    "<",
    "f(x;",
    "x = ",
    "f(x) \n",
    "def f\n",
    "int a, b;\n",
    "import a, a\n",
    "# a\n"
  ])("is linear in many of %j", (unit) => {
    const many = unit.repeat(Math.floor(2 ** 17 / unit.length))
    const parts = [...(language === "python" ? add : addCpp), ""].join("\n")
    const answer = `${block(language, parts)}${block(language, `int x${many}`)}${block(language, many)}`
    expect(programOf(answer, language)._tag).toBeDefined()
  })
})
