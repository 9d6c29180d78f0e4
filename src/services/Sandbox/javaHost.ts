import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  utimes,
  writeFile
} from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { Clock, Data, Effect, Option, Schema } from "effect"
import { hashOf, sha256 } from "../../domain/hash.ts"
import { cacheFolder, canBeListed, canBeShown } from "./cacheFolder.ts"
import { type Environment, ran } from "./host.ts"
import { folderPrefix } from "./leftovers.ts"

/** The classes of the process that compiles and runs programs of Java. */
export interface JavaHost {
  /** Their files, in base64 by name, to be put beside a program's. */
  readonly classes: Readonly<Record<string, string>>
  /** The same in an archive that a JVM maps into its memory, together with the compiler's and the usual classes of programs. */
  readonly archive?: { readonly folder: string; readonly flags: ReadonlyArray<string> }
}

/** The host's classes could not be made. */
export class JavaHostFault extends Data.TaggedError("JavaHostFault")<{ readonly reason: string }> {}

/**
 * The host, made once per JDK and kept in the user's cache folder; without an archive where that cannot be shown to
 * programs, or cannot be written, or the JDK is older than 13. `jdk` is the folder of `java` and `javac`.
 */
export const javaHost = (
  jdk: string,
  version: string,
  environment: Environment
): Effect.Effect<JavaHost, JavaHostFault> =>
  Effect.gen(function* () {
    const base = join(cacheFolder(environment), "java")
    const tools = { jdk, environment: { PATH: environment["PATH"], LANG: "C.UTF-8" } }
    const key = hashOf(version, jdk, ...(yield* promised(() => sources())))
    const folder = Option.getOrUndefined(yield* Effect.option(placeOf(base)))
    const found = folder === undefined ? undefined : yield* kept(folder, key)
    if (found !== undefined) return found
    return yield* Effect.scoped(
      Effect.gen(function* () {
        const scratch = yield* temporary(join(tmpdir(), yield* folderPrefix))
        const classes = yield* compiled(tools, scratch)
        if (folder === undefined) return { classes }
        const made = yield* Effect.either(archived(tools, { folder, key, scratch, classes }))
        if (made._tag === "Right") return made.right
        yield* Effect.logDebug(`no archive of Java's classes was made: ${made.left.reason}`)
        return { classes }
      })
    )
  })

const promised = <A>(attempt: () => Promise<A>): Effect.Effect<A, JavaHostFault> =>
  Effect.tryPromise({ try: attempt, catch: (cause) => new JavaHostFault({ reason: String(cause) }) })

const temporary = (prefix: string) =>
  Effect.acquireRelease(
    promised(() => mkdtemp(prefix)),
    (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
  )

const hosts = fileURLToPath(new URL("./hosts/", import.meta.url))
const sample = "Sample.java"

const hostSources = async (): Promise<ReadonlyArray<string>> =>
  (await readdir(hosts)).filter((name) => name.endsWith(".java") && name !== sample).sort()

const sources = async (): Promise<ReadonlyArray<string>> =>
  Promise.all([...(await hostSources()), sample].map((name) => readFile(join(hosts, name), "utf8")))

/** The folder of what is kept, by the name that programs see it by; fails where it cannot be shown to them. */
const placeOf = (base: string) =>
  Effect.gen(function* () {
    const shown = (path: string) =>
      canBeShown(path) && canBeListed(path)
        ? Effect.succeed(path)
        : new JavaHostFault({ reason: `${path} cannot be shown to programs` })
    yield* shown(base)
    yield* promised(() => mkdir(base, { recursive: true, mode: 0o755 }))
    return yield* shown(yield* promised(() => realpath(base)))
  })

/**
 * What a folder of the kept ones holds, beside the jar and the archive: what makes these good. A JVM that maps a damaged
 * archive dies, and one silently does without an archive whose jar is another, or lies elsewhere.
 */
const Kept = Schema.parseJson(
  Schema.Struct({
    folder: Schema.String,
    classes: Schema.Record({ key: Schema.String, value: Schema.String }),
    jar: Schema.Struct({ sum: Schema.String, ms: Schema.Number }),
    archive: Schema.Struct({ sum: Schema.String })
  })
)
const decodeKept = Schema.decodeUnknown(Kept)
const encodeKept = Schema.encodeSync(Kept)
const [jarName, archiveName, keptName] = ["host.jar", "host.jsa", "kept.json"]

/** The first sound one that has been made under that key. */
const kept = (base: string, key: string): Effect.Effect<JavaHost | undefined> =>
  Effect.gen(function* () {
    const names = yield* Effect.orElseSucceed(
      promised(() => readdir(base)),
      () => []
    )
    for (const name of names.filter((one) => one.startsWith(`${key}-`))) {
      const found = yield* Effect.option(sound(join(base, name)))
      if (Option.isSome(found)) return found.value
    }
    return undefined
  })

const sound = (folder: string) =>
  Effect.gen(function* () {
    const text = yield* promised(() => readFile(join(folder, keptName), "utf8"))
    const { archive, classes, ...rest } = yield* decodeKept(text)
    const jar = yield* promised(() => described(join(folder, jarName)))
    const { sum } = yield* promised(() => described(join(folder, archiveName)))
    const isWhole = rest.folder === folder && jar.sum === rest.jar.sum && jar.ms === rest.jar.ms
    if (!isWhole || sum !== archive.sum) return yield* new JavaHostFault({ reason: `${folder} is damaged` })
    const now = (yield* Clock.currentTimeMillis) / 1000
    // Where others' or a fixed folder is used, nobody notes when.
    yield* Effect.ignore(promised(() => utimes(join(folder, keptName), now, now)))
    return hostOf(folder, classes)
  })

const described = async (path: string) => ({
  sum: sha256(await readFile(path)),
  ms: Math.floor((await stat(path)).mtimeMs / 1000) * 1000
})

const hostOf = (folder: string, classes: JavaHost["classes"]): JavaHost => ({
  classes,
  archive: {
    folder,
    flags: [
      `-XX:SharedArchiveFile=${join(folder, archiveName)}`,
      // A JDK that was replaced since makes none of it; without these words it says so among what the program prints.
      "-Xlog:cds*=off",
      "-cp",
      // What lies beside the program is found where the folder has been removed since.
      `${join(folder, jarName)}${delimiter}.`
    ]
  }
})

interface Tools {
  readonly jdk: string
  readonly environment: Environment
}

interface Making {
  readonly folder: string
  readonly key: string
  readonly scratch: string
  readonly classes: JavaHost["classes"]
}

const tool = ({ environment, jdk }: Tools, name: string, args: ReadonlyArray<string>, cwd?: string) =>
  ran(join(jdk, name), args, { environment, ...(cwd === undefined ? {} : { cwd, input: "a line\n" }) }).pipe(
    Effect.mapError((reason) => new JavaHostFault({ reason: `${name}: ${reason}` }))
  )

const compiled = (tools: Tools, scratch: string) =>
  Effect.gen(function* () {
    const folder = join(scratch, "host")
    const paths = (yield* promised(() => hostSources())).map((name) => join(hosts, name))
    yield* tool(tools, "javac", ["-d", folder, ...paths])
    return yield* promised(async () => {
      const names = (await readdir(folder)).sort()
      const contents = await Promise.all(names.map((name) => readFile(join(folder, name), "base64")))
      return Object.fromEntries(names.map((name, index) => [name, contents[index]!]))
    })
  })

/** Makes the jar and the archive where they stay, since an archive is good only for a jar that lies where it lay. */
const archived = (tools: Tools, { classes, folder: base, key, scratch }: Making) =>
  Effect.gen(function* () {
    const folder = yield* promised(() => mkdtemp(join(base, `${key}-`)))
    const jar = join(folder, jarName)
    const archive = join(folder, archiveName)
    return yield* Effect.gen(function* () {
      yield* tool(tools, "jar", ["--create", "--file", jar, "-C", join(scratch, "host"), "."])
      yield* promised(async () => writeFile(join(scratch, sample), await readFile(join(hosts, sample))))
      const flags = ["-Xmx256m", "-XX:+UseSerialGC", `-XX:ArchiveClassesAtExit=${archive}`, "-cp", jar]
      yield* tool(tools, "java", [...flags, "SeidrHost", "learn", sample], scratch)
      yield* promised(async () => {
        // The user that programs run as has to read it.
        await chmod(folder, 0o755)
        await Promise.all([jar, archive].map((path) => chmod(path, 0o644)))
        const whole = { folder, classes, jar: await described(jar), archive: await described(archive) }
        await writeFile(join(folder, `.${keptName}`), encodeKept(whole), { mode: 0o644 })
        await rename(join(folder, `.${keptName}`), join(folder, keptName))
      })
      yield* promised(dropOthers(base, folder, yield* Clock.currentTimeMillis))
      return hostOf(folder, classes)
    }).pipe(
      Effect.onExit((exit) =>
        exit._tag === "Success"
          ? Effect.void
          : Effect.promise(() => rm(folder, { recursive: true, force: true }))
      )
    )
  })

const mostKept = 3
/** Nobody takes so long to make one, in ms. */
const surelyLeft = 3_600_000

/** Removes those that were not used for the longest, and what was left half made. */
const dropOthers = (base: string, own: string, now: number) => async (): Promise<void> => {
  const others = await Promise.all(
    (await readdir(base))
      .map((name) => join(base, name))
      .filter((path) => path !== own)
      .map(async (path) => {
        const whole = await stat(join(path, keptName)).catch(() => undefined)
        const made = (await stat(path).catch(() => undefined))?.mtimeMs ?? now
        return { path, used: whole?.mtimeMs, made }
      })
  )
  const whole = others
    .filter(({ used }) => used !== undefined)
    .sort((left, right) => (right.used ?? 0) - (left.used ?? 0))
  const left = others.filter(({ made, used }) => used === undefined && now - made > surelyLeft)
  const gone = [...whole.slice(mostKept - 1), ...left]
  await Promise.all(gone.map(({ path }) => rm(path, { recursive: true, force: true })))
}
