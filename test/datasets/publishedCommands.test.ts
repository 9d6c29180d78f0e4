import { existsSync, readFileSync } from "node:fs"
import type { ServerResponse } from "node:http"
import { resolve } from "node:path"
import { gunzipSync } from "node:zlib"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { tasks } from "../../src/domain/psb2/tasks.ts"
import { documentOf, inFolder, seidr } from "../programs/cli/seidr.ts"
import { httpServer, type Received } from "../services/LanguageModel/httpServer.ts"
import { chunk, events, stream } from "../services/LanguageModel/openaiServer.ts"

const data = resolve("../shared/data")
const humanEvalX = `${data}/humaneval-x/humaneval_python.jsonl.gz`

/** The flags of the two command lines that the published README shows, as they stand there. */
const shared =
  "--language Python --branching_factor 2 --max_programs 100 --drafts_per_prompt 2 --explanations_per_program 2 " +
  "--repairs_per_explanation 2 --beam_width 2 --log INFO"
const psb2 =
  `--task_id 0 --problem bowling ${shared} --lexicase_selection False --dataset humaneval --model_name gpt-3.5-turbo ` +
  "--valid_examples 50 --experiment_id 0"
const humanEval = (url: string) =>
  `--task_id 0 --problem Python/0 ${shared} --lexicase_selection True --dataset humaneval --model_name llama3 ` +
  `--experiment_id 0 --ollama_url ${url}`

/** What they say of the search, as it stands among a log's runs. */
const settings = {
  language: "python",
  label: "0",
  max_programs: 100,
  drafts: 2,
  explanations: 2,
  repairs: 2,
  beam_width: 2,
  temperature: null,
  instructions: "model",
  seed: 42,
  programs: 1
}

/** Runs a command line at a server, and gives the result with the run as the log has it. */
const running = (
  answer: (response: ServerResponse, request: Received) => void,
  lineOf: (url: string) => { readonly words: string; readonly env: Readonly<Record<string, string>> }
) =>
  Effect.gen(function* () {
    const { env, words } = lineOf((yield* httpServer(answer)).url)
    return yield* Effect.promise(() =>
      inFolder(async (cwd) => {
        const ended = await seidr([...words.split(" "), "--json"], { cwd, env })
        const table = ["--table", "runs", "--format", "jsonl", "--out", "runs.jsonl"]
        expect(await seidr(["export", ...table], { cwd })).toMatchObject({ status: 0 })
        const run: unknown = JSON.parse(readFileSync(`${cwd}/runs.jsonl`, "utf8"))
        return { result: documentOf(ended), status: ended.status, run }
      })
    )
  })

const fenced = (program: string): string => `\`\`\`python\n${program}\`\`\``

describe("the published command lines", () => {
  it.scopedLive("solve a problem of PSB2 with a model of OpenAI's", () =>
    Effect.gen(function* () {
      const text = fenced(tasks.get("bowling")!.programs.python)
      const { result, run, status } = yield* running(
        (response, { method }) => {
          if (method === "GET") {
            response.end('{"data":[]}')
            return
          }
          stream(response)
          response.end(events(chunk(text), chunk(undefined, "stop"), "[DONE]"))
        },
        (url) => ({ words: psb2, env: { OPENAI_API_BASE: `${url}/v1`, OPENAI_API_KEY: "none" } })
      )
      expect(status).toBe(0)
      expect(run).toMatchObject({ ...settings, problem: "bowling", ranking: "score" })
      expect(run).toMatchObject({ draft_model: "openai:gpt-3.5-turbo", best_total: 50 })
      expect(result).toMatchObject({ status: "solved", hidden: { passed: 2_000, total: 2_000 } })
    })
  )

  it.scopedLive("solve a task of HumanEval-X with a model that Ollama runs", ({ skip }) =>
    Effect.gen(function* () {
      skip(!existsSync(humanEvalX), `${humanEvalX} is not there`)
      const [line] = gunzipSync(readFileSync(humanEvalX)).toString().split("\n")
      const task = JSON.parse(line!) as Readonly<Record<string, string>>
      const text = fenced(`${task["prompt"]}${task["canonical_solution"]}`)
      const answer = { model: "llama3", message: { content: text }, done: true, done_reason: "stop" }
      const { result, run, status } = yield* running(
        (response, { path }) => {
          response.end(path === "/api/chat" ? `${JSON.stringify(answer)}\n` : "{}")
        },
        (url) => ({ words: humanEval(url), env: { DATA_PATH: data } })
      )
      expect(status).toBe(0)
      expect(run).toMatchObject({ ...settings, problem: "humaneval-x/python/0", ranking: "lexicase" })
      expect(run).toMatchObject({ draft_model: "ollama:llama3" })
      expect(result).toMatchObject({ status: "solved", hidden: null })
    })
  )
})
