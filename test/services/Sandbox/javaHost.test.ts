import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Environment } from "../../../src/services/Sandbox/host.ts"
import { findExecutable } from "../../../src/services/Sandbox/host.ts"
import { javaHost } from "../../../src/services/Sandbox/javaHost.ts"
import { layer } from "../../../src/services/Sandbox/layer.ts"
import { Sandbox } from "../../../src/services/Sandbox.ts"

const source = `import java.util.Scanner;
public class Main {
    public static void main(String[] arguments) throws Exception {
        System.out.println(new Scanner(System.in).nextInt() + 1);
        for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/maps"))) {
            if (line.matches(".*[0-9a-f]{64}.jsa")) System.out.println(line.replaceAll(".*/", ""));
        }
    }
}
`
const limits = { timeMs: 20_000, memoryBytes: 2 ** 28, outputBytes: 2 ** 20 }

/** A cache folder of its own: outside of /tmp, which programs have one of their own of, or inside. */
const cacheIn = (base: string) =>
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(base, "seidr-test-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )

/** What a program prints that tells which archive of classes its JVM has mapped, run by a layer of its own. */
const printed = (environment: Environment, meanwhile?: () => void) =>
  Effect.gen(function* () {
    const { run } = yield* Sandbox
    const of = (text: string) =>
      Effect.map(run({ language: "java", source: text, inputs: ["1", "41"], limits }), (result) =>
        result._tag === "Ran" ? result.executions.map(({ stdout }) => stdout) : [result.diagnostics]
      )
    if (meanwhile !== undefined) {
      yield* of(`// before\n${source}`)
      meanwhile()
    }
    return yield* of(source)
  }).pipe(Effect.provide(layer({ unconfined: false, environment })))

const archives = (cache: string) =>
  readdirSync(join(cache, "seidr", "java"))
    .filter((name) => name.endsWith(".jsa"))
    .sort()

const javac = findExecutable("javac", process.env)

describe.skipIf(javac === undefined)("the classes that run programs of Java", () => {
  it.scopedLive("are mapped from an archive, which is made once, and again when it is damaged", () =>
    Effect.gen(function* () {
      const cache = yield* cacheIn("/var/tmp")
      const environment = { ...process.env, XDG_CACHE_HOME: cache }
      const first = yield* printed(environment)
      const [name = "none"] = archives(cache)
      expect(first).toEqual([
        expect.stringContaining(`2\n${name}\n`),
        expect.stringContaining(`42\n${name}\n`)
      ])
      expect(yield* printed(environment)).toEqual(first)
      expect(archives(cache)).toEqual([name])
      // A JVM dies of an archive that is cut off.
      const archive = join(cache, "seidr", "java", name)
      truncateSync(archive, Math.floor(readFileSync(archive).length / 2))
      const [again = ""] = yield* printed(environment)
      expect(again).toMatch(/^2\n[0-9a-f]{64}\.jsa\n/)
    })
  )

  it.scopedLive("do without where the cache is in /tmp, or is removed while programs run", () =>
    Effect.gen(function* () {
      const hidden = yield* cacheIn("/tmp")
      const plain = yield* printed({ ...process.env, XDG_CACHE_HOME: hidden })
      expect(plain.map((text) => text.split("\n")[0])).toEqual(["2", "42"])
      expect(plain.join()).not.toMatch(/[0-9a-f]{64}\.jsa/)
      expect(readdirSync(hidden)).toEqual([])
      const cache = yield* cacheIn("/var/tmp")
      const removed = yield* printed({ ...process.env, XDG_CACHE_HOME: cache }, () =>
        rmSync(join(cache, "seidr"), { recursive: true })
      )
      expect(removed.map((text) => text.split("\n")[0])).toEqual(["2", "42"])
      expect(removed.join()).not.toMatch(/[0-9a-f]{64}\.jsa/)
    })
  )

  it.scopedLive("are told to be missing where they cannot be compiled", () =>
    Effect.gen(function* () {
      const cache = yield* cacheIn(tmpdir())
      const fault = yield* Effect.flip(javaHost(cache, "none", { XDG_CACHE_HOME: cache }))
      expect(String(fault.cause)).toContain(join(cache, "javac"))
      const jdk = dirname(javac!)
      const found = yield* javaHost(jdk, "by its path", { PATH: process.env["PATH"], XDG_CACHE_HOME: cache })
      expect(Object.keys(found.classes)).toContain("SeidrHost.class")
    })
  )
})
