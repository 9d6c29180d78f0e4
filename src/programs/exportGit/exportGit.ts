import { Effect, Stream } from "effect"
import type { Attempt } from "../../domain/git/attempt.ts"
import { branchOf, fileOf } from "../../domain/git/branch.ts"
import { BranchStream, type Identity } from "../../domain/git/fastImport.ts"
import { languages } from "../../domain/language.ts"
import { EventLog } from "../../services/EventLog.ts"
import { Git, type GitRemote } from "../../services/Git.ts"
import { RunCatalogue, type RunSummary } from "../../services/RunCatalogue.ts"
import { type Judgement, judgementsOf } from "./judgements.ts"

export interface GitExport {
  /** The bare repository that commits are written to; made when it is not there. */
  readonly folder: string
  /** Where its branches are pushed; nowhere when undefined. */
  readonly remote: GitRemote | undefined
  readonly identity: Identity
}

export interface GitExported {
  readonly branches: ReadonlyArray<{ readonly name: string; readonly commit: string }>
  readonly attempts: number
}

/**
 * Writes the attempts of runs as commits: branches, files and messages as the published system has them. The attempts of
 * all runs on a branch are in the order in which they were judged. Doing it again adds what is new, and nothing else.
 */
export const exportGit = Effect.fn("exportGit")(function* (
  wanted: ReadonlyArray<RunSummary>,
  { folder, identity, remote }: GitExport
) {
  const git = yield* Git
  const log = yield* EventLog
  const all = yield* (yield* RunCatalogue).list
  const byBranch = new Map<string, Array<Judgement>>()
  const repetitions = yield* repetitionsIn(all)
  for (const run of wanted) {
    const { dataset, judgements, settings } = yield* judgementsOf(run.runId)
    if (settings === undefined) continue
    const branch = branchOf(dataset, settings, repetitions.get(run.runId) ?? 0)
    byBranch.set(branch, [...(byBranch.get(branch) ?? []), ...judgements])
  }
  const written = new Set<string>()
  let marks = 0
  let attempts = 0
  const commands = Stream.fromIterable(byBranch).pipe(
    Stream.flatMap(([branch, judgements]) => {
      const stream = new BranchStream(branch, identity, undefined, marks)
      const ordered = judgements.toSorted(inOrder)
      return Stream.fromIterable(ordered).pipe(
        Stream.mapEffect((judgement) =>
          Effect.gen(function* () {
            const attempt: Attempt = {
              ...judgement,
              file: fileOf(judgement.problem, languages[judgement.language].fileName),
              program: judgement.program === null ? "" : yield* log.text(judgement.program),
              prompt: (yield* Effect.forEach(judgement.prompt, log.text)).join("")
            }
            attempts += 1
            const text = stream.add(attempt)
            marks = stream.lastMark
            for (const name of stream.branches) written.add(name)
            return text
          })
        )
      )
    })
  )
  yield* git.init(folder)
  yield* git.write(folder, commands)
  if (remote !== undefined) yield* git.push(folder, remote, [...written])
  const heads = yield* git.heads(folder)
  const branches = [...written].sort().map((name) => ({ name, commit: heads.get(name) ?? "" }))
  const exported: GitExported = { branches, attempts }
  return exported
})

const inOrder = (left: Judgement, right: Judgement): number =>
  left.at - right.at ||
  (left.runId < right.runId ? -1 : left.runId > right.runId ? 1 : left.index - right.index)

/** The how-manieth run each is of its problem, language and settings: later runs change no earlier number. */
const repetitionsIn = Effect.fn("exportGit.repetitions")(function* (runs: ReadonlyArray<RunSummary>) {
  const counts = new Map<string, number>()
  const numbers = new Map<string, number>()
  for (const run of runs.toReversed()) {
    const { dataset, settings } = yield* judgementsOf(run.runId, true)
    if (settings === undefined) continue
    const key = [branchOf(dataset, settings, 0), run.problem, run.language].join("\0")
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    numbers.set(run.runId, count)
  }
  return numbers
})
