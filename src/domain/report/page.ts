import type { Figure } from "./figure.ts"

/** A cell of a table. Texts are as they were found; whoever shows them makes them harmless. */
export interface MarkedCell {
  readonly text: string
  /** The place of a setting, whose mark stands before the text. */
  readonly setting: number
}
export type Cell = string | MarkedCell

export interface Column {
  readonly name: string
  /** Numbers stand to the right; codes, such as hashes, may be broken anywhere. */
  readonly kind: "text" | "number" | "code"
}

/** A table; the first column says what its row is about. */
export interface Table {
  readonly kind: "table"
  readonly id: string
  readonly caption: string
  readonly columns: ReadonlyArray<Column>
  readonly rows: ReadonlyArray<ReadonlyArray<Cell>>
  /** Long and seldom read: it is opened on demand. */
  readonly isFolded: boolean
}

export interface Text {
  readonly kind: "text"
  readonly text: string
}

/** Figures that stand together, with what is said of all of them. */
export interface Figures {
  readonly kind: "figures"
  readonly figures: ReadonlyArray<Figure>
}

/** A program, opened on demand. */
export interface Listing {
  readonly kind: "listing"
  readonly title: string
  readonly text: string
}

export type Block = Text | Table | Figures | Listing

export interface Section {
  readonly id: string
  readonly title: string
  readonly blocks: ReadonlyArray<Block>
}

/** What a report says, from top to bottom, with nothing of how it looks. */
export interface Page {
  readonly title: string
  readonly lead: ReadonlyArray<string>
  readonly sections: ReadonlyArray<Section>
}

export const text = (content: string): Text => ({ kind: "text", text: content })

export const table = (
  id: string,
  caption: string,
  columns: ReadonlyArray<readonly [name: string, kind: Column["kind"]]>,
  rows: Table["rows"],
  isFolded = false
): Table => ({
  kind: "table",
  id,
  caption,
  columns: columns.map(([name, kind]) => ({ name, kind })),
  rows,
  isFolded
})

/** All figures of a page, in order. */
export const figuresOf = ({ sections }: Page): ReadonlyArray<Figure> =>
  sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "figures" ? block.figures : [])))
