import { printableLine } from "../../domain/printable.ts"
import type { CallsCompared } from "../replay/calls.ts"
import type { ExecutedAgain, Judgement } from "../replay/executeAgain.ts"
import type { CallPlace } from "../replay/goOn.ts"
import type { Explained, Replayed } from "../replay/replay.ts"
import { type OpenStep, type Standing, standingOf } from "../replay/standing.ts"
import { changeText } from "../trust.ts"
import { eventText } from "./eventText.ts"
import type { Screen } from "./Screen.ts"

type Painter = Pick<typeof Screen.Service, "paint">

/** What a replay has found, for people. */
export const replayText = (
  screen: Painter,
  { events, divergence, redacted, unchecked, state }: Replayed,
  until: number | undefined
): ReadonlyArray<string> => {
  const standing = standingOf(state)
  if (divergence !== undefined) return divergenceText(screen, divergence)
  const isPart = until !== undefined || standing.phase !== "finished"
  const head =
    until !== undefined
      ? `identical up to position ${until}`
      : standing.phase === "finished"
        ? "identical"
        : "identical so far"
  return [
    `${screen.paint("green", head)}: ${events} events follow from what was recorded before them`,
    ...(unchecked.length === 0
      ? []
      : [`not checked, since this version has other ones: the texts made by its ${unchecked.join(" and ")}`]),
    ...(redacted.length === 0
      ? []
      : [
          `not checked, since texts were taken out of the log: ${redacted.length} events, the first at position ${redacted[0]!.pos}`
        ]),
    ...(isPart ? standingText(standing) : [])
  ]
}

const standingText = ({ phase, generation, judged, best, open }: Standing): ReadonlyArray<string> => [
  `${phase === "searching" ? `in generation ${generation}` : phase}, ${judged} programs judged` +
    (best === null
      ? ""
      : `, best ${best.score.toFixed(3)} (${best.passed} of ${best.total}) at ${best.node}`),
  open.length === 0 ? "nothing is open" : `open: ${openText(open)}`
]

/** Steps beyond these are only counted. */
const named = 12

const openText = (open: ReadonlyArray<OpenStep>): string => {
  const steps = open.map(({ step, place }) => (place === null ? step : `${step} ${place}`))
  return abridged(steps)
}

const abridged = (words: ReadonlyArray<string>): string =>
  words.length <= named
    ? words.join(", ")
    : `${words.slice(0, named).join(", ")} and ${words.length - named} more`

const divergenceText = (screen: Painter, divergence: Explained): ReadonlyArray<string> => {
  const { pos, recorded, derived, difference, reason, open, causes, calls } = divergence
  const line = (text: string) => printableLine(text)
  return [
    `${screen.paint("red", "diverged")} at position ${pos}: ${line(reason)}`,
    `recorded  ${line(JSON.stringify(recorded))}`,
    `derived   ${derived === null ? "nothing like it" : line(JSON.stringify(derived))}`,
    ...difference.map(({ path, left, right }) =>
      line(`  ${path}: recorded ${valueText(left)}, derived ${valueText(right)}`)
    ),
    ...(open.length === 0 ? [] : [line(`open there: ${openText(open)}`)]),
    ...(causes.length === 0 ? [] : ["caused by"]),
    ...causes.map((cause) => line(`${String(cause.pos).padStart(7)}  ${eventText(cause.event)}`)),
    ...(calls === null ? [] : callsText(calls))
  ]
}

const valueText = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value))

const callsText = ({
  missing,
  extra,
  unjudged,
  undecided,
  isWhole
}: CallsCompared): ReadonlyArray<string> => {
  const places = (calls: ReadonlyArray<CallPlace>) =>
    calls.length === 0 ? "none" : abridged(calls.map(({ place, role }) => `${place} (${role})`))
  return [
    `calls missing in the log: ${places(missing)}${missing.length === 0 || isWhole ? "" : "; it does not reach the end of its search"}`,
    `calls that do not follow: ${places(extra)}`,
    ...(unjudged.length === 0 ? [] : [`programs without a recorded verdict: ${abridged(unjudged)}`]),
    ...(undecided === 0 ? [] : [`calls behind these, of which nothing can be said: ${undecided}`])
  ]
}

/** What has come of running the programs again, for people. */
export const executionText = (
  screen: Painter,
  { programs, cases, changed, failed, environment: { recorded, now }, critic }: ExecutedAgain
): ReadonlyArray<string> => [
  `${programs} programs run again on ${cases} cases each: ` +
    (changed.length === 0 ? "no verdict has changed" : `${changed.length} verdicts have changed`),
  ...changed.map(({ node, sameAs, case: number, recorded: before, now: after, dependsOn }) => {
    const others = sameAs.length === 0 ? "" : ` and ${sameAs.length} more with that text`
    const why = dependsOn === null ? "" : `  (may depend on the ${reasons[dependsOn]})`
    return `  ${screen.paint("red", node)}${others}, case ${number}: ${judgementText(before)}, now ${judgementText(after)}${why}`
  }),
  ...failed.map(({ node, reason }) => printableLine(`  ${node} was not judged: ${reason}`)),
  ...(recorded.tier === now.tier && recorded.toolchain === now.toolchain
    ? []
    : [
        printableLine(
          `then in ${recorded.tier} with ${recorded.toolchain}, now in ${now.tier} with ${now.toolchain}`
        )
      ]),
  ...critic.map((change) => printableLine(`the critic is not the one of then: ${changeText(change)}`))
]

const reasons = {
  time: "machine's speed",
  memory: "machine's memory",
  toolchain: "tool chain"
} as const

const judgementText = ({ verdict, score }: Judgement): string =>
  score === 0 || score === 1 ? verdict : `${verdict} ${score.toFixed(3)}`
