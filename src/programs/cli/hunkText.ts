import { printableLine } from "../../domain/printable.ts"
import type { Change } from "../diff/change.ts"
import type { Hunk } from "../diff/hunks.ts"
import type { Screen } from "./Screen.ts"

type Painter = Pick<typeof Screen.Service, "paint">

/** Hunks as a unified diff; what stands in the lines is made harmless. */
export const hunkText = (screen: Painter, hunks: ReadonlyArray<Hunk>): ReadonlyArray<string> =>
  hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    screen.paint("bold", `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`),
    ...lines.map((line) => {
      // A tab is kept: programs are indented by it.
      const shown = line.split("\t").map(printableLine).join("\t")
      return line.startsWith("+")
        ? screen.paint("green", shown)
        : line.startsWith("-")
          ? screen.paint("red", shown)
          : shown
    })
  ])

/** As `diff -u` has it: an empty stretch lies after the line before it. */
const range = (start: number, lines: number): string =>
  lines === 0 ? `${start - 1},0` : lines === 1 ? `${start}` : `${start},${lines}`

/** What a repair has changed, for people. */
export const changeText = (
  screen: Painter,
  node: string,
  { parent, hasProgram, hunks }: Change
): ReadonlyArray<string> => {
  if (parent === null) return [`${node} is a draft: it has no parent to be compared with`]
  const without = [...(hasProgram.parent ? [] : [parent]), ...(hasProgram.node ? [] : [node])]
  return [
    screen.paint("bold", `--- ${parent}`),
    screen.paint("bold", `+++ ${node}`),
    ...without.map((place) => `${place} has no program`),
    ...(hunks.length === 0 && without.length === 0 ? ["the program is the same"] : []),
    ...hunkText(screen, hunks)
  ]
}
