import { expect, it } from "@effect/vitest"
import { programOf } from "../../src/domain/answer.ts"
import { byLines } from "../../src/domain/check.ts"
import { exactly } from "../../src/domain/comparison.ts"
import type { Evaluation } from "../../src/domain/evaluation.ts"
import { hashOf } from "../../src/domain/hash.ts"
import type { Problem } from "../../src/domain/problem.ts"
import { failureText, noProgramInstruction, staticInstruction } from "../../src/domain/prompts/failure.ts"
import { draftRequest, explainRequest, repairRequest } from "../../src/domain/prompts/requests.ts"
import { requestHash } from "../../src/domain/request.ts"
import { rules } from "../../src/domain/rules.ts"
import { instructionText } from "../../src/services/Instruct.ts"
import { published } from "../support/settings.ts"

const problem: Problem = {
  name: "echo",
  description: "Print the input.",
  check: byLines(exactly),
  promptExamples: 1,
  validation: [
    { input: "1\n", output: "1\n" },
    { input: "", output: "\n" }
  ],
  origin: { dataset: "test" }
}

const verdicts = [
  "WrongAnswer",
  "RuntimeError",
  "TimeLimit",
  "MemoryLimit",
  "OutputLimit",
  "CompileError",
  "NoProgram",
  "Skipped"
] as const

const evaluations = verdicts.map(
  (verdict): Evaluation => ({
    score: 0.5,
    passed: 1,
    total: 2,
    cases: [
      { verdict, score: 0, ms: 1, memoryBytes: 1, exit: 1, actual: "2\n", error: "an error" },
      { verdict: "Passed", score: 1, ms: 1, memoryBytes: 1 }
    ]
  })
)

/** Every text that the prompts' code makes. */
const promptTexts = (): string => {
  const texts = (["python", "cpp"] as const).flatMap((language) => {
    const settings = { ...published, language }
    return [
      draftRequest(settings, problem, 1),
      explainRequest(settings, problem, "program", "failure", 1),
      repairRequest(settings, problem, "program", "instruction", 1),
      repairRequest(settings, problem, null, "instruction", 1)
    ].map(requestHash)
  })
  const failures = ["", 'freopen("in.txt", "r", stdin);', "while True:\n    f.readline()"].flatMap(
    (program) =>
      evaluations.flatMap((evaluation) => [
        failureText(evaluation, problem.validation, program),
        staticInstruction(evaluation, problem.validation, program)
      ])
  )
  return hashOf(...texts, ...failures, noProgramInstruction, instructionText("\n Do this. \n"))
}

const answers = [
  "",
  "I cannot do that.",
  "print(1)\n",
  "Here it is:\n```python\nprint(1)\n```\nIt prints 1.",
  "```python\nprint(1)\n```\nor better:\n```python\nprint(2)\n```",
  "```cpp\nint main() {}\n```\n```python\nprint(3)\n```",
  "~~~~py\nprint('```')\n~~~~",
  "```python\nprint('never closed')",
  "<think>hm\n```python\nprint(0)\n```</think>```python\nprint(4)\n```",
  "```\n#include <iostream>\nint main() { std::cout << 1; }\n```",
  "```python\ndef f(x):\n    return x\n```\nand\n```python\nprint(f(input()))\n```",
  "```cpp\nint f(int x) { return x; }\n```\nand\n```cpp\n#include <iostream>\nint main() { std::cout << f(1); }\n```"
]

const extracted = (): string =>
  hashOf(
    ...(["python", "cpp"] as const).flatMap((language) =>
      answers.map((answer) => JSON.stringify(programOf(answer, language)))
    )
  )

/**
 * What the versions in `src/domain/rules.ts` stand for. When one of these fails, texts have changed that follow from
 * recorded ones. Before the first release: write the new hash here. After it: raise the version there too, so that the
 * logs of before are replayed without comparing those texts.
 */
const pinned = {
  prompts: { version: 2, hash: "45ff88642fa42245fb94ad1e14413b6725e470e244c8d4245941b519bff74696" },
  extraction: { version: 2, hash: "3c5abd0594869af2496f58e52f4822ca2e49d20b08ddde285dd9bbcce1f3c999" }
}

it("the prompts are those of their version", () => {
  expect({ version: rules.prompts, hash: promptTexts() }).toEqual(pinned.prompts)
})

it("programs are taken from answers as their version says", () => {
  expect({ version: rules.extraction, hash: extracted() }).toEqual(pinned.extraction)
})
