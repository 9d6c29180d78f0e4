import { execFile } from "node:child_process"
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { Effect, Option, Schema } from "effect"
import { hashOf, sha256 } from "../../domain/hash.ts"
import { cacheFolder, canBeListed, canBeShown } from "./cacheFolder.ts"
import { type CompiledFolder, makeCompiledFolder } from "./compiledFolder.ts"
import type { Environment } from "./host.ts"

/** The classes of the process that compiles and runs programs of Java. */
export interface JavaHost {
  /** Their files, in base64 by name, to be put beside a program's. */
  readonly classes: Readonly<Record<string, string>>
  /** The same in an archive that a JVM maps into its memory, together with the compiler's and the usual classes of programs. */
  readonly archive?: { readonly folder: string; readonly flags: ReadonlyArray<string> }
}

/**
 * The host, made once per JDK and kept in the user's cache folder; without an archive where that cannot be shown to
 * programs, or cannot be written, or the JDK is older than 13. Fails when it cannot be compiled. `jdk` is the folder of
 * `java` and `javac`.
 */
export const javaHost = (jdk: string, version: string, environment: Environment) =>
  Effect.gen(function* () {
    const texts = yield* Effect.tryPromise(() => sources())
    const key = hashOf(version, jdk, ...texts)
    const folder = join(cacheFolder(environment), "java")
    const kept = makeCompiledFolder(folder)
    const found = yield* read(kept, key, folder)
    if (found !== undefined) return found
    return yield* Effect.acquireUseRelease(
      Effect.tryPromise(() => mkdtemp(join(tmpdir(), "seidr-java-"))),
      (scratch) =>
        Effect.gen(function* () {
          const tools = { jdk, environment: { PATH: environment["PATH"] }, scratch }
          const classes = yield* Effect.tryPromise(() => compiled(tools))
          if (!canBeShown(folder) || !canBeListed(folder)) return { classes }
          return yield* Effect.gen(function* () {
            const names = yield* Effect.tryPromise(() => archived(tools, folder))
            yield* kept.write(key, Buffer.from(encodeKept({ classes, ...names })))
            return hostOf(folder, { classes, ...names })
          }).pipe(
            Effect.catchAll(({ cause }) =>
              Effect.as(Effect.logDebug(`no archive of Java's classes was made: ${String(cause)}`), {
                classes
              })
            )
          )
        }),
      (scratch) => Effect.promise(() => rm(scratch, { recursive: true, force: true }))
    )
  })

const hosts = fileURLToPath(new URL("./hosts/", import.meta.url))
const sample = "Sample.java"

const hostSources = async (): Promise<ReadonlyArray<string>> =>
  (await readdir(hosts)).filter((name) => name.endsWith(".java") && name !== sample).sort()

const sources = async (): Promise<ReadonlyArray<string>> =>
  Promise.all([...(await hostSources()), sample].map((name) => readFile(join(hosts, name), "utf8")))

/** Files of the folder by the SHA-256 of what they hold, since a JVM that maps a damaged archive dies. */
const Kept = Schema.parseJson(
  Schema.Struct({
    classes: Schema.Record({ key: Schema.String, value: Schema.String }),
    jar: Schema.String,
    archive: Schema.String
  })
)
type Kept = typeof Kept.Type
const decodeKept = Schema.decodeUnknownOption(Kept)
const encodeKept = Schema.encodeSync(Kept)

const fileOf = (folder: string, sum: string, kind: "jar" | "jsa"): string => join(folder, `${sum}.${kind}`)

const read = (kept: CompiledFolder, key: string, folder: string): Effect.Effect<JavaHost | undefined> =>
  Effect.gen(function* () {
    const found = Option.getOrUndefined(decodeKept((yield* kept.read(key))?.toString("utf8")))
    if (found === undefined) return undefined
    const isSound = (sum: string, kind: "jar" | "jsa") =>
      Effect.tryPromise(() => readFile(fileOf(folder, sum, kind))).pipe(
        Effect.map((content) => sha256(content) === sum),
        Effect.orElseSucceed(() => false)
      )
    const isWhole = (yield* isSound(found.jar, "jar")) && (yield* isSound(found.archive, "jsa"))
    return isWhole ? hostOf(folder, found) : undefined
  })

const hostOf = (folder: string, { archive, classes, jar }: Kept): JavaHost => ({
  classes,
  archive: {
    folder,
    flags: [
      `-XX:SharedArchiveFile=${fileOf(folder, archive, "jsa")}`,
      // A JDK that was replaced since makes none of it; without these words it says so among what the program prints.
      "-Xlog:cds*=off",
      "-cp",
      // What lies beside the program is found where the folder has been removed since.
      `${fileOf(folder, jar, "jar")}${delimiter}.`
    ]
  }
})

interface Tools {
  readonly jdk: string
  readonly environment: Environment
  readonly scratch: string
}

const run = promisify(execFile)

const compiled = async ({ environment, jdk, scratch }: Tools): Promise<Record<string, string>> => {
  const folder = join(scratch, "host")
  const paths = (await hostSources()).map((name) => join(hosts, name))
  await run(join(jdk, "javac"), ["-d", folder, ...paths], { env: environment })
  const names = (await readdir(folder)).sort()
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name), "base64")))
  return Object.fromEntries(names.map((name, index) => [name, contents[index]!]))
}

/** Puts the jar and the archive into the folder: an archive is good only for a jar that lies where it lay. */
const archived = async ({ environment, jdk, scratch }: Tools, folder: string) => {
  await mkdir(folder, { recursive: true })
  // The user that programs run as has to read it.
  await chmod(folder, 0o755)
  const made = await mkdtemp(join(folder, ".draft-"))
  try {
    const draftJar = join(made, "host.jar")
    await run(join(jdk, "jar"), ["--create", "--file", draftJar, "-C", join(scratch, "host"), "."], {
      env: environment
    })
    const jar = await placed(folder, draftJar, "jar")
    await writeFile(join(scratch, sample), await readFile(join(hosts, sample)))
    const draft = join(made, "host.jsa")
    const flags = ["-Xmx256m", "-XX:+UseSerialGC", `-XX:ArchiveClassesAtExit=${draft}`]
    const learning = run(
      join(jdk, "java"),
      [...flags, "-cp", fileOf(folder, jar, "jar"), "SeidrHost", "learn", sample],
      { cwd: scratch, env: environment, timeout: 60_000 }
    )
    learning.child.stdin?.end("a line\n")
    await learning
    return { jar, archive: await placed(folder, draft, "jsa") }
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

const placed = async (folder: string, draft: string, kind: "jar" | "jsa"): Promise<string> => {
  const sum = sha256(await readFile(draft))
  await chmod(draft, 0o644)
  await rename(draft, fileOf(folder, sum, kind))
  return sum
}
