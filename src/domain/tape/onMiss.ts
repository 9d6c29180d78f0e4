/** What is done when a tape has no answer: end the run, take one that was given to something like it, or ask a model. */
export type OnMiss =
  | { readonly kind: "fail" }
  | { readonly kind: "resample" }
  | { readonly kind: "ask"; readonly model: string }

const ask = "ask:"

/** Reads `fail`, `resample` or `ask:MODEL`; undefined for what is none of them. */
export const onMissFrom = (text: string): OnMiss | undefined => {
  if (text === "fail" || text === "resample") return { kind: text }
  if (!text.startsWith(ask)) return undefined
  const model = text.slice(ask.length)
  return model.trim() === "" ? undefined : { kind: "ask", model }
}

export const spelledOnMiss = (onMiss: OnMiss): string =>
  onMiss.kind === "ask" ? ask + onMiss.model : onMiss.kind
