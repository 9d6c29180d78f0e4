/** What a figure was drawn from, as a table of plain values. */
export interface Data {
  readonly head: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<string | number | null>>
}

interface Common {
  /** Unique on its page, and the name of its files: letters, digits and dashes. */
  readonly id: string
  readonly title: string
  /** What is to be seen, for who cannot see it. */
  readonly description: string
  readonly data: Data
}

/** A point of a curve, with its interval where there is one. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly low: number | null
  readonly high: number | null
}

/** What belongs to one setting: its place among the settings says its colour, shape and dashes. */
export interface Series {
  readonly name: string
  readonly place: number
  readonly points: ReadonlyArray<Point>
}

/** Curves over each other; y goes from 0 to 1. */
export interface Lines extends Common {
  readonly kind: "lines"
  readonly x: { readonly title: string; readonly isLogarithmic: boolean }
  readonly y: { readonly title: string }
  readonly series: ReadonlyArray<Series>
}

/** A share for each row and column; null where there is none. */
export interface HeatMap extends Common {
  readonly kind: "heat"
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<{
    readonly name: string
    readonly cells: ReadonlyArray<{ readonly value: number; readonly text: string } | null>
  }>
}

/** A value with its interval for each setting; from 0 to 1. */
export interface Intervals extends Common {
  readonly kind: "intervals"
  readonly x: { readonly title: string }
  readonly rows: ReadonlyArray<{
    readonly name: string
    readonly place: number
    readonly value: number
    readonly low: number
    readonly high: number
  }>
}

/** A dot for each run in the row of its setting; full for those that solved. */
export interface Strips extends Common {
  readonly kind: "strips"
  readonly x: { readonly title: string }
  readonly rows: ReadonlyArray<{
    readonly name: string
    readonly place: number
    readonly dots: ReadonlyArray<{ readonly x: number; readonly isFull: boolean }>
  }>
}

export type Figure = Lines | HeatMap | Intervals | Strips

/** So many settings are told apart by colour, shape and dashes in one figure. */
export const mostSeries = 6

/** Parts of a list, none longer than `size`. */
export const parts = <A>(items: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size)
  )
