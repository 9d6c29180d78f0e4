import { printableLine } from "../../domain/printable.ts"
import type { RunSummary } from "../../services/RunCatalogue.ts"
import type { FirstDifference, NodeTexts, RunDiff } from "../diff/diff.ts"
import type { Outcome } from "../diff/side.ts"
import { hunkText } from "./hunkText.ts"
import type { Screen } from "./Screen.ts"

type Painter = Pick<typeof Screen.Service, "paint" | "width">
type Row = readonly [what: string, left: string, right: string]

/** A comparison of two runs, for people. */
export const diffText = (
  screen: Painter,
  compared: RunDiff,
  [left, right]: readonly [RunSummary, RunSummary]
): ReadonlyArray<string> => {
  const { settings, shared, nodes, first, outcome, curve } = compared
  const title = (text: string) => screen.paint("bold", text)
  const rows = (all: ReadonlyArray<Row>) => table(all, screen.width)
  return [
    ...rows([
      ["run", left.runId, right.runId],
      ["label", left.label ?? "-", right.label ?? "-"],
      ["problem", left.problem, right.problem]
    ]),
    title(settings.length === 0 ? "made with the same settings" : "settings that differ"),
    ...rows(settings.map(({ path, left: one, right: other }) => [path, valueText(one), valueText(other)])),
    title("shared"),
    shared === 0 ? "  no events" : `  ${shared} events, positions 0 to ${shared - 1}`,
    `  ${nodes.common} nodes of ${nodes.left} and ${nodes.right} are in both, ${nodes.same} of them with the same program`,
    ...(first === null ? [title("no node differs")] : firstText(screen, first)),
    title("outcome"),
    ...rows(outcomeRows(outcome.left, outcome.right)),
    title("best score after N programs"),
    ...rows(
      curve.map((point): Row => [String(point.programs), scoreText(point.left), scoreText(point.right)])
    )
  ]
}

const firstText = (
  screen: Painter,
  { node, differs, left, right, hunks }: FirstDifference
): ReadonlyArray<string> => {
  const title = screen.paint("bold", `first node that differs: ${node}`)
  if (left === null || right === null)
    return [title, `  only the ${left === null ? "right" : "left"} run has it`]
  const row = (what: string, value: (texts: NodeTexts) => string): ReadonlyArray<Row> => {
    const [one, other] = [value(left), value(right)]
    return one === other ? [] : [[what, one, other]]
  }
  return [
    `${title} in ${differs.join(", ")}`,
    ...table(
      [
        ...row("index", ({ index }) => String(index)),
        ...row("model", ({ model }) => model ?? "-"),
        ...row("temperature", ({ temperature }) => (temperature === null ? "-" : String(temperature))),
        ...row("instruction", ({ instruction }) => instruction ?? "-"),
        ...row("score", ({ score }) => scoreText(score)),
        ...row("verdicts", ({ verdicts }) => verdicts ?? "-")
      ],
      screen.width
    ),
    ...hunkText(screen, hunks).map((line) => `  ${line}`)
  ]
}

const outcomeRows = (left: Outcome, right: Outcome): ReadonlyArray<Row> => {
  const row = (what: string, value: (outcome: Outcome) => string): Row => [what, value(left), value(right)]
  const share = (part: { readonly passed: number; readonly total: number } | null) =>
    part === null ? "-" : `${part.passed}/${part.total}`
  const isFork = left.inherited !== null || right.inherited !== null
  return [
    row("status", ({ status }) => status),
    row("best", ({ best }) => (best === null ? "-" : `${scoreText(best.score)} ${best.node}`)),
    row("cases passed", ({ best }) => share(best)),
    row("hidden passed", ({ hidden }) => share(hidden)),
    row("generations", ({ generations }) => String(generations)),
    row("programs", ({ programs }) => String(programs)),
    row("calls", ({ calls }) => String(calls)),
    row("tokens in+out", ({ tokens }) => `${tokens.in}+${tokens.out}`),
    row("cost", ({ cost, uncosted }) => costText(cost, uncosted)),
    ...(isFork
      ? [
          row("inherited programs", ({ inherited }) => String(inherited?.programs ?? 0)),
          row("inherited calls", ({ inherited }) => String(inherited?.calls ?? 0))
        ]
      : []),
    row("surplus calls", ({ surplus }) => (surplus === null ? "-" : String(surplus.calls))),
    row("digest", ({ digest }) => digest?.slice(0, 16) ?? "-")
  ]
}

const costText = (cost: number | null, uncosted: ReadonlyArray<string>): string =>
  cost === null ? `not known of ${uncosted.join(", ")}` : String(Number(cost.toPrecision(6)))

const scoreText = (score: number | null): string => (score === null ? "-" : score.toFixed(3))

const valueText = (value: unknown): string =>
  value === undefined ? "-" : typeof value === "string" ? value : JSON.stringify(value)

/** Three columns; a long cell is cut, since `--json` has all of it. */
const table = (rows: ReadonlyArray<Row>, width: number): ReadonlyArray<string> => {
  const first = Math.min(24, widest(rows.map(([what]) => what)))
  const room = Math.max(12, Math.floor((width - first - 6) / 2))
  const cells = rows.map(([what, left, right]): Row => [what, cell(left, room), cell(right, room)])
  const second = widest(cells.map(([, left]) => left))
  return cells.map(([what, left, right]) =>
    `  ${what.padEnd(first)}  ${left.padEnd(second)}  ${right}`.trimEnd()
  )
}

const widest = (texts: ReadonlyArray<string>): number => Math.max(0, ...texts.map(({ length }) => length))

const cell = (text: string, room: number): string => {
  const characters = Array.from(printableLine(text))
  return (characters.length <= room ? characters : [...characters.slice(0, room - 1), "…"]).join("")
}
