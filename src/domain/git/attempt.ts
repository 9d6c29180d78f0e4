import { printable, printableLine } from "../printable.ts"

/** A program of a run that was judged: a commit. */
export interface Attempt {
  /** Canonical number in its run. */
  readonly index: number
  readonly node: string
  readonly problem: string
  /** Where it stands in the branch. */
  readonly file: string
  readonly program: string
  readonly score: number
  readonly passed: number
  readonly total: number
  /** The texts that the model was given; empty where nobody was asked. */
  readonly prompt: string
  /** Where the metrics of its run are: an address, or a command. */
  readonly metrics: string
  /** When it was judged, in ms since 1970. */
  readonly at: number
  readonly runId: string
}

/** Longest prompt in a message, in characters. */
const mostPrompt = 20_000

/**
 * What a commit says: which attempt it is, which share of the tests it passes, where its metrics are, and its prompt.
 * Names and prompts can neither drive a terminal nor pass for a line of ours.
 */
export const messageOf = ({
  file,
  index,
  metrics,
  node,
  passed,
  problem,
  prompt,
  runId,
  score,
  total
}: Attempt): string => {
  const share = total === 0 ? 0 : (100 * passed) / total
  const parts = [
    `Attempt ${index} at ${printableLine(problem)}: ${share.toFixed(1)} % of tests passed`,
    `Node ${node} of run ${runId} in ${file}; score ${score.toFixed(4)}, ${passed} of ${total} tests.`,
    `Metrics: ${printableLine(metrics)}`,
    ...(prompt === "" ? [] : [`Prompt:\n\n${printable(prompt.slice(0, mostPrompt))}`])
  ]
  return `${parts.join("\n\n")}\n`
}

/** Which attempt a commit is, by the first line after its subject; undefined for a commit of somebody else. */
export const attemptNamed = (line: string): Pick<Attempt, "node" | "runId" | "file"> | undefined => {
  const [, node, runId, file] = /^Node (d[\w.]+) of run (\w+) in (\S+); score /.exec(line) ?? []
  return node === undefined || runId === undefined || file === undefined ? undefined : { node, runId, file }
}
