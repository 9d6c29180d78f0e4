import type { ComparedBy } from "../../metrics/summary/compare.ts"
import { score, withInterval } from "../numbers.ts"
import { type Section, table, text } from "../page.ts"
import type { Source } from "../source.ts"

const names: Readonly<Record<ComparedBy, string>> = {
  solved: "solved",
  testPassRate: "test pass rate",
  solvedAtEqualPrograms: "solved, at equal programs",
  solvedAtEqualTokens: "solved, at equal tokens"
}

/** More comparisons are in the document and the CSV of `seidr analyse` only. */
const mostRows = 120

/** Every two settings on the same problems and seeds; nothing for a single setting. */
export const comparisonsSection = ({ analysis }: Source): ReadonlyArray<Section> => {
  const { comparisons, settings } = analysis
  if (comparisons.length === 0) return []
  const marked = (place: number) => ({ text: settings[place]!.id, setting: place })
  return [
    {
      id: "comparisons",
      title: "Settings compared",
      blocks: [
        text(
          "Runs of one problem with one seed were judged on the same cases, and are a pair. The verdict is by the exact two-sided sign test, with p adjusted for all comparisons by one measure (Holm): up to 0.05 the setting that wins more pairs is better. Undecided does not mean equal; fewer than six pairs that differ are always undecided."
        ),
        ...(comparisons.length > mostRows
          ? [
              text(
                `The first ${mostRows} of ${comparisons.length} comparisons are shown; seidr analyse --csv has all.`
              )
            ]
          : []),
        table(
          "comparisons-table",
          "Pairs of the same problem and seed",
          [
            ["first", "text"],
            ["second", "text"],
            ["by", "text"],
            ["first better", "number"],
            ["second better", "number"],
            ["equal", "number"],
            ["mean difference", "number"],
            ["adjusted p", "number"],
            ["verdict", "text"]
          ],
          comparisons
            .slice(0, mostRows)
            .map(({ adjusted, by, difference, first, losses, second, ties, verdict, wins }) => [
              marked(first),
              marked(second),
              names[by],
              String(wins),
              String(losses),
              String(ties),
              withInterval(difference, signed),
              adjusted < 0.001 ? "< 0.001" : adjusted === 1 ? "1" : adjusted.toFixed(3),
              verdict === "undecided"
                ? "undecided"
                : `${settings[verdict === "first" ? first : second]!.id} is better`
            ])
        )
      ]
    }
  ]
}

/** Of differences: from −1 to 1. */
const signed = (value: number | null): string =>
  value === null || value >= 0 ? score(value) : `−${score(-value)}`
