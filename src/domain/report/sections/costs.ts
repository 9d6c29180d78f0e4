import { amount, none, withInterval } from "../numbers.ts"
import { type Section, table, text } from "../page.ts"
import { type Source, totalsOf } from "../source.ts"

/** What was spent: on average by a run, and in all by model. */
export const costsSection = ({ analysis }: Source): Section => {
  const totals = totalsOf(analysis)
  const hasCost = totals.some(({ summary }) => summary.cost.value !== null)
  return {
    id: "cost",
    title: "Cost",
    blocks: [
      table(
        "cost-of-a-run",
        "What a run uses up to its stopping index, on average",
        [
          ["setting", "text"],
          ["runs", "number"],
          ["programs", "number"],
          ["calls of models", "number"],
          ["tokens", "number"],
          ["cost", "number"],
          ["seconds of work", "number"]
        ],
        totals.map(({ place, setting, summary }) => [
          { text: setting.id, setting: place },
          String(summary.runs),
          withInterval(summary.programs, amount),
          withInterval(summary.calls, amount),
          withInterval(summary.tokens, amount),
          withInterval(summary.cost, amount),
          withInterval(summary.seconds, amount)
        ])
      ),
      table(
        "cost-by-model",
        "What all runs asked of each model, with what was asked for beyond stopping indices (surplus)",
        [
          ["setting", "text"],
          ["model", "text"],
          ["calls", "number"],
          ["of them surplus", "number"],
          ["adopted from ancestors", "number"],
          ["failed", "number"],
          ["tokens read", "number"],
          ["tokens written", "number"],
          ["calls without a count", "number"],
          ["cost", "number"]
        ],
        totals.flatMap(({ place, setting, summary }) =>
          summary.models.map((bill) => [
            { text: setting.id, setting: place },
            bill.model,
            amount(bill.calls),
            amount(bill.surplus),
            amount(bill.adopted),
            amount(bill.failed),
            amount(bill.tokens.in),
            amount(bill.tokens.out),
            amount(bill.uncounted),
            bill.cost === null ? none : amount(bill.cost)
          ])
        )
      ),
      ...(hasCost ? [] : [text("There is no cost: no price of the models was given (--prices).")])
    ]
  }
}
