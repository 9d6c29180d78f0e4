import { Context, Effect } from "effect"
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
    /** Whether standard error is a terminal on which a line can be replaced. */
    readonly isTerminal: boolean
    /** Columns of standard output. */
    readonly width: number
    readonly paint: (style: Style, text: string) => string
  }
>() {}

export type Style = "bold" | "dim" | "red" | "green" | "yellow"

const codes: Readonly<Record<Style, string>> = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33" }

export interface ScreenOptions {
  readonly out: NodeJS.WriteStream
  readonly err: NodeJS.WriteStream
  readonly color: boolean
  /** Whether the terminal can erase a line: a dumb one cannot. */
  readonly canErase: boolean
  /** Marks our own colours; nobody whose texts are shown can guess it, so nobody else has colours. */
  readonly seal: string
}

/** Output that is not for a terminal is broken for this many columns. */
const usualWidth = 100

export const makeScreen = ({ out, err, color, canErase, seal }: ScreenOptions): typeof Screen.Service => {
  const isTerminal = err.isTTY === true && canErase
  let isStatusShown = false
  const clear = () => {
    if (isStatusShown) err.write("\r\u001b[K")
    isStatusShown = false
  }
  const shownAs = (text: string) => unsealed(seal, text)
  const write = (stream: NodeJS.WriteStream, text: string) =>
    Effect.sync(() => {
      clear()
      stream.write(text)
    })
  return {
    print: (text) => write(out, `${shownAs(text)}\n`),
    raw: (text) => write(out, out.isTTY === true ? printable(text) : text),
    json: (document) => write(out, `${printableJson(document)}\n`),
    note: (text) => write(err, `${shownAs(text)}\n`),
    status: (text) =>
      Effect.sync(() => {
        if (!isTerminal) return
        clear()
        const shown = Array.from(printable(text))
        const width = Math.max(10, (err.columns ?? 80) - 1)
        err.write(shown.length > width ? `${shown.slice(0, width - 1).join("")}…` : shown.join(""))
        isStatusShown = true
      }),
    isTerminal,
    width: out.isTTY === true ? Math.max(20, Math.min(out.columns, usualWidth)) : usualWidth,
    paint: (style, text) => (color ? `<${seal}:${codes[style]}>${text}<${seal}:0>` : text)
  }
}

/** Our own colours become the terminal's; everything else that could drive it does not. */
const unsealed = (seal: string, text: string): string =>
  printable(text).replace(new RegExp(`<${seal}:(\\d+)>`, "g"), (_, code) => `\u001b[${code}m`)
