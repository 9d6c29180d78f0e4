import { Either } from "effect"
import type { Row, SanitizedRow, Task } from "./task.ts"

/** A task of the whole set. The left says what is wrong with it. */
export const taskOf = (row: Row): Either.Either<Task, string> =>
  made(row, row.text, row.test_setup_code, row.challenge_test_list)

/** A task of the sanitized part, which has no further tests. */
export const sanitizedTaskOf = (row: SanitizedRow): Either.Either<Task, string> =>
  made(row, row.prompt, row.test_imports.join("\n"), [])

const made = (
  { code, task_id, test_list }: Pick<Row, "code" | "task_id" | "test_list">,
  text: string,
  setup: string,
  hidden: ReadonlyArray<string>
): Either.Either<Task, string> => {
  const entryPoint = testedIn(test_list[0], code)
  if (entryPoint === undefined) {
    return Either.left("field test_list: its first test calls no function that the field code defines")
  }
  return Either.right({
    id: task_id,
    description: text.trim(),
    check: { _tag: "UnitTests", language: "python", entryPoint, prelude: "", setup },
    tests: test_list,
    hidden,
    reference: code
  })
}

/** The first of the solution's functions that a test calls. */
const testedIn = (test: string, code: string): string | undefined => {
  const defined = new Set([...code.matchAll(/^(?:def|class)\s+(\w+)/gm)].map(([, name]) => name))
  return [...test.matchAll(/(\w+)\s*\(/g)].map(([, name]) => name!).find((name) => defined.has(name))
}

/** How a solution begins: the task and the tests that the model may see, in a comment, as the set's authors show them. */
export const promptOf = ({ description, tests }: Task, examples: number): string => {
  const shown = tests.slice(0, examples)
  const lines = [description, ...(shown.length === 0 ? [] : ["It has to pass these tests:", ...shown])]
  return `${lines
    .flatMap((text) => text.split(/\r?\n/))
    .map((line) => `# ${line}`.trimEnd())
    .join("\n")}\n`
}
