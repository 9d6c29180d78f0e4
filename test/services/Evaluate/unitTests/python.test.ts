import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { UnitTestsCheck } from "../../../../src/domain/check.ts"
import { defaultLimits } from "../../../../src/domain/evaluation.ts"
import { byPythonTests } from "../../../../src/services/Evaluate/unitTests/python.ts"
import { layer } from "../../../../src/services/Sandbox/layer.ts"
import { benign, expectedOf, hostile, results } from "../../../hostile/unitTests/trials.ts"

/** Those of the hostile programs that are tried each time; `npm run test:hostile` tries all. */
const quick = [
  "ends_the_iteration_of_the_tests",
  "exit_in_call",
  "forged_value_without_end",
  "looks_for_the_expected_value",
  "number_equal_to_everything",
  "os_exit_at_import",
  "patches_what_passes_on_its_results",
  "says_that_it_has_passed",
  "takes_all_memory"
]

const check: UnitTestsCheck = {
  _tag: "UnitTests",
  language: "python",
  entryPoint: "work",
  prompt: "from typing import List\n\ndef work(x):\n",
  prelude: "from typing import List\nimport math\n\ndef twice(x):\n    return 2 * x",
  setup: "import random\nvalues = [random.random() for _ in range(3)]"
}

const question = (program: string, tests: ReadonlyArray<string>, timeMs = 10_000) => ({
  language: "python" as const,
  program,
  cases: tests.map((test) => ({ test })),
  check,
  limits: { ...defaultLimits, timeMs }
})

const judged = (program: string, ...tests: ReadonlyArray<string>) =>
  Effect.map(byPythonTests(question(program, tests), check), ({ cases }) =>
    cases.map(({ verdict, error, exit, signal }) => ({ verdict, error, exit, signal }))
  )

describe("unit tests in Python", () => {
  it.layer(layer({ unconfined: true, environment: process.env }))((it) => {
    for (const [name, program] of Object.entries(benign)) {
      it.effect(`a right program passes: ${name}`, () =>
        Effect.gen(function* () {
          const found = yield* results(program)
          expect(found.map(({ error, verdict }) => ({ error, verdict }))).toEqual(
            Array(3).fill({ error: undefined, verdict: "Passed" })
          )
          expect(found[0]!.ms).toBeGreaterThan(0)
        })
      )
    }

    for (const name of quick) {
      it.effect(`a hostile program does not: ${name}`, () =>
        Effect.gen(function* () {
          const program = hostile[name]!
          const found = yield* results(program)
          expect(found.map(({ verdict }) => verdict)).toEqual(Array(3).fill(expectedOf(program)))
        })
      )
    }

    const same = "def work(x): return x"
    it.effect("plain values come back as they were, with their types", () =>
      Effect.gen(function* () {
        const values = [
          "None, True, False, 0, -1, 2**53, -2**80, 3**400",
          "0.1, -0.0, 1e308, float('inf'), -float('inf'), 1j, complex(-0.0, 2)",
          "'', 'a\\n\\0é😀\\ud800', b'', b'\\xff\\0'",
          "[], [[[]]], (), (1,), {}, {1: 'a', 'b': [2], (1, 2): None}, set(), {1, 'x'}, frozenset([1]), {frozenset()}"
        ]
        const looks = "repr(candidate(v)) == repr(v) and type(candidate(v)) is type(v)"
        const found = yield* judged(
          same,
          ...values.map((list) => `for v in (${list}):\n    assert ${looks}`),
          "assert math.isnan(candidate(float('nan'))) and list(candidate({3: 1, 1: 2})) == [3, 1]"
        )
        expect(found.map(({ verdict, error }) => error ?? verdict)).toEqual(Array(5).fill("Passed"))
      })
    )

    it.effect("a value of a subclass is what it is below its own methods", () =>
      Effect.gen(function* () {
        const program =
          "from collections import *\nimport enum\nclass N(enum.IntEnum):\n    A = 5\nP = namedtuple('P', 'a b')\n" +
          "def work(x): return [Counter('aab'), OrderedDict(a=1), P(1, 2), N.A, bytearray(b'x')][x]"
        const found = yield* judged(
          program,
          "assert [candidate(i) for i in range(5)] == [{'a': 2, 'b': 1}, {'a': 1}, (1, 2), 5, b'x']",
          "assert [type(candidate(i)) for i in range(5)] == [dict, dict, tuple, int, bytes]"
        )
        expect(found.map(({ verdict }) => verdict)).toEqual(["Passed", "Passed"])
      })
    )

    it.effect("the failed assertion is told, with what came", () =>
      Effect.gen(function* () {
        const found = yield* judged(
          same,
          "assert candidate([1, 2]) == 3",
          "for i in range(3):\n    assert candidate(i) == twice(i), 'twice'",
          "assert len(candidate(1)) == 1",
          "assert next(candidate(x=1) for _ in [0]) == 1"
        )
        expect(found.map(({ verdict, error }) => [verdict, error])).toEqual([
          ["WrongAnswer", "assert candidate([1, 2]) == 3\ncandidate([1, 2]) gave [1, 2]"],
          ["WrongAnswer", "assert candidate(i) == twice(i)\ncandidate(0) gave 0\ncandidate(1) gave 1"],
          [
            "WrongAnswer",
            "assert len(candidate(1)) == 1\nTypeError: object of type 'int' has no len()\ncandidate(1) gave 1"
          ],
          ["Passed", undefined]
        ])
      })
    )

    it.effect("an exception reaches the tests by its name and message, and is told with its place", () =>
      Effect.gen(function* () {
        const program =
          "class Mine(ValueError): pass\ndef work(x):\n    if x == 0: raise KeyError('none')\n    raise Mine('of mine')"
        const expects = (call: string, type: string, message: string) =>
          `try:\n    ${call}\nexcept ${type} as e:\n    assert e.args == ('${message}',) and type(e).__name__ != 'x'\nelse:\n    assert False`
        const found = yield* judged(
          program,
          expects("candidate(0)", "KeyError", "none"),
          expects("work(1)", "ValueError", "of mine"),
          "assert candidate(1) == 1"
        )
        expect(found.map(({ verdict }) => verdict)).toEqual(["Passed", "Passed", "RuntimeError"])
        expect(found[2]).toMatchObject({
          exit: 1,
          error: expect.stringMatching(
            /^Traceback .*\n {2}File "program.py", line 4, in work\n {4}raise Mine\('of mine'\)\n(.*\^+\n)?program\.Mine: of mine$/
          )
        })
      })
    )

    it.effect("what is not there or cannot be compiled is told", () =>
      Effect.gen(function* () {
        const test = "assert candidate(1) == 1"
        const [missing] = yield* judged("def other(): pass", test)
        expect(missing).toMatchObject({
          verdict: "RuntimeError",
          error: "NameError: name 'work' is not defined"
        })
        const [broken] = yield* judged("def work(x):\n    return x +\n", test)
        expect(broken).toMatchObject({
          verdict: "CompileError",
          error: expect.stringMatching(/program\.py", line 2(.|\n)*SyntaxError: invalid syntax/)
        })
        expect((yield* judged("x = '\0'", test))[0]).toMatchObject({ verdict: "CompileError" })
        const [left] = yield* judged("import os\ndef work(x): os._exit(0)", test)
        expect(left).toMatchObject({
          verdict: "RuntimeError",
          exit: 0,
          error: "the program ended itself instead of giving a result"
        })
      })
    )

    it.effect("each test has a process of its own, and chance is the same each time", () =>
      Effect.gen(function* () {
        const program =
          "import random\ncount = 0\ndef work(x):\n    global count\n    count += 1\n    return count"
        const found = yield* judged(
          program,
          "assert candidate(0) == 1 and candidate(0) == 2",
          "assert candidate(0) == 1",
          "assert values[0] == 0.8444218515250481"
        )
        expect(found.map(({ verdict }) => verdict)).toEqual(["Passed", "Passed", "Passed"])
      })
    )

    it.effect("after three time limits in a row the rest is skipped", () =>
      Effect.gen(function* () {
        const { cases } = yield* byPythonTests(
          question("def work(x):\n    while True: pass", Array(5).fill("candidate(1)"), 300),
          check
        )
        const limit = "TimeLimit"
        expect(cases.map(({ verdict }) => verdict)).toEqual([limit, limit, limit, "Skipped", "Skipped"])
      })
    )
  })
})
