import { HashMap, Option } from "effect"
import type { CompletionFailed, CompletionReceived, CompletionRequested } from "../events.ts"
import { addWork, openWork } from "./open.ts"
import type { Call, Search } from "./state.ts"
import type { Work } from "./work.ts"

const askingTag = { draft: "Draft", explain: "Instruct", repair: "Debug" } as const

const noteAsked = (
  search: Search,
  tag: Work["_tag"],
  index: number,
  asked: Partial<Work>
): Search["open"] => {
  const work = openWork(search.open, tag, index)
  return work === undefined ? search.open : addWork(search.open, [{ ...work, ...asked } as Work])
}

const callAt = (search: Search, callKey: string): Call | undefined =>
  Option.getOrUndefined(HashMap.get(search.calls, callKey))

export const onRequested = (search: Search, event: CompletionRequested): Search => ({
  ...search,
  calls: HashMap.set(search.calls, event.callKey, {
    index: event.index,
    tag: askingTag[event.role],
    attempts: event.attempt,
    requestHash: event.requestHash,
    answer: undefined,
    usage: null,
    isAdopted: false,
    wasMissing: callAt(search, event.callKey)?.wasMissing ?? false,
    tape: undefined
  }),
  open: noteAsked(search, askingTag[event.role], event.index, { attempts: event.attempt })
})

export const onReceived = (search: Search, event: CompletionReceived): Search => {
  const call = callAt(search, event.callKey)
  if (call === undefined || call.answer !== undefined) return search
  return {
    ...search,
    calls: HashMap.set(search.calls, event.callKey, {
      ...call,
      answer: event.answer,
      usage: event.usage,
      isAdopted: event.adoptedFrom !== undefined,
      tape: event.tape
    }),
    open: noteAsked(search, call.tag, call.index, { answer: event.answer })
  }
}

export const onFailed = (search: Search, event: CompletionFailed): Search => {
  const call = callAt(search, event.callKey)
  if (event.error !== "NotOnTape" || call === undefined) return search
  return { ...search, calls: HashMap.set(search.calls, event.callKey, { ...call, wasMissing: true }) }
}
