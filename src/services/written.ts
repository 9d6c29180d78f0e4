import { programOf } from "../domain/answer.ts"
import type { ProgramWritten } from "../domain/events.ts"
import type { Language } from "../domain/language.ts"
import { refOf } from "../domain/refs.ts"
import type { DebugWork, DraftWork } from "../domain/search/work.ts"
import type { Answered } from "./Asking.ts"
import type { Entry } from "./EventLog.ts"

/** The program that an answer holds, or that it holds none: what follows from the answer, and is committed with it. */
export const programWritten = (
  language: Language,
  { node, index }: Pick<DraftWork | DebugWork, "node" | "index">,
  answer: string
): { readonly event: ProgramWritten; readonly texts: ReadonlyArray<string> } => {
  const found = programOf(answer, language)
  return found._tag === "Program"
    ? {
        event: { _tag: "ProgramWritten", node, index, program: refOf(found.program), reason: null },
        texts: [found.program]
      }
    : { event: { _tag: "ProgramWritten", node, index, program: null, reason: found.reason }, texts: [] }
}

/** Everything to append after an answer that asked for a program. */
export const writtenFrom = (
  language: Language,
  work: DraftWork | DebugWork,
  answered: Answered
): { readonly entries: ReadonlyArray<Entry>; readonly texts: ReadonlyArray<string> } => {
  const written = programWritten(language, work, answered.text)
  return {
    entries: [...answered.entries, { event: written.event, cause: answered.cause }],
    texts: [...answered.texts, ...written.texts]
  }
}
