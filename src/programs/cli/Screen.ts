import { Context, Effect, Layer } from "effect"
import { printable, printableJson } from "../../domain/printable.ts"

/** Where a command writes: results on standard output, everything else on standard error. */
export class Screen extends Context.Tag("seidr/Screen")<
  Screen,
  {
    /** Lines for people, on standard output. Texts of unknown origin are made harmless. */
    readonly print: (text: string) => Effect.Effect<void>
    /** A text as it is where standard output is not a terminal, else made harmless. */
    readonly raw: (text: string) => Effect.Effect<void>
    /** A document on one line of standard output. */
    readonly json: (document: unknown) => Effect.Effect<void>
    /** A line on standard error. */
    readonly note: (text: string) => Effect.Effect<void>
    /** A line on standard error that the next one replaces; nothing where that is not a terminal. */
    readonly status: (text: string) => Effect.Effect<void>
    readonly isTerminal: boolean
    readonly paint: (style: Style, text: string) => string
  }
>() {}

export type Style = "bold" | "dim" | "red" | "green" | "yellow"

const codes: Readonly<Record<Style, string>> = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33" }

export interface ScreenOptions {
  readonly out: NodeJS.WriteStream
  readonly err: NodeJS.WriteStream
  readonly color: boolean
}

export const layer = ({ out, err, color }: ScreenOptions): Layer.Layer<Screen> =>
  Layer.sync(Screen, () => {
    const isTerminal = err.isTTY === true
    let isStatusShown = false
    const clear = () => {
      if (isStatusShown) err.write("\r\u001b[K")
      isStatusShown = false
    }
    const write = (stream: NodeJS.WriteStream, text: string) =>
      Effect.sync(() => {
        clear()
        stream.write(text)
      })
    return {
      print: (text) => write(out, `${printablePainted(text)}\n`),
      raw: (text) => write(out, out.isTTY === true ? printable(text) : text),
      json: (document) => write(out, `${printableJson(document)}\n`),
      note: (text) => write(err, `${printablePainted(text)}\n`),
      status: (text) =>
        Effect.sync(() => {
          if (!isTerminal) return
          clear()
          const width = Math.max(20, (err.columns ?? 80) - 1)
          err.write(printable(text.length > width ? `${text.slice(0, width - 1)}…` : text))
          isStatusShown = true
        }),
      isTerminal,
      paint: (style, text) => (color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text)
    }
  })

/** Our own colours pass, everything else that could drive a terminal does not. */
const printablePainted = (text: string): string =>
  text
    .split(/(\u001b\[(?:0|1|2|31|32|33)m)/)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join("")
