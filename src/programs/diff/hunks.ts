import { structuredPatch } from "diff"

/** A stretch of a unified diff; each line begins with a space, `+` or `-`, or is the remark `\ No newline …`. */
export interface Hunk {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  readonly lines: ReadonlyArray<string>
}

/** Texts that differ in more lines than this are shown as replaced: looking for what they share would take too long. */
const mostEdits = 1_000

const context = 3

/** What leads from one text to another, line by line; none where they are the same. */
export const hunksOf = (before: string, after: string): ReadonlyArray<Hunk> => {
  const patch = structuredPatch("", "", before, after, undefined, undefined, {
    context,
    maxEditLength: mostEdits
  })
  const { hunks } = patch ?? {
    // Every line is out, every other one in: nothing is looked for.
    hunks: [replaced(before, after)]
  }
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    oldStart,
    oldLines,
    newStart,
    newLines,
    lines
  }))
}

const replaced = (before: string, after: string): Hunk => {
  const [out, into] = [linesOf(before), linesOf(after)]
  return {
    oldStart: 1,
    oldLines: out.length,
    newStart: 1,
    newLines: into.length,
    lines: [...out.map((line) => `-${line}`), ...into.map((line) => `+${line}`)]
  }
}

const linesOf = (text: string): ReadonlyArray<string> => text.replace(/\n$/, "").split("\n")
