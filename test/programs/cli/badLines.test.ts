import * as NodeContext from "@effect/platform-node/NodeContext"
import { Effect, Either, Layer } from "effect"
import { describe, expect, it, vi } from "vitest"
import { readCommandLine, runCommandLine } from "../../../src/programs/cli/app.ts"
import { type Ending, endingOf } from "../../../src/programs/cli/failure.ts"
import { makeScreen, Screen } from "../../../src/programs/cli/Screen.ts"
import { speechOf } from "../../../src/programs/cli/speech.ts"
import { UsageInvalid } from "../../../src/programs/cli/usage.ts"

/** What is wrong with the line itself is found before anything is opened: one of these is enough as a process. */
const lines: ReadonlyArray<readonly [line: string, says: RegExp]> = [
  ["slove gcd", /"slove".*did you mean solve\?/],
  ["solve", /solve needs PROBLEM; usage: seidr solve PROBLEM \[FLAGS\]/],
  ["solve gcd bowling", /"bowling"; usage/],
  ["solve gcd --max-progams 3", /"--max-progams"; did you mean --max-programs\?/],
  ["runs --seed 3", /runs has no flag --seed; `seidr runs --help`/],
  ["execute gcd", /execute needs --program; usage: seidr execute PROBLEM --program FILE/],
  ["solve gcd --language cobol", /--language is "cobol", and has to be one of python, cpp/],
  ["solve gcd --ranking best", /--ranking is "best", and has to be one of score, lexicase, tournament/],
  ["solve gcd --max-programs 0", /--max-programs is "0", and has to be a whole number from 1 on/],
  ["solve gcd --beam-width -1", /--beam-width is "-1"/],
  ["solve gcd --max-programs NaN", /--max-programs is "NaN"/],
  ["solve gcd --time-limit NaN", /--time-limit is "NaN"/],
  ["solve gcd --seed 1.5", /--seed is "1.5", and has to be a whole number/],
  ["solve gcd --time-limit 5", /--time-limit is "5", and has to be a duration such as 2s/],
  [
    "solve humaneval-x/cpp/x",
    /"humaneval-x\/cpp\/x": a task of humaneval-x\/cpp is named by its number, such as /
  ],
  ["solve HumanEval", /"HumanEval": a task of humaneval is named by its number/],
  ["solve HumanEval-X/CPP/999", /"HumanEval-X\/CPP\/999": it has 164 tasks, from 0 to 163/],
  ["solve gcd --time-limit 24h", /--time-limit is "24h", and has to be a duration such as 2s, .* at most 1h/],
  ["solve gcd --memory-limit 10000GB", /--memory-limit is "10000GB", and has to be .* at most 1024GB/],
  ["solve gcd --memory-limit lots", /--memory-limit is "lots", and has to be a size such as 256MB/],
  ["solve gcd --temperature-schedule hot", /--temperature-schedule is "hot"/],
  ["solve gcd --preset best", /--preset is "best".*sampling, repair-only/],
  ["analyse --pass-at 1,0", /--pass-at is "1,0", and has to be whole numbers from 1 to 1000000/],
  ["analyse --pass-at", /--pass-at needs a value \(LIST\)/],
  ["analyse --json --csv", /--json holds everything: leave out --csv/],
  ["analyse --prices missing.yaml", /--prices missing.yaml: there is no such file/],
  ["solve gcd --log loud", /--log is "loud", and has to be one of trace/],
  [
    "execute gcd --program program.py --set all",
    /--set is "all", and has to be one of validation, hidden, edge/
  ]
]

/** Runs a line in this process, up to what it is refused for. */
const refusal = async (line: string): Promise<Ending> => {
  const silent = { write: () => true, isTTY: false } as unknown as NodeJS.WriteStream
  const screen = makeScreen({ out: silent, err: silent, color: false, canErase: false, seal: "test" })
  const read = Either.gen(function* () {
    const found = yield* readCommandLine(line.split(" "))
    yield* speechOf(found)
    return found
  })
  const command = Effect.flatMap(
    Either.mapLeft(read, (reason) => new UsageInvalid({ reason })),
    runCommandLine
  ).pipe(Effect.provide(Layer.mergeAll(NodeContext.layer, Layer.succeed(Screen, screen))))
  return endingOf(await Effect.runPromiseExit(command))
}

describe("a wrong command line", () => {
  it.each(lines)("refuses %s", async (line, says) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined)
    expect(await refusal(line)).toEqual({ status: 2, message: expect.stringMatching(says) })
  })
})
