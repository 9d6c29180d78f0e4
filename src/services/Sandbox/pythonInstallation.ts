import { Effect, Schema } from "effect"
import { type Environment, findExecutable, outputOf } from "./host.ts"

/** The Python that runs every sandbox, and the Python programs in it. */
export interface PythonInstallation {
  /** The interpreter itself, behind any shim, virtual environment or link. */
  readonly executable: string
  /** Words before the interpreter that switch address randomisation off; empty where the interpreter has to do it. */
  readonly prefix: ReadonlyArray<string>
  readonly version: string
  /** Folders that it reads to start, and its standard library. */
  readonly folders: ReadonlyArray<string>
  /** Folders of installed packages. */
  readonly packages: ReadonlyArray<string>
}

const Report = Schema.parseJson(
  Schema.Struct({
    executable: Schema.String,
    version: Schema.Tuple(Schema.Int, Schema.Int, Schema.Int),
    folders: Schema.Array(Schema.String),
    packages: Schema.Array(Schema.String)
  })
)

const question =
  "import json, os, sys; print(json.dumps({'executable': os.path.realpath(sys.executable)," +
  " 'version': list(sys.version_info[:3]), 'folders': [sys.base_prefix, sys.base_exec_prefix]" +
  " + [p for p in sys.path if not p.endswith('-packages')]," +
  " 'packages': [p for p in sys.path if p.endswith('-packages')]}))"

/** Fails with the reason, for people, why there is no Python ≥ 3.8. */
export const findPython = (
  name: string,
  environment: Environment
): Effect.Effect<PythonInstallation, string> =>
  Effect.gen(function* () {
    const found = findExecutable(name, environment)
    if (found === undefined) return yield* Effect.fail(`${name} is not installed`)
    const output = yield* outputOf(found, ["-I", "-c", question], environment)
    if (output === undefined) return yield* Effect.fail(`${name} does not start`)
    const { executable, folders, packages, version } = yield* Schema.decodeUnknown(Report)(output).pipe(
      Effect.mapError(() => `${name} does not answer as a Python 3 does`)
    )
    const text = version.join(".")
    if (version[0] !== 3 || version[1] < 8) return yield* Effect.fail(`${name} is ${text}, and 3.8 is needed`)
    const prefix = yield* fixedAddresses(environment)
    return { executable, folders, packages, prefix, version: `Python ${text}` }
  })

/** A small program of util-linux starts in a third of the time that the interpreter needs to start twice. */
const fixedAddresses = (environment: Environment): Effect.Effect<ReadonlyArray<string>> =>
  Effect.gen(function* () {
    const setarch = findExecutable("setarch", environment)
    if (setarch === undefined) return []
    const worked = yield* outputOf(setarch, ["-R", "true"], environment)
    return worked === undefined ? [] : [setarch, "-R"]
  })
