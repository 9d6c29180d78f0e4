import { Effect } from "effect"
import { attemptNamed } from "../../domain/git/attempt.ts"
import { branchOf, numberOf } from "../../domain/git/branch.ts"
import { Holdings } from "../../domain/git/holdings.ts"
import { Git, type GitRemote } from "../../services/Git.ts"

/** Where commits are written. */
export interface Destination {
  /** A bare repository; made when it is not there. */
  readonly folder: string
  /** Where its branches are pushed; nowhere when undefined. */
  readonly remote: GitRemote | undefined
  /** Whether nobody but us writes to the folder, so that its branches may be made anew. */
  readonly isOurs: boolean
}

/** A branch: what the destination has, and what stands in the folder and may have to go there. */
interface TipState {
  readonly name: string
  seen: string | undefined
  commit: string | undefined
  readonly holdings: Holdings
}

/** The two branches of a stem and a number. */
export interface PairState {
  readonly all: TipState
  readonly best: TipState
}

/**
 * What is known of a destination's branches. It is looked at before the first commit is written, and again when a push
 * has failed: what somebody else has put there stays, and is what further commits come on top of.
 */
export const makeBranches = ({ folder, remote }: Destination) => {
  const stems = new Map<string, Map<number, PairState>>()

  const pairs = () => [...stems.values()].flatMap((numbers) => [...numbers.values()])
  const tips = () => pairs().flatMap(({ all, best }) => [all, best])

  /** The pair of a stem and a number, made when it is not there. */
  const pairOf = (stem: string, number: number): PairState => {
    const numbers = stems.get(stem) ?? new Map<number, PairState>()
    stems.set(stem, numbers)
    const tipOf = (name: string): TipState => ({
      name,
      seen: undefined,
      commit: undefined,
      holdings: new Holdings()
    })
    const name = branchOf(stem, number)
    const pair = numbers.get(number) ?? { all: tipOf(`${name}_dev`), best: tipOf(name) }
    numbers.set(number, pair)
    return pair
  }

  /** Reads what branches hold that were not known before. */
  const load = Effect.fn("Branches.load")(function* (stem: string, heads: ReadonlyMap<string, string>) {
    const git = yield* Git
    const found = [...heads.keys()].flatMap((name) => {
      const number = numberOf(stem, name)
      return number === undefined || stems.get(stem)?.has(number) === true ? [] : [{ name, number }]
    })
    if (remote !== undefined) {
      yield* git.fetch(
        folder,
        remote,
        found.map(({ name }) => name)
      )
    }
    for (const { name, number } of found.sort((left, right) => left.number - right.number)) {
      const { all, best } = pairOf(stem, number)
      const tip = name === all.name ? all : best
      tip.seen = heads.get(name)
      tip.commit = tip.seen
      if (tip.seen === undefined) continue
      yield* git.secondLines(folder, tip.seen, (line) => {
        const attempt = attemptNamed(line)
        if (attempt !== undefined) tip.holdings.add(attempt)
      })
    }
  })

  /**
   * Looks at the destination, for these stems too.
   *
   * @returns the stems whose branches somebody else has changed: what was planned for them is void; and whether anything
   *   is otherwise than it was
   */
  const look = Effect.fn("Branches.look")(function* (wanted: ReadonlySet<string>) {
    const git = yield* Git
    const heads = yield* remote === undefined ? git.heads(folder) : git.remoteHeads(folder, remote)
    const changed = new Set<string>()
    let isNew = false
    for (const [stem, numbers] of stems) {
      for (const { all, best } of numbers.values()) {
        for (const tip of [all, best]) {
          const seen = heads.get(tip.name)
          isNew ||= seen !== tip.seen
          if (seen !== tip.seen && seen !== tip.commit) changed.add(stem)
          tip.seen = seen
        }
      }
    }
    for (const stem of changed) stems.delete(stem)
    for (const stem of wanted) {
      if (!stems.has(stem)) stems.set(stem, new Map())
      yield* load(stem, heads)
    }
    return { changed, isNew }
  })

  /** Brings to the remote what it does not have. */
  const push = Effect.gen(function* () {
    const left = tips().filter(({ commit, seen }) => commit !== undefined && commit !== seen)
    if (left.length === 0) return
    const commits = new Map(left.map(({ commit, name }) => [name, commit ?? ""]))
    if (remote !== undefined) yield* (yield* Git).push(folder, remote, commits)
    for (const tip of left) tip.seen = tip.commit
  })

  /** Takes note of what stands in the folder now. */
  const written = Effect.fn("Branches.written")(function* (names: ReadonlySet<string>) {
    if (names.size === 0) return
    const heads = yield* (yield* Git).heads(folder)
    for (const tip of tips()) if (names.has(tip.name)) tip.commit = heads.get(tip.name)
  })

  return {
    isKnown: (stem: string) => stems.has(stem),
    numbersOf: (stem: string): ReadonlyMap<number, PairState> => stems.get(stem) ?? new Map(),
    forgetAll: () => stems.clear(),
    pairOf,
    look,
    written,
    push
  }
}
