import { eventForms, type Fields, type Forms, versionOf } from "../../src/domain/eventForms.ts"
import type { Event } from "../../src/domain/events.ts"

/** A step between two versions, both ways. */
interface Step {
  readonly up: (fields: Fields) => Fields
  readonly down: (fields: Fields) => Fields
}

/** A field that had another name. */
const renamed = (before: string, now: string): Step => {
  const move = (from: string, to: string) => (fields: Fields) => {
    const { [from]: value, ...others } = fields
    return { ...others, [to]: value }
  }
  return { up: move(before, now), down: move(now, before) }
}

/** Fields that stood in an object of their own. */
const unpacked = (box: string, names: ReadonlyArray<string>): Step => ({
  up: ({ [box]: inside, ...others }) => ({ ...others, ...(inside as Fields) }),
  down: (fields) => {
    const entries = Object.entries(fields)
    const isInside = ([name]: readonly [string, unknown]) => names.includes(name)
    return {
      ...Object.fromEntries(entries.filter((one) => !isInside(one))),
      [box]: Object.fromEntries(entries.filter(isInside))
    }
  }
})

/** A history of the events that never was: some have had one form before the present one, or two. */
const history: Partial<Readonly<Record<Event["_tag"], ReadonlyArray<Step>>>> = {
  RunStarted: [renamed("sealed", "hidden")],
  RunForked: [unpacked("made", ["rules", "environment"])],
  CompletionRequested: [renamed("question", "request"), renamed("try", "attempt")],
  CompletionReceived: [unpacked("reply", ["answer", "usage", "finishReason"])],
  ProgramEvaluated: [renamed("letters", "verdicts"), unpacked("sums", ["score", "passed", "total"])],
  SearchEnded: [renamed("sum", "digest")]
}

/** What a version of seidr would know that comes after that history. */
export const laterForms: Forms = Object.fromEntries(
  Object.keys(eventForms).map((type) => [type, stepsOf(type as Event["_tag"]).map(({ up }) => up)])
) as unknown as Forms

/** The fields of an event as a version of the history would have stored them. */
export const asOf = (type: Event["_tag"], ver: number, fields: Fields): Fields =>
  stepsOf(type)
    .slice(ver - 1)
    .reduceRight((later, { down }) => down(later), fields)

export const newestOf = (type: Event["_tag"]): number => versionOf(type, laterForms)

function stepsOf(type: Event["_tag"]): ReadonlyArray<Step> {
  return history[type] ?? []
}
