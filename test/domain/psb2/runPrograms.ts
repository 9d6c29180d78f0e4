import { type ChildProcess, spawn } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { lineScore } from "../../../src/domain/comparison.ts"
import type { TaskLanguage } from "../../../src/domain/language.ts"
import type { IoCase } from "../../../src/domain/problem.ts"
import type { Mistake, Task } from "../../../src/domain/psb2/task.ts"

/** What a program printed for each input; undefined where it ended by an error. */
type Outputs = ReadonlyArray<string | undefined>

/** Runs several programs on the same inputs, all in one process: outputs by program, then by input. */
type Runner = (
  programs: ReadonlyArray<string>,
  inputs: ReadonlyArray<string>
) => Promise<ReadonlyArray<Outputs>>

export const withMistakes = (task: Task, language: TaskLanguage, mistakes: ReadonlyArray<Mistake>): string =>
  mistakes.reduce(
    (text, { edits }) => text.split(edits[language][0]).join(edits[language][1]),
    task.programs[language]
  )

/** How many of the cases an output list gets right. */
export const passed = (task: Task, cases: ReadonlyArray<IoCase>, outputs: Outputs): number =>
  cases.filter(({ output }, index) => {
    const found = outputs[index]
    return found !== undefined && lineScore(output, found, task.comparison) === 1
  }).length

/** The real thing: a fresh process for each input. */
export const runEach = async (
  command: string,
  args: ReadonlyArray<string>,
  inputs: ReadonlyArray<string>
) => {
  const outputs: Array<string | undefined> = []
  for (const input of inputs) {
    const { code, stdout } = await finish(spawn(command, args), input)
    outputs.push(code === 0 ? stdout : undefined)
  }
  return outputs
}

/** Gives a folder that is removed afterwards. */
export const inFolder = async <A>(use: (folder: string) => Promise<A>): Promise<A> => {
  const folder = await mkdtemp(join(tmpdir(), "seidr-psb2-"))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const compiler = "g++"

export const compileCpp = async (folder: string, source: string): Promise<string> => {
  const [file, binary] = [join(folder, "program.cpp"), join(folder, "program")]
  await writeFile(file, source)
  const { code, stderr } = await finish(spawn(compiler, ["-O0", "-std=c++17", "-o", binary, file]), "")
  if (code !== 0) throw new Error(`g++ failed:\n${stderr}`)
  return binary
}

const pythonHarness = `
import contextlib, io, json, sys
programs, inputs = json.load(sys.stdin)
results = []
for program in programs:
    code = compile(program, "program", "exec")
    outputs = []
    for text in inputs:
        sys.stdin = io.StringIO(text)
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(code, {"__name__": "__main__"})
            outputs.append(printed.getvalue())
        except Exception:
            outputs.append(None)
    results.append(outputs)
json.dump(results, sys.stdout)
`

export const runPython: Runner = async (programs, inputs) => {
  const { code, stdout, stderr } = await finish(
    spawn("python3", ["-c", pythonHarness]),
    JSON.stringify([programs, inputs])
  )
  if (code !== 0) throw new Error(`python3 failed:\n${stderr}`)
  return (JSON.parse(stdout) as Array<Array<string | null>>).map((row) =>
    row.map((text) => text ?? undefined)
  )
}

/** All programs are compiled as one: each in a namespace of its own, below all the includes. */
export const runCpp: Runner = (programs, inputs) =>
  inFolder(async (folder) => {
    const lines = programs.map((program) => program.split("\n"))
    const includes = new Set(lines.flat().filter((line) => line.startsWith("#include")))
    const bodies = lines.map((program) => program.filter((line) => !line.startsWith("#include")).join("\n"))
    const spaces = bodies.map(
      (body, index) => `namespace program${index} {\n${body.replace("int main()", "void entry()")}\n}\n`
    )
    const table = programs.map((_, index) => `program${index}::entry`).join(", ")
    const source = `#include <exception>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>
${[...includes].join("\n")}
${spaces.join("")}
int main() {
  std::vector<void (*)()> entries{${table}};
  std::string line;
  std::getline(std::cin, line);
  std::vector<std::string> inputs(std::stoul(line));
  for (auto& input : inputs) {
    std::getline(std::cin, line);
    input.resize(std::stoul(line));
    std::cin.read(&input[0], input.size());
  }
  auto* in = std::cin.rdbuf();
  auto* out = std::cout.rdbuf();
  std::ostringstream all;
  for (auto entry : entries) {
    for (const auto& input : inputs) {
      std::istringstream given(input);
      std::ostringstream printed;
      std::cin.clear();
      std::cin.rdbuf(given.rdbuf());
      std::cout.copyfmt(std::ios(nullptr));
      std::cout.rdbuf(printed.rdbuf());
      bool failed = false;
      try { entry(); } catch (const std::exception&) { failed = true; }
      if (failed) all << "-1\\n";
      else all << printed.str().size() << "\\n" << printed.str();
    }
  }
  std::cin.rdbuf(in);
  std::cout.rdbuf(out);
  std::cout << all.str();
}
`
    const frames = inputs.map((input) => `${Buffer.byteLength(input)}\n${input}`).join("")
    const { code, stdout } = await finish(
      spawn(await compileCpp(folder, source)),
      `${inputs.length}\n${frames}`
    )
    if (code !== 0) throw new Error(`the programs ended with ${code}`)
    let place = 0
    const next = (): string | undefined => {
      const end = stdout.indexOf("\n", place)
      const size = Number(stdout.slice(place, end))
      place = end + 1 + Math.max(0, size)
      return size < 0 ? undefined : stdout.slice(end + 1, place)
    }
    return programs.map(() => inputs.map(next))
  })

const finish = (child: ChildProcess, input: string) =>
  new Promise<{ code: number | string | null; stdout: string; stderr: string }>((resolve, reject) => {
    let [stdout, stderr] = ["", ""]
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
    })
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
    })
    child.on("error", reject)
    child.on("close", (code, signal) => resolve({ code: code ?? signal, stdout, stderr }))
    // A program may end without having read its input.
    child.stdin?.on("error", () => undefined)
    child.stdin?.end(input)
  })
