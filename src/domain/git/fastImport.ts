import { type Attempt, messageOf } from "./attempt.ts"
import type { Holdings } from "./holdings.ts"

/** Who commits. */
export interface Identity {
  readonly name: string
  readonly email: string
}

/** What a branch is before more is written to it: its commit, undefined when it is not there, and what it holds. */
export interface Tip {
  readonly commit: string | undefined
  readonly holdings: Holdings
}

/** The branch of all attempts, and that of the improvements. */
export interface Tips {
  readonly all: Tip
  readonly best: Tip
}

/**
 * One branch as `git fast-import` reads it: every attempt in order on `{branch}_dev`, every strict improvement of its run on
 * `{branch}`, on top of what they hold. What they hold already is not written again. The same attempts on nothing are the
 * same commits. Marks are counted on from `marks`.
 *
 * @param best the best score of each run so far; it is kept up to date
 */
export class BranchStream {
  private readonly branch: string
  private readonly identity: Identity
  private readonly tips: Tips
  private readonly best: Map<string, number>
  private marks: number
  private readonly begun = new Set<string>()

  constructor(branch: string, identity: Identity, tips: Tips, best: Map<string, number>, marks: number) {
    this.branch = branch
    this.identity = identity
    this.tips = tips
    this.best = best
    this.marks = marks
  }

  get lastMark(): number {
    return this.marks
  }

  /** The branches that have a new commit. */
  get written(): ReadonlyArray<string> {
    return [...this.begun]
  }

  /** Whether an attempt has to be written to any branch; a text of it is needed only then. */
  isNew(attempt: Pick<Attempt, "runId" | "node" | "score">): boolean {
    const { all, best } = this.tips
    return !all.holdings.has(attempt) || (this.isBetter(attempt) && !best.holdings.has(attempt))
  }

  /** Takes note of an attempt that need not be written. */
  skip(attempt: Pick<Attempt, "runId" | "score">): void {
    if (this.isBetter(attempt)) this.best.set(attempt.runId, attempt.score)
  }

  /** The commands for one attempt. */
  add(attempt: Attempt): string {
    const mark = ++this.marks
    const commits = [this.commit(`${this.branch}_dev`, this.tips.all, attempt, mark)]
    if (this.isBetter(attempt)) {
      this.best.set(attempt.runId, attempt.score)
      commits.push(this.commit(this.branch, this.tips.best, attempt, mark))
    }
    return `blob\nmark :${mark}\n${data(attempt.program)}${commits.join("")}`
  }

  private isBetter({ runId, score }: Pick<Attempt, "runId" | "score">): boolean {
    const best = this.best.get(runId)
    return best === undefined || score > best
  }

  private commit(branch: string, { commit, holdings }: Tip, attempt: Attempt, blob: number): string {
    if (holdings.has(attempt)) return ""
    holdings.add(attempt)
    const ref = `refs/heads/${branch}`
    // Without it, the first commit would come on top of whatever the branch is in this repository.
    const from = commit === undefined ? "" : `from ${commit}\n`
    const reset = this.begun.has(branch) ? "" : `reset ${ref}\n${from}\n`
    this.begun.add(branch)
    const { email, name } = this.identity
    return (
      `${reset}commit ${ref}\n` +
      `committer ${wordFor(name)} <${wordFor(email)}> ${Math.floor(attempt.at / 1000)} +0000\n` +
      `${data(messageOf(attempt))}M 100644 :${blob} ${attempt.file}\n\n`
    )
  }
}

/** What a name or an address may hold in a commit. */
const wordFor = (text: string): string =>
  Array.from(text.replace(/[<>]/g, ""), (character) => (character < " " ? " " : character))
    .join("")
    .trim()

const encoder = new TextEncoder()

const data = (text: string): string => `data ${encoder.encode(text).length}\n${text}\n`
