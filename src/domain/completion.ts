import { Schema } from "effect"

/** Tokens that a model counted, read and written. */
export const Usage = Schema.Struct({ in: Schema.NonNegativeInt, out: Schema.NonNegativeInt })
export type Usage = typeof Usage.Type

export const noUsage: Usage = { in: 0, out: 0 }

export const addUsage = (left: Usage, right: Usage): Usage => ({
  in: left.in + right.in,
  out: left.out + right.out
})
