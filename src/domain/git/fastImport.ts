import { type Attempt, messageOf } from "./attempt.ts"

/** Who commits. */
export interface Identity {
  readonly name: string
  readonly email: string
}

/**
 * One branch as `git fast-import` reads it: every attempt in order on `{branch}_dev`, every strict improvement in its problem and
 * language on `{branch}`. The same attempts are the same commits, so that doing it twice adds nothing, and later attempts
 * come on top. Marks are counted on from `marks`.
 */
export class BranchStream {
  private readonly branch: string
  private readonly identity: Identity
  private readonly metrics: string | undefined
  private marks: number
  private readonly best = new Map<string, number>()
  private readonly begun = new Set<string>()

  constructor(branch: string, identity: Identity, metrics: string | undefined, marks: number) {
    this.branch = branch
    this.identity = identity
    this.metrics = metrics
    this.marks = marks
  }

  get lastMark(): number {
    return this.marks
  }

  /** The branches that have a commit. */
  get branches(): ReadonlyArray<string> {
    return [...this.begun]
  }

  /** The commands for one attempt. */
  add(attempt: Attempt): string {
    const mark = ++this.marks
    const blob = `blob\nmark :${mark}\n${data(attempt.program)}`
    const commits = [this.commit(`${this.branch}_dev`, attempt, mark)]
    const best = this.best.get(attempt.file)
    if (best === undefined || attempt.score > best) {
      this.best.set(attempt.file, attempt.score)
      commits.push(this.commit(this.branch, attempt, mark))
    }
    return blob + commits.join("")
  }

  private commit(branch: string, attempt: Attempt, blob: number): string {
    const ref = `refs/heads/${branch}`
    // Without it, the first commit would come on top of what the branch holds already.
    const reset = this.begun.has(branch) ? "" : `reset ${ref}\n`
    this.begun.add(branch)
    const { email, name } = this.identity
    return (
      `${reset}commit ${ref}\n` +
      `committer ${wordFor(name)} <${wordFor(email)}> ${Math.floor(attempt.at / 1000)} +0000\n` +
      `${data(messageOf(attempt, this.metrics))}M 100644 :${blob} ${attempt.file}\n\n`
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
