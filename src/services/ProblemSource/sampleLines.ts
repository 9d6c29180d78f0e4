import { Effect, Stream } from "effect"
import type { Random } from "../../domain/random.ts"

/** A line of a file, counted from 1, without its end. */
export interface SampledLine {
  readonly line: number
  readonly text: string
}

const longestLine = 2 ** 20

/**
 * A random sample without replacement of a file's lines that are not empty, in random order, in one pass. Every line
 * gets a number, and the `size` smallest win: so a larger sample from the same numbers begins with the smaller one,
 * and no more than twice `size` lines are held. Fails with a sentence for a line beyond 1 MiB or outside of UTF-8.
 */
export const sampleLines = <E>(
  bytes: Stream.Stream<Uint8Array, E>,
  size: number,
  random: Random
): Effect.Effect<ReadonlyArray<SampledLine>, E | string> =>
  Effect.suspend(() => {
    const sampler = new Sampler(size, random)
    return bytes.pipe(
      Stream.runForEach((chunk) =>
        sampler.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      ),
      Effect.zipRight(Effect.suspend(() => sampler.finish()))
    )
  })

interface Candidate {
  readonly priority: number
  readonly line: number
  readonly bytes: Buffer
}

class Sampler {
  readonly #size: number
  readonly #random: Random
  #kept: Array<Candidate> = []
  #bound = Number.POSITIVE_INFINITY
  #line = 0
  #rest = Buffer.alloc(0)

  constructor(size: number, random: Random) {
    this.#size = size
    this.#random = random
  }

  push(chunk: Buffer): Effect.Effect<void, string> {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const line = chunk.subarray(start, end)
      this.#offer(this.#rest.length === 0 ? line : Buffer.concat([this.#rest, line]))
      this.#rest = Buffer.alloc(0)
      start = end + 1
    }
    this.#rest = Buffer.concat([this.#rest, chunk.subarray(start)])
    return this.#rest.length > longestLine
      ? Effect.fail(`line ${this.#line + 1}: the line is longer than 1 MiB`)
      : Effect.void
  }

  finish(): Effect.Effect<ReadonlyArray<SampledLine>, string> {
    if (this.#rest.length > 0) this.#offer(this.#rest)
    this.#shrink()
    return Effect.forEach(this.#kept, ({ line, bytes }) =>
      Effect.try({
        try: () => ({ line, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }),
        catch: () => `line ${line}: the line is not UTF-8 text`
      })
    )
  }

  #offer(bytes: Buffer): void {
    this.#line += 1
    if (bytes.length === 0 || (bytes.length === 1 && bytes[0] === 13)) return
    const priority = this.#random.number()
    if (priority >= this.#bound) return
    // A copy, so that a short line does not hold a whole chunk in memory.
    this.#kept.push({ priority, line: this.#line, bytes: Buffer.from(bytes) })
    if (this.#kept.length >= 2 * this.#size + 100) this.#shrink()
  }

  #shrink(): void {
    this.#kept.sort((left, right) => left.priority - right.priority || left.line - right.line)
    this.#kept = this.#kept.slice(0, this.#size)
    if (this.#kept.length === this.#size) this.#bound = this.#kept.at(-1)?.priority ?? 0
  }
}
