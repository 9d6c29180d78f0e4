import type { Axis, Spec } from "vega"

export const font = "system-ui, sans-serif"

export const common: Spec = {
  padding: 4,
  autosize: { type: "fit", contains: "padding" },
  config: {
    axis: {
      domainColor: "var(--faint)",
      tickColor: "var(--faint)",
      gridColor: "var(--line)",
      labelColor: "var(--text)",
      titleColor: "var(--text)",
      labelFont: font,
      titleFont: font,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: "normal",
      titlePadding: 6
    },
    legend: { labelColor: "var(--text)", labelFont: font, labelFontSize: 11, titleFont: font }
  }
}

/** An axis of shares, from nothing to all. */
export const shares = (title: string, orient: "left" | "bottom", scale: string): Axis => ({
  scale,
  orient,
  title,
  grid: true,
  tickCount: 5,
  format: "%",
  domain: false,
  ticks: false
})
