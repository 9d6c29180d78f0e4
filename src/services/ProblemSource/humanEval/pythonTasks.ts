import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { Effect, Schema } from "effect"
import type { Row, Task } from "../../../domain/humanEval/task.ts"

const script = fileURLToPath(new URL("splitTests.py", import.meta.url))
const withinMs = 60_000
const mostBytes = 2 ** 26

const Split = Schema.parseJson(
  Schema.Array(
    Schema.Union(
      Schema.Struct({
        entryPoint: Schema.NonEmptyString,
        prelude: Schema.String,
        setup: Schema.String,
        tests: Schema.NonEmptyArray(Schema.String)
      }),
      Schema.Struct({ fault: Schema.String })
    )
  )
)

/** A task, or what is wrong with its line. */
export type TaskOrFault = Task | { readonly fault: string }

/**
 * The tasks of lines in Python: each assertion of a test is a case of its own. Only Python itself can tell where
 * one begins and ends, so its own parser is asked, which runs nothing of them. Fails with the end of a sentence.
 */
export const pythonTasks = (rows: ReadonlyArray<Row>): Effect.Effect<ReadonlyArray<TaskOrFault>, string> =>
  Effect.gen(function* () {
    const texts = rows.map(({ entry_point, prompt, test }) => ({
      prompt,
      test,
      ...(entry_point === undefined ? {} : { entry_point })
    }))
    const answer = yield* askPython(JSON.stringify(texts))
    const split = yield* Schema.decodeUnknown(Split)(answer).pipe(
      Effect.mapError(() => "python3 cannot split its tests: it needs Python 3.8 or later")
    )
    return rows.map((row, index): TaskOrFault => {
      const parts = split[index] ?? { fault: "nothing came of it" }
      if ("fault" in parts) return parts
      const { tests, ...given } = parts
      return {
        language: "python",
        check: { _tag: "UnitTests", language: "python", prompt: row.prompt, ...given },
        tests,
        reference: row.prompt + row.canonical_solution
      }
    })
  })

const askPython = (input: string): Effect.Effect<string, string> =>
  Effect.async<string, string>((resume) => {
    const child = spawn("python3", ["-I", "-S", script], { stdio: ["pipe", "pipe", "ignore"] })
    const parts: Array<Buffer> = []
    let size = 0
    child.stdout.on("data", (part: Buffer) => {
      size += part.length
      if (size > mostBytes) child.kill("SIGKILL")
      else parts.push(part)
    })
    child.on("error", () =>
      resume(Effect.fail("its tests can be split by Python only, and python3 is not installed"))
    )
    child.on("close", (code) =>
      resume(
        code === 0
          ? Effect.succeed(Buffer.concat(parts).toString("utf8"))
          : Effect.fail("python3 cannot split its tests")
      )
    )
    // When it has ended early, its status says so.
    child.stdin.on("error", () => undefined)
    child.stdin.end(input)
    return Effect.sync(() => child.kill("SIGKILL"))
  }).pipe(
    Effect.timeoutFail({ duration: withinMs, onTimeout: () => "python3 takes too long to split its tests" })
  )
