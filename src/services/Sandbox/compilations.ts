import { Deferred, Effect } from "effect"
import { CompiledPrograms } from "./CompiledPrograms.ts"
import type { CompiledFolder } from "./compiledFolder.ts"

/** The compiled program of one key, as it is known now, and what to do with one that has been made. */
export interface Compilation {
  readonly known: () => Buffer | undefined
  readonly made: (program: Buffer) => void
}

/** Compiled programs in memory and in a folder, each made once even where several want it at the same time. */
export interface Compilations {
  /** Whoever wants the same key waits until `work` has made the program, or has ended without one. */
  readonly use: <A, E, R>(
    key: string,
    work: (compilation: Compilation) => Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E, R>
}

/** For languages of which nothing is kept. */
export const uncompiled: Compilations["use"] = (_key, work) =>
  work({ known: () => undefined, made: () => undefined })

export const makeCompilations = (folder: CompiledFolder): Compilations => {
  const programs = new CompiledPrograms()
  const underWay = new Map<string, Deferred.Deferred<void>>()

  const use: Compilations["use"] = (key, work) =>
    Effect.suspend(() => {
      const known = () => programs.get(key)
      const other = underWay.get(key)
      if (known() !== undefined) return work({ known, made: () => undefined })
      if (other !== undefined) return Effect.zipRight(Deferred.await(other), use(key, work))
      return first(key, work, known)
    })

  const first = <A, E, R>(
    key: string,
    work: (compilation: Compilation) => Effect.Effect<A, E, R>,
    known: Compilation["known"]
  ) =>
    Effect.gen(function* () {
      const done = yield* Deferred.make<void>()
      underWay.set(key, done)
      const finish = () => {
        if (underWay.get(key) === done) underWay.delete(key)
        Deferred.unsafeDone(done, Effect.void)
      }
      let fresh: Buffer | undefined
      const made = (program: Buffer) => {
        fresh = program
        programs.set(key, program)
        finish()
      }
      return yield* Effect.gen(function* () {
        const kept = yield* folder.read(key)
        if (kept !== undefined) {
          programs.set(key, kept)
          finish()
        }
        const result = yield* work({ known, made })
        if (fresh !== undefined) yield* folder.write(key, fresh)
        return result
      }).pipe(Effect.ensuring(Effect.sync(finish)))
    })

  return { use }
}
