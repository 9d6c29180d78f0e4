import type { Event } from "../events.ts"

/**
 * The generation that an event belongs to, by its place. Rankings, and what concerns the whole run, stand between
 * generations. Along a run generations only grow, so that their borders can be found by halving.
 */
export const generationOf = (event: Event): number | undefined => {
  switch (event._tag) {
    case "CompletionRequested":
    case "CompletionReceived":
    case "CompletionFailed":
      return generationAt(event.place)
    case "ProgramWritten":
    case "ProgramEvaluated":
      return generationAt(event.node)
    case "InstructionWritten":
      return generationAt(event.instruction)
    default:
      return undefined
  }
}

/** The types of the events that belong to a generation. */
export const placedTypes = [
  "CompletionRequested",
  "CompletionReceived",
  "CompletionFailed",
  "ProgramWritten",
  "ProgramEvaluated",
  "InstructionWritten"
] as const

/** The generation of a node or an instruction, by its path. An instruction belongs to the generation of its repairs. */
export const generationAt = (place: string): number => Math.ceil((place.split(".").length - 1) / 2)
