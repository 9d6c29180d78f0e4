import { readdirSync, readFileSync } from "node:fs"
import { homedir } from "node:os"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Trial, TrialLanguage } from "../services/Sandbox/trial.ts"

/** What of the host a program goes for: it stands for `@FILE@`, `@PORT@`, `@SOCKET@` and `@PID@` in a source. */
export interface Targets {
  readonly file: string
  readonly port: number
  readonly socket: string
  readonly pid: number
}

/** A program of `programs/`, one a file, with what it has to get in its first lines; see `programs/README.md`. */
export interface HostileProgram extends Trial {
  readonly file: string
  /** `everywhere`: on every tier by `npm test`; `once`: on the best; `on demand`: only by `npm run test:hostile`. */
  readonly run: string
  /** Tiers that it is not for. */
  readonly except: ReadonlyArray<string>
  /** Verdicts on tiers where they differ. */
  readonly verdicts: ReadonlyMap<string, string>
}

const folder = fileURLToPath(new URL("./programs", import.meta.url))
const languages: ReadonlyArray<TrialLanguage> = ["python", "cpp", "java", "javascript"]
const header = /^(?:#|\/\/) (.*)$/
const known = /^(?:expect(?: on .+)?|stdout|output|input|timeMs|memoryMB|not on|run)$/

const parsed = (language: TrialLanguage, file: string): HostileProgram => {
  const lines = readFileSync(join(folder, language, file), "utf8").split("\n")
  const count = lines.findIndex((line) => !header.test(line))
  const [name = "", ...settings] = lines.slice(0, count).map((line) => header.exec(line)![1]!)
  const of = new Map(
    settings.map((line) => {
      const [key = "", ...rest] = line.split(": ")
      if (!known.test(key) || rest.length === 0) throw new Error(`${language}/${file}: what is "${line}"?`)
      return [key, rest.join(": ")]
    })
  )
  const verdict = of.get("expect")
  if (verdict === undefined) throw new Error(`${language}/${file}: nothing is expected`)
  const given = (key: string) => of.get(key)
  const [stdout, input, output] = [given("stdout"), given("input"), given("output")]
  return {
    file: `${language}/${basename(file)}`,
    name: `${language}: ${name}`,
    language,
    source: lines.slice(count).join("\n"),
    verdict,
    run: given("run") ?? "once",
    except: given("not on")?.split(", ") ?? [],
    verdicts: new Map(
      [...of].flatMap(([key, value]) => (key.startsWith("expect on ") ? [[key.slice(10), value]] : []))
    ),
    ...(stdout === undefined ? {} : { stdout: JSON.parse(stdout) as string }),
    ...(input === undefined
      ? {}
      : { input: input === "a megabyte" ? "x".repeat(2 ** 20) : (JSON.parse(input) as string) }),
    ...(output === undefined ? {} : { output: new RegExp(output) }),
    limits: {
      ...(of.has("timeMs") ? { timeMs: Number(given("timeMs")) } : {}),
      ...(of.has("memoryMB") ? { memoryBytes: Number(given("memoryMB")) * 2 ** 20 } : {})
    }
  }
}

export const hostilePrograms: ReadonlyArray<HostileProgram> = languages.flatMap((language) =>
  readdirSync(join(folder, language))
    .sort()
    .map((file) => parsed(language, file))
)

/** The programs for a tier, going for something of this machine, with the verdicts that they get there. */
export const programsFor = (
  tier: string,
  { file, pid, port, socket }: Targets,
  chosen: ReadonlyArray<HostileProgram> = hostilePrograms
): ReadonlyArray<HostileProgram> => {
  const places: Readonly<Record<string, string>> = {
    "@FILE@": file,
    "@SOCKET@": socket,
    "@PORT@": String(port),
    "@PID@": String(pid),
    "@HOME@": homedir(),
    "@NUL@": "\0"
  }
  return chosen
    .filter(({ except }) => !except.includes(tier))
    .map((program) => ({
      ...program,
      source: program.source.replace(/@[A-Z]+@/g, (word) => places[word] ?? word),
      verdict: program.verdicts.get(tier) ?? program.verdict
    }))
}
