/**
 * One of the two programs that a candidate and a test are made into. The candidate's answers calls, and the test's
 * makes them: between their processes nothing but lines passes, whose values are plain ones of the language.
 *
 * The test's side begins with a line `call VALUES` or with its end, and is answered by `gave VALUE`. It ends with `passed`,
 * or with `fails TEXT`, the text in hexadecimal digits, and behind it which call the failure is about, counted from 1, where
 * that is not the last one. The candidate's says `ready`, and then answers calls.
 */
export interface Side {
  readonly source: string
  /**
   * Which lines of the source are whose, for a language that cannot be told in the source itself: the candidate's
   * are from the first line to `program`, and those of the test, if there is one, begin below `test`.
   */
  readonly lines?: { readonly file: string; readonly program: number; readonly test?: number }
  /** What was put before the candidate on its first line. */
  readonly prefix?: string
  /** The lines that were put before the candidate's own, where it only continues the prompt. */
  readonly before?: number
}

export interface Sides {
  readonly program: Side
  readonly tests: Side
}

/** The type of what a prompt does not declare: a compiler shows it. */
export const undeclared = "the_prompt_declares_no_such_function"

/** What the parts of ours are called in both programs. That a candidate may know it harms nobody but itself. */
export const ours = "s3idr"

export const countLines = (text: string): number => text.split("\n").length
