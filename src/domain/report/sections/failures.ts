import { amount, percent, withInterval } from "../numbers.ts"
import { type Section, table } from "../page.ts"
import type { Source } from "../source.ts"

/** Why programs fail, and how repairs do. */
export const failuresSection = ({ analysis }: Source): Section => {
  const totals = analysis.groups.filter(({ problem }) => problem === null)
  const places = new Map(analysis.settings.map(({ id }, place) => [id, place]))
  const marked = (setting: string) => ({ text: setting, setting: places.get(setting)! })
  return {
    id: "failures",
    title: "What fails, and what repairs bring",
    blocks: [
      table(
        "failures-table",
        "Programs that do not pass, by the verdict of their first case with the lowest score",
        [
          ["setting", "text"],
          ["verdict", "text"],
          ["share of failing programs", "number"],
          ["failing programs", "number"]
        ],
        totals.flatMap(({ setting, summary }) =>
          summary.failures.map(({ share, verdict }) => [
            marked(setting),
            verdict,
            withInterval(share, percent),
            amount(share.n)
          ])
        )
      ),
      table(
        "repairs-table",
        "Repairs, by who wrote their instruction: better or worse than what they repair, and passing all",
        [
          ["setting", "text"],
          ["instructions by", "text"],
          ["repairs", "number"],
          ["better", "number"],
          ["worse", "number"],
          ["passing", "number"],
          ["instructions that help", "number"]
        ],
        totals.flatMap(({ setting, summary }) =>
          summary.repairs.map(({ helpful, improved, passing, worse, writer }) => [
            marked(setting),
            writer,
            amount(improved.n),
            withInterval(improved, percent),
            withInterval(worse, percent),
            withInterval(passing, percent),
            withInterval(helpful, percent)
          ])
        )
      )
    ]
  }
}
