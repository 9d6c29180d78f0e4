import type { Block } from "./answer/block.ts"
import { fenced } from "./answer/fenced.ts"
import { joined } from "./answer/joined.ts"
import { looseBlocks } from "./answer/looseBlocks.ts"
import { standing } from "./answer/standing.ts"
import { outsideThoughts } from "./answer/thoughts.ts"
import { tidied } from "./answer/tidied.ts"
import { wrappedBlocks } from "./answer/wrappedBlocks.ts"
import type { Language } from "./language.ts"

/** What a model's answer held: the text of a program that ends in one line end, or why there is none. */
export type Extraction =
  | { readonly _tag: "Program"; readonly program: string }
  | { readonly _tag: "NoProgram"; readonly reason: string }

/** The longest program that is taken, in bytes of UTF-8. */
export const maxProgramBytes = 256 * 1024

/**
 * The program in an answer, as a person would take it: the best fenced block, else what stands between tags such as
 * `[PYTHON]` or `<code>`, else the lines that look like code. Thoughts are left aside unless there is nothing else.
 * Total and linear in the answer's length.
 */
export const programOf = (answer: string, language: Language): Extraction => {
  const text = answer.replaceAll("\r\n", "\n").replace(/^\uFEFF/, "")
  if (text.trim() === "") return { _tag: "NoProgram", reason: "the answer is empty" }
  const { said, thought } = outsideThoughts(text)
  const whole = untilStopToken(said)
  const { blocks, outside } = fenced(whole, language)
  const program =
    bestOf(blocks, language, joined) ??
    bestOf(outside.flatMap(wrappedBlocks), language) ??
    bestOf(
      outside.flatMap((piece) => looseBlocks(piece, language)),
      language
    ) ??
    bestOf(fenced(thought, language).blocks, language)
  if (program === undefined) return { _tag: "NoProgram", reason: "there is no code in the answer" }
  if (isTooLong(program)) {
    return { _tag: "NoProgram", reason: `the program is too long (over ${maxProgramBytes} bytes)` }
  }
  return { _tag: "Program", program }
}

/** A unit of a string has at most three bytes, so that few have to be encoded. */
const isTooLong = (program: string): boolean =>
  3 * program.length > maxProgramBytes && new TextEncoder().encode(program).length > maxProgramBytes

/**
 * The block that stands highest; among equals the last one that is not much shorter than the longest: a corrected
 * program comes after the wrong one and is about as long, an example of its use comes after it and is short.
 *
 * @param complete makes of it and the other blocks of its tag the program of which it is a part
 */
const bestOf = (
  blocks: ReadonlyArray<Block>,
  language: Language,
  complete?: typeof joined
): string | undefined => {
  const candidates = blocks
    .map(({ tag, text }) => {
      const program = tidied(text, language)
      return { tag, program, standing: standing(tag, program, language) }
    })
    .filter(({ program, standing }) => program !== "" && standing > 0)
  const highest = candidates.reduce((most, { standing }) => Math.max(most, standing), 0)
  const equals = candidates.filter(({ standing }) => standing === highest)
  const longest = equals.reduce((most, { program }) => Math.max(most, program.length), 0)
  const best = equals.findLast(({ program }) => program.length >= 0.6 * longest)
  if (best === undefined || complete === undefined) return best?.program
  const alike = candidates.filter(({ tag }) => tag === best.tag)
  return complete(
    alike.map(({ program }) => program),
    alike.indexOf(best),
    language
  )
}

/** Small models run on after the token that should have ended their answer, and print the token. */
const untilStopToken = (text: string): string => {
  const at = text.search(/<\|(?:im_end|endoftext|end|eot_id|end_of_text|im_start)\|>/)
  return at < 0 || text.slice(0, at).trim() === "" ? text : text.slice(0, at)
}
