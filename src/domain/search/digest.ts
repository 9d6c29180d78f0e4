import { HashMap, Option } from "effect"
import type { Best, RunStarted } from "../events.ts"
import { canonicalJson, hashOf, sha256 } from "../hash.ts"
import type { NodeId } from "../ids.ts"
import { instructionOf, ordinalOf } from "../ids.ts"
import type { Role } from "../request.ts"
import type { SearchSettings } from "../settings.ts"
import { callKeyOf } from "./callKey.ts"
import { nodeAt } from "./plan.ts"
import type { Call, PathStep, Search } from "./state.ts"

/**
 * The digest is a chain: it starts with what the search depends on, takes in one generation after another in index
 * order, and ends with the outcome. So nothing but the current generation has to be kept.
 */
export const chainStart = (event: {
  readonly problem: Pick<RunStarted["problem"], "document" | "casesHash">
  readonly settings: SearchSettings
  readonly start: RunStarted["start"]
}): string =>
  sha256(
    canonicalJson({
      problem: event.problem.document,
      cases: event.problem.casesHash,
      settings: event.settings,
      start: event.start
    })
  )

/** The chain after the current generation up to an index; `survivors` where it was ranked. */
export const chainGeneration = (
  search: Search,
  upTo: number,
  survivors: ReadonlyArray<NodeId> | null
): string => {
  const { layout, generation, first, parents } = search
  const rows: Array<unknown> = []
  for (let index = first; index <= Math.min(upTo, first + search.size - 1); index++) {
    const node = nodeAt(layout, generation, first, parents, index)
    const instruction = instructionOf(node)
    if (instruction !== undefined && ordinalOf(node) === 0) {
      const text = Option.getOrNull(HashMap.get(search.instructions, instruction))
      rows.push([instruction, callRow(search, callKeyOf(instruction, "explain")), text])
    }
    const role: Role = instruction === undefined ? "draft" : "repair"
    const member = Option.getOrUndefined(HashMap.get(search.members, index))
    const judged = member?.judged
    rows.push([
      node,
      callRow(search, callKeyOf(node, role)),
      member?.program ?? null,
      judged?.verdicts ?? null,
      judged?.partial ?? null
    ])
  }
  return hashOf(search.chain, JSON.stringify(rows), JSON.stringify(survivors))
}

const callRow = (search: Search, callKey: string) =>
  rowOf(Option.getOrUndefined(HashMap.get(search.calls, callKey)))

const rowOf = (call: Call | undefined): readonly [string, string | undefined] | null =>
  call === undefined ? null : [call.requestHash, call.answer]

/** The chain after the path to a node, of a fork that has nothing else from its parent. */
export const chainPath = (start: string, steps: ReadonlyArray<PathStep>): string =>
  hashOf(
    start,
    JSON.stringify(
      steps.map(({ node, program, judged, instruction, calls: [explain, own] }) => [
        node,
        rowOf(explain),
        instruction,
        rowOf(own),
        program,
        judged.verdicts,
        judged.partial
      ])
    )
  )

/** The chain after a change of settings: the same when nothing has changed. */
export const chainSettings = (chain: string, before: SearchSettings, after: SearchSettings): string => {
  const changed = canonicalJson(after)
  return changed === canonicalJson(before) ? chain : hashOf(chain, changed)
}

/** The digest of a search that has come to its end; see the word in the design. */
export const digestOf = (search: Search, upTo: number, status: string, best: Best): string =>
  `sd1-${hashOf(chainGeneration(search, upTo, null), status, best.node, best.score, upTo)}`
