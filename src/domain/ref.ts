import { Schema } from "effect"

/** A text or document that is stored beside the events, named by the SHA-256 of its content. */
export const Ref = Schema.String.pipe(Schema.pattern(/^[0-9a-f]{64}$/))
export type Ref = typeof Ref.Type
