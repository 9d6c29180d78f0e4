import type { Estimate } from "../metrics/estimate.ts"

/** What stands where there is no number. */
export const none = "–"

/**
 * A share in per cent, to whole numbers; to one decimal place from a thousand trials on. What is not all and not nothing is
 * never rounded to 100 or 0.
 */
export const percent = (value: number | null, n = 0): string => {
  if (value === null) return none
  const decimals = n >= 1_000 ? 1 : 0
  const step = 10 ** -decimals
  const rounded = (value * 100).toFixed(decimals)
  if (value < 1 && Number(rounded) === 100) return `>\u00a0${(100 - step).toFixed(decimals)}\u00a0%`
  if (value > 0 && Number(rounded) === 0) return `<\u00a0${step.toFixed(decimals)}\u00a0%`
  return `${rounded}\u00a0%`
}

/** A count or an amount to three digits; from a thousand on to whole numbers, with thin spaces between thousands. */
export const amount = (value: number | null): string => {
  if (value === null) return none
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return grouped(Math.round(value))
  if (Math.abs(value) < 0.0005) return value.toPrecision(2)
  return String(Number(value.toPrecision(3)))
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f")

/** A score or mean share from 0 to 1, to three decimal places, never rounded to a whole. */
export const score = (value: number | null): string => {
  if (value === null) return none
  const rounded = value.toFixed(3)
  if (value < 1 && rounded === "1.000") return ">\u00a00.999"
  if (value > 0 && rounded === "0.000") return "<\u00a00.001"
  return value === 0 || value === 1 ? String(value) : rounded
}

type Form = (value: number | null, n?: number) => string

/** A value with its interval, `67 % [39, 86]`; the value alone where nothing is known of its spread. It stays on one line. */
export const withInterval = ({ value, low, high, n }: Estimate, form: Form): string => {
  if (value === null || low === null || high === null) return form(value, n)
  const bound = (of: number) => form(of, n).replace(/\u00a0%$/, "")
  return `${form(value, n)}\u00a0[${bound(low)},\u00a0${bound(high)}]`
}

/** `8 of 12`, of a share of runs. */
export const ofRuns = ({ value, n }: Estimate): string =>
  value === null ? none : `${Math.round(value * n)} of ${n}`

export const counted = (count: number, what: string): string =>
  `${grouped(count)} ${what}${count === 1 ? "" : "s"}`
