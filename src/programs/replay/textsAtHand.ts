import { Effect, Either } from "effect"
import type { Evaluation } from "../../domain/evaluation.ts"
import type { CompletionRequested, Ref } from "../../domain/events.ts"
import { sha256 } from "../../domain/hash.ts"
import type { Judged, Parent } from "../../domain/search/member.ts"
import type { SearchSettings } from "../../domain/settings.ts"
import type { EventLog, LogFailed } from "../../services/EventLog.ts"
import { evaluationIn } from "../../services/parentEvaluation.ts"

/** A text that has to be read first. */
export interface Lacking {
  readonly _tag: "Lacking"
  readonly ref: Ref
}

/** What follows from texts at hand; else which one is lacking, or what is wrong with one. */
export type Made<A> = Either.Either<A, Lacking | LogFailed>

/** A request by its hashes. */
export type Asked = Pick<CompletionRequested, "requestHash" | "request">

/** Characters that are kept besides those that are needed soon. */
const kept = 2 * 2 ** 20
/** Texts whose names are kept. */
const mostNamed = 256

/** What follows from texts, after those have been read that it turns out to need. */
export const makeReading = <A>(
  log: typeof EventLog.Service,
  texts: TextsAtHand,
  make: () => Made<A>
): Effect.Effect<A, LogFailed> =>
  Effect.gen(function* () {
    for (;;) {
      const made = make()
      if (Either.isRight(made)) return made.right
      if (made.left._tag === "LogFailed") return yield* made.left
      texts.put(made.left.ref, yield* log.text(made.left.ref))
    }
  })

/** Texts of a log that have been read, so that what follows from them is computed without an Effect. */
export class TextsAtHand {
  private readonly texts = new Map<Ref, string>()
  private length = 0
  private allowed = kept
  private readonly evaluations = new WeakMap<Judged, Evaluation>()
  private readonly asked = new WeakMap<SearchSettings, Map<string, Asked>>()
  private readonly refs = new Map<string, Ref>()
  private readonly others: ReadonlyMap<Ref, string>

  /** @param others texts besides those of the log */
  constructor(others: ReadonlyMap<Ref, string> = new Map()) {
    this.others = others
  }

  get(ref: Ref): Made<string> {
    const text = this.texts.get(ref) ?? this.others.get(ref)
    return text === undefined ? Either.left({ _tag: "Lacking", ref }) : Either.right(text)
  }

  /** Takes in what is needed soon, in the place of older ones where these have become too many. */
  putSoonNeeded(texts: ReadonlyMap<Ref, string>): void {
    this.trim(kept)
    for (const [ref, text] of texts) this.put(ref, text)
    this.allowed = this.length + kept
  }

  put(ref: Ref, text: string): void {
    if (this.texts.has(ref)) return
    this.texts.set(ref, text)
    this.length += text.length
  }

  /** A parent's evaluation with its details, which every instruction for it needs. */
  evaluationOf({ judged }: Pick<Parent, "judged">): Made<Evaluation> {
    const known = this.evaluations.get(judged)
    if (known !== undefined) return Either.right(known)
    return this.get(judged.details).pipe(
      Either.flatMap((text) => evaluationIn(judged, text)),
      Either.map((evaluation) => {
        this.evaluations.set(judged, evaluation)
        return evaluation
      })
    )
  }

  /** The requests that were made lately under some settings, by whoever makes them. */
  askedUnder(settings: SearchSettings): Map<string, Asked> {
    const before = this.asked.get(settings)
    if (before !== undefined) return before
    const none = new Map<string, Asked>()
    this.asked.set(settings, none)
    return none
  }

  /** The name of a text. Requests share most of their parts. */
  refOf(text: string): Ref {
    const known = this.refs.get(text)
    if (known !== undefined) return known
    const ref = sha256(text)
    if (this.refs.size >= mostNamed) this.refs.clear()
    this.refs.set(text, ref)
    return ref
  }

  /** Lets go of them when they have become too many. Not while something is derived, which may need several. */
  trim(allowed = this.allowed): void {
    if (this.length <= allowed) return
    this.texts.clear()
    this.length = 0
  }
}
