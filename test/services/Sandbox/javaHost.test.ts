import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
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
            if (line.endsWith("/host.jsa")) System.out.println(line.replaceAll(".*/([^/]+)/host.jsa", "$1"));
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

/** What a program prints, twice, that tells which archive of classes its JVM has mapped, run by a layer of its own. */
const printed = (environment: Environment, meanwhile: () => void) =>
  Effect.gen(function* () {
    const { run } = yield* Sandbox
    const of = (text: string) =>
      Effect.map(run({ language: "java", source: text, inputs: ["1"], limits }), (result) =>
        result._tag === "Ran" ? result.executions.map(({ stdout }) => stdout) : [result.diagnostics]
      )
    const before = yield* of(`// before\n${source}`)
    meanwhile()
    return [before, yield* of(source)] as const
  }).pipe(Effect.provide(layer({ unconfined: false, environment })))

/** The folders of what is kept, each with an archive. */
const kept = (cache: string) => readdirSync(join(cache, "seidr", "java")).sort()

const javac = findExecutable("javac", process.env)

describe.skipIf(javac === undefined)("the classes that run programs of Java", () => {
  it.scopedLive("are kept in an archive, which is made once, and again when it is damaged", () =>
    Effect.gen(function* () {
      const cache = yield* cacheIn("/var/tmp")
      const made = Effect.map(
        javaHost(dirname(javac!), "by its path", { PATH: process.env["PATH"], XDG_CACHE_HOME: cache }),
        ({ archive }) => archive?.folder
      )
      const first = yield* made
      expect(kept(cache)).toEqual([basename(first!)])
      // What was copied from elsewhere is no good: an archive is, where its jar lies as it lay.
      cpSync(first!, `${first}0`, { recursive: true, preserveTimestamps: true })
      expect(yield* made).toBe(first)
      // A JVM dies of an archive that is cut off.
      const archive = join(first!, "host.jsa")
      truncateSync(archive, Math.floor(readFileSync(archive).length / 2))
      const second = yield* made
      expect([first, `${first}0`, undefined]).not.toContain(second)
    })
  )

  it.scopedLive(
    "are mapped from it; programs do without where it cannot be shown, or is removed meanwhile",
    () =>
      Effect.gen(function* () {
        const cache = yield* cacheIn("/var/tmp")
        const link = join(yield* cacheIn("/var/tmp"), "link")
        symlinkSync(cache, link)
        const environment = { ...process.env, XDG_CACHE_HOME: link }
        const remove = () => rmSync(join(cache, "seidr"), { recursive: true })
        const [[before], [removed]] = yield* printed(environment, () => remove())
        expect(before).toMatch(/^2\n[0-9a-f]{64}-\w{6}\n$/)
        expect(removed).toBe("2\n")
        const hidden = yield* cacheIn("/tmp")
        const { archive } = yield* javaHost(dirname(javac!), "hidden", {
          ...process.env,
          XDG_CACHE_HOME: hidden
        })
        expect([archive, readdirSync(hidden)]).toEqual([undefined, []])
      })
  )

  it.scopedLive("are told to be missing where they cannot be compiled", () =>
    Effect.gen(function* () {
      const cache = yield* cacheIn(tmpdir())
      const fault = yield* Effect.flip(javaHost(cache, "none", { XDG_CACHE_HOME: cache }))
      expect(fault.reason).toContain(join(cache, "javac"))
    })
  )
})
