/**
 * Colours by their names in the page's style. The marks of settings keep three to one against their background and are told
 * apart by the common kinds of colour blindness (after Okabe and Ito 2008); shape and dashes say the same.
 */
export interface Palette {
  readonly text: string
  readonly faint: string
  readonly line: string
  readonly paper: string
  readonly panel: string
  readonly link: string
  /** By a setting's place. */
  readonly marks: ReadonlyArray<string>
  /** Of heat maps, from nothing to all; and the text upon each. */
  readonly heat: ReadonlyArray<string>
  readonly heatText: ReadonlyArray<string>
}

export const light: Palette = {
  text: "#1b1f24",
  faint: "#57606a",
  line: "#d0d7de",
  paper: "#ffffff",
  panel: "#f6f8fa",
  link: "#0550ae",
  marks: ["#0072b2", "#c84e00", "#007d5c", "#a6387b", "#5b5b5b", "#8a6a00"],
  heat: ["#f3f4f6", "#cfe3f3", "#9dc6e6", "#5a9fd0", "#2574b0", "#0b4a80"],
  heatText: ["#57606a", "#1b1f24", "#1b1f24", "#10151a", "#ffffff", "#ffffff"]
}

export const dark: Palette = {
  text: "#e6e8eb",
  faint: "#a3abb5",
  line: "#3a4049",
  paper: "#111418",
  panel: "#1a1f25",
  link: "#7cb7ff",
  marks: ["#5cb8f0", "#ff9a57", "#36cfa4", "#ea8ac4", "#bdbdbd", "#e3c34a"],
  heat: ["#1f252c", "#12344f", "#1b5079", "#2c76aa", "#64aede", "#b4dcf7"],
  heatText: ["#a3abb5", "#e6e8eb", "#ffffff", "#ffffff", "#10151a", "#10151a"]
}

/** The names that style and figures know them by: `--text`, `--mark-0`, `--heat-5`. */
export const named = (palette: Palette): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(palette).flatMap(([name, value]: [string, string | ReadonlyArray<string>]) =>
      typeof value === "string"
        ? [[`--${name}`, value] as const]
        : value.map((one, place) => [`--${nameOf[name] ?? name}-${place}`, one] as const)
    )
  )

const nameOf: Readonly<Record<string, string>> = { marks: "mark", heat: "heat", heatText: "heat-text" }

/** Of a setting: a character of the shape that its points have in figures. */
export const shapes = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"] as const
export const signs = ["●", "■", "▲", "◆", "✚", "▼"] as const
export const dashes: ReadonlyArray<ReadonlyArray<number>> = [[], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3]]

export const markOf = (place: number): number => place % signs.length
