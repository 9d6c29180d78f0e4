import { parse, textMetrics, View } from "vega"
import type { Figure } from "../../domain/report/figure.ts"
import { specOf } from "./spec.ts"

declare module "vega" {
  /** Missing in the package's own types: how widths of texts are found. */
  export const textMetrics: { readonly canvas: (isUsed: boolean) => void }
}

/** A figure as the inside of an SVG element, with its size in pixels. */
export interface Drawing {
  readonly inside: string
  readonly width: number
  readonly height: number
}

/** Draws without a browser. Widths of texts are estimated, so that they are the same on every machine. */
export const draw = async (figure: Figure): Promise<Drawing> => {
  textMetrics.canvas(false)
  const view = new View(parse(specOf(figure)), { renderer: "none" })
  try {
    const svg = await view.toSVG()
    const [opening = "", width, height] =
      /^<svg[^>]*?width="([\d.]+)"[^>]*?height="([\d.]+)"[^>]*>/.exec(svg) ?? []
    return {
      inside: svg.slice(opening.length, svg.lastIndexOf("</svg>")),
      width: Number(width),
      height: Number(height)
    }
  } finally {
    view.finalize()
  }
}
