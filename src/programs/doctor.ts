import Database from "better-sqlite3"
import { Effect, Either, Option } from "effect"
import { Language, languages } from "../domain/language.ts"
import { parseEndpoint } from "../services/LanguageModel/endpoint.ts"
import { LanguageModel } from "../services/LanguageModel.ts"
import { surveyTiers } from "../services/Sandbox/ground.ts"
import { findExecutable } from "../services/Sandbox/host.ts"
import { Sandbox } from "../services/Sandbox.ts"
import type { Configuration } from "./configuration.ts"

/** One thing that seidr needs or can use. */
export interface Finding {
  readonly name: string
  readonly works: boolean
  /** Without it nothing can be solved at all. */
  readonly isNeeded: boolean
  readonly detail: string
  /** The command or setting that mends it. */
  readonly advice: string | null
}

/** The oldest Node.js that is supported. */
const oldestNode = [20, 19] as const

/** Looks at everything that seidr needs on this machine, and says how to mend what is not there. */
export const diagnose = (
  configuration: Configuration
): Effect.Effect<ReadonlyArray<Finding>, never, Sandbox | LanguageModel> =>
  Effect.all(
    [
      Effect.sync(node),
      Effect.sync(sqlite),
      Effect.sync(() => buildTools(configuration)),
      confinement,
      tiers(configuration),
      ...Language.literals.map(toolchain),
      Effect.succeed<Finding>({
        name: "model simulated",
        works: true,
        isNeeded: true,
        detail: "embedded, the default",
        advice: null
      }),
      openaiEndpoint(configuration),
      ollamaEndpoint(configuration)
    ],
    { concurrency: "unbounded" }
  ).pipe(Effect.map((findings) => findings.flat()))

const node = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  const works = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
  return {
    name: "Node.js",
    works,
    isNeeded: true,
    detail: process.version,
    advice: works ? null : `Install Node.js ${oldestNode.join(".")} or newer`
  }
}

const sqlite = (): Finding => {
  const about = { name: "SQLite", isNeeded: true }
  try {
    const database = new Database(":memory:")
    const version = database.prepare("SELECT sqlite_version()").pluck().get()
    database.close()
    return { ...about, works: true, detail: String(version), advice: null }
  } catch (error) {
    return {
      ...about,
      works: false,
      detail: error instanceof Error ? error.message.split("\n")[0]! : String(error),
      advice:
        "Run `npm rebuild better-sqlite3`; where its prebuilt binary cannot be downloaded it needs make and g++"
    }
  }
}

/** What `npm ci` needs where the prebuilt binary of the SQLite addon cannot be downloaded. */
const buildTools = ({ environment }: Configuration): Finding => {
  const missing = ["make", "g++"].filter((name) => findExecutable(name, environment) === undefined)
  const about = { name: "build tools", isNeeded: false }
  return missing.length === 0
    ? {
        ...about,
        works: true,
        detail: "make and g++, for `npm ci` without a prebuilt SQLite addon",
        advice: null
      }
    : {
        ...about,
        works: false,
        detail: `no ${missing.join(" and no ")}: \`npm ci\` needs the prebuilt SQLite addon`,
        advice: "Install them: apt-get install make g++, or xcode-select --install"
      }
}

const confinement: Effect.Effect<Finding, never, Sandbox> = Effect.gen(function* () {
  const found = yield* Effect.either((yield* Sandbox).tier)
  const about = { name: "sandbox", isNeeded: true }
  return Either.match(found, {
    onLeft: (error) => ({
      ...about,
      works: false,
      detail: error.message,
      advice:
        "Install bubblewrap, or allow user namespaces (sysctl -w user.max_user_namespaces=15000; on Ubuntu 24.04 also kernel.apparmor_restrict_unprivileged_userns=0), or use --unconfined"
    }),
    onRight: ({ name, detail }) => ({
      ...about,
      works: true,
      detail: detail === "" ? name : `${name}: ${detail}`,
      advice: null
    })
  })
})

/** Each way to confine programs: whether it can be had, or why not. One is enough. */
const tiers = ({ environment }: Configuration): Effect.Effect<ReadonlyArray<Finding>> =>
  surveyTiers(environment).pipe(
    Effect.map((found) =>
      found.map(({ name, detail, fault }) => ({
        name: `sandbox ${name}`,
        works: fault === undefined,
        isNeeded: false,
        detail: fault ?? detail,
        advice: null
      }))
    ),
    // Without Python there is none; that is a finding of its own.
    Effect.orElseSucceed(() => [])
  )

/** A language that is not here is not missed until it is asked for, but for the one that runs every sandbox. */
const toolchain = (language: Language): Effect.Effect<Finding, never, Sandbox> =>
  Effect.gen(function* () {
    const found = yield* Effect.either((yield* Sandbox).toolchain(language))
    const about = { name: languages[language].title, isNeeded: language === "python" }
    return Either.match(found, {
      onLeft: (error) => ({ ...about, works: false, detail: error.message, advice: null }),
      onRight: (version) => ({ ...about, works: true, detail: version, advice: null })
    })
  })

const openaiEndpoint = ({ openai }: Configuration): Effect.Effect<Finding, never, LanguageModel> =>
  Effect.gen(function* () {
    const about = { name: "model openai:NAME", isNeeded: false }
    if (Option.isNone(openai.apiKey) && Option.isNone(openai.baseURL)) {
      return {
        ...about,
        works: false,
        detail: "there is no key",
        advice: "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a compatible server"
      }
    }
    const asked = yield* Effect.either((yield* LanguageModel).check("openai:doctor"))
    return Either.match(asked, {
      onLeft: (error) => ({
        ...about,
        works: false,
        detail: withoutName(error.message),
        advice: "Check OPENAI_API_KEY and OPENAI_BASE_URL"
      }),
      onRight: () => ({ ...about, works: true, detail: "the endpoint answers", advice: null })
    })
  })

const ollamaEndpoint = ({ ollamaHost }: Configuration): Effect.Effect<Finding, never, LanguageModel> =>
  Effect.gen(function* () {
    const about = { name: "model ollama:NAME", isNeeded: false }
    const asked = yield* Effect.either((yield* LanguageModel).check("ollama:doctor"))
    // That it does not know the model is an answer too.
    const isUp = Either.isRight(asked) || asked.left._tag === "ModelRefused"
    // The address may hold a password.
    const shown = Either.match(parseEndpoint(ollamaHost), {
      onLeft: () => "the server",
      onRight: ({ url }) => url
    })
    return isUp
      ? { ...about, works: true, detail: `${shown} answers`, advice: null }
      : {
          ...about,
          works: false,
          detail: withoutName(asked.left.message),
          advice: "Start it with `ollama serve`, or set OLLAMA_HOST or --ollama-url"
        }
  })

/** No model of this name is meant: the endpoint was asked for it only to see whether it answers. */
const withoutName = (message: string): string => message.replace(/^\w+:doctor: /, "")
