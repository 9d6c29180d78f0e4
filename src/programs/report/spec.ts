import type { Axis, Legend, Mark, Scale, Spec } from "vega"
import { printableLine } from "../../domain/printable.ts"
import type { Figure, HeatMap, Intervals, Lines, Strips } from "../../domain/report/figure.ts"
import { dashes, markOf, shapes } from "./palette.ts"

/** A figure in the language of Vega. Colours are names of the page's style; sizes are pixels of a wide screen. */
export const specOf = (figure: Figure): Spec => ({ ...common, ...drawn(figure) })

const drawn = (figure: Figure): Spec => {
  switch (figure.kind) {
    case "lines":
      return lines(figure)
    case "heat":
      return heat(figure)
    case "intervals":
      return intervals(figure)
    case "strips":
      return strips(figure)
  }
}

const font = "system-ui, sans-serif"

const common: Spec = {
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

/** Colour, shape and dashes of settings. */
const markScales = (
  items: ReadonlyArray<{ readonly name: string; readonly place: number }>
): Array<Scale> => {
  const domain = items.map(({ name }) => name)
  const marks = items.map(({ place }) => markOf(place))
  return [
    { name: "color", type: "ordinal", domain, range: marks.map((mark) => `var(--mark-${mark})`) },
    { name: "shape", type: "ordinal", domain, range: marks.map((mark) => shapes[mark]!) },
    { name: "dash", type: "ordinal", domain, range: marks.map((mark) => [...dashes[mark]!]) }
  ]
}

const shares = (title: string, orient: "left" | "bottom", scale: string): Axis => ({
  scale,
  orient,
  title,
  grid: true,
  tickCount: 5,
  format: "%",
  domain: false,
  ticks: false
})

/** Bands of more curves than these hide each other. */
const mostBands = 3

const lines = ({ series, x, y }: Lines): Spec => {
  const values = series.flatMap(({ name, points, place }) =>
    points.map((point, index) => ({
      ...point,
      name,
      // Curves that lie upon each other show their points in turn.
      isMarked: !x.isLogarithmic || index % 4 === place % 4 || index === points.length - 1
    }))
  )
  const all = values.map((value) => value.x)
  const first = all.reduce((least, one) => Math.min(least, one), all[0] ?? 1)
  const last = all.reduce((most, one) => Math.max(most, one), first)
  const interpolate = { value: x.isLogarithmic ? "step-after" : "linear" } as const
  const position = { x: { scale: "x", field: "x" }, y: { scale: "y", field: "y" } } as const
  const colour = { scale: "color", field: "name" } as const
  const band: ReadonlyArray<Mark> =
    series.length > mostBands
      ? []
      : [
          {
            type: "area",
            from: { data: "series" },
            encode: {
              enter: {
                x: { scale: "x", field: "x" },
                y: { scale: "y", field: "low" },
                y2: { scale: "y", field: "high" },
                defined: { signal: "isValid(datum.low) && isValid(datum.high)" },
                fill: colour,
                fillOpacity: { value: 0.14 },
                interpolate
              }
            }
          }
        ]
  return {
    width: 400,
    height: 280,
    data: [
      { name: "points", values },
      { name: "marked", source: "points", transform: [{ type: "filter", expr: "datum.isMarked" }] }
    ],
    scales: [
      x.isLogarithmic
        ? { name: "x", type: "log", range: "width", domain: [first, last > first ? last : first * 10] }
        : { name: "x", type: "linear", range: "width", domain: [first, Math.max(last, first + 1)] },
      { name: "y", type: "linear", range: "height", domain: [0, 1] },
      ...markScales(series)
    ],
    axes: [
      {
        scale: "x",
        orient: "bottom",
        title: x.title,
        tickCount: 5,
        format: x.isLogarithmic ? (last < 1_000 ? "~g" : "~s") : "d",
        labelOverlap: true,
        ...(x.isLogarithmic ? {} : { tickMinStep: 1 })
      },
      shares(y.title, "left", "y")
    ],
    legends: [legend],
    marks: [
      {
        type: "group",
        from: { facet: { name: "series", data: "points", groupby: "name" } },
        marks: [
          ...band,
          {
            type: "line",
            from: { data: "series" },
            encode: {
              enter: {
                ...position,
                stroke: colour,
                strokeWidth: { value: 1.8 },
                strokeDash: { scale: "dash", field: "name" },
                interpolate
              }
            }
          }
        ]
      },
      {
        type: "symbol",
        from: { data: "marked" },
        encode: {
          enter: { ...position, fill: colour, shape: { scale: "shape", field: "name" }, size: { value: 34 } }
        }
      }
    ]
  }
}

const legend: Legend = {
  fill: "color",
  shape: "shape",
  orient: "bottom",
  direction: "horizontal",
  columns: 6,
  symbolStrokeWidth: 0
}

const rowHeight = 22

const intervals = ({ rows, x }: Intervals): Spec => {
  const middle = { scale: "rows", field: "name", band: 0.5 } as const
  const colour = { scale: "color", field: "name" } as const
  return {
    width: 400,
    height: rows.length * rowHeight + 50,
    data: [{ name: "points", values: [...rows] }],
    scales: [
      { name: "x", type: "linear", range: "width", domain: [0, 1] },
      { name: "rows", type: "band", domain: rows.map(({ name }) => name), range: "height", padding: 0.2 },
      ...markScales(rows)
    ],
    axes: [shares(x.title, "bottom", "x"), { scale: "rows", orient: "left", ticks: false, domain: false }],
    marks: [
      {
        type: "rule",
        from: { data: "points" },
        encode: {
          enter: {
            x: { scale: "x", field: "low" },
            x2: { scale: "x", field: "high" },
            y: middle,
            stroke: colour,
            strokeWidth: { value: 2 }
          }
        }
      },
      {
        type: "symbol",
        from: { data: "points" },
        encode: {
          enter: {
            x: { scale: "x", field: "value" },
            y: middle,
            fill: colour,
            shape: { scale: "shape", field: "name" },
            size: { value: 80 }
          }
        }
      }
    ]
  }
}

const strips = ({ rows, x }: Strips): Spec => {
  const values = rows.flatMap(({ dots, name }) =>
    // Spread over the row's height by the golden ratio, so that equal ones do not hide each other.
    dots.map((dot, index) => ({ ...dot, name, at: 0.2 + 0.6 * ((index * 0.6180339887) % 1) }))
  )
  const largest = values.reduce((most, value) => Math.max(most, value.x), 10)
  return {
    width: 400,
    height: Math.max(280, rows.length * 40 + 60),
    data: [{ name: "points", values }],
    scales: [
      { name: "x", type: "linear", range: "width", domain: [0, largest], nice: true },
      { name: "rows", type: "band", domain: rows.map(({ name }) => name), range: "height", padding: 0.1 },
      ...markScales(rows)
    ],
    axes: [
      { scale: "x", orient: "bottom", title: x.title, grid: true, tickCount: 5, tickMinStep: 1 },
      { scale: "rows", orient: "left", ticks: false, domain: false }
    ],
    marks: [
      {
        type: "symbol",
        from: { data: "points" },
        encode: {
          enter: {
            x: { scale: "x", field: "x" },
            y: { signal: "scale('rows', datum.name) + bandwidth('rows') * datum.at" },
            shape: { scale: "shape", field: "name" },
            size: { value: 30 },
            stroke: { scale: "color", field: "name" },
            strokeWidth: { value: 1.2 },
            fill: [{ test: "datum.isFull", scale: "color", field: "name" }, { value: "transparent" }]
          }
        }
      }
    ]
  }
}

/** Which of the six colours a share has: nothing, up to a quarter, …, all. */
const heatOf = (value: number): number =>
  value <= 0 ? 0 : value >= 1 ? 5 : Math.min(4, 1 + Math.floor(value * 4))

const heat = ({ columns, rows }: HeatMap): Spec => {
  const values = rows.flatMap(({ cells, name }) =>
    columns.map((column, place) => {
      const cell = cells[place] ?? null
      const level = cell === null ? null : heatOf(cell.value)
      return {
        row: printableLine(name),
        column,
        text: cell === null ? "–" : cell.text,
        fill: level === null ? "transparent" : `var(--heat-${level})`,
        color: level === null ? "var(--faint)" : `var(--heat-text-${level})`
      }
    })
  )
  const cell = {
    x: { scale: "columns", field: "column" },
    y: { scale: "rows", field: "row" }
  } as const
  return {
    // The size of the cells alone: names beside them take what they need.
    autosize: "pad",
    width: columns.length * 52,
    height: rows.length * 21,
    data: [{ name: "cells", values }],
    scales: [
      { name: "columns", type: "band", domain: [...columns], range: "width", padding: 0.04 },
      {
        name: "rows",
        type: "band",
        domain: rows.map(({ name }) => printableLine(name)),
        range: "height",
        padding: 0.08
      }
    ],
    axes: [
      { scale: "columns", orient: "top", ticks: false, domain: false },
      { scale: "rows", orient: "left", ticks: false, domain: false, labelLimit: 190 }
    ],
    marks: [
      {
        type: "rect",
        from: { data: "cells" },
        encode: {
          enter: {
            ...cell,
            width: { scale: "columns", band: 1 },
            height: { scale: "rows", band: 1 },
            fill: { field: "fill" },
            stroke: { value: "var(--line)" },
            strokeWidth: { value: 0.5 }
          }
        }
      },
      {
        type: "text",
        from: { data: "cells" },
        encode: {
          enter: {
            x: { scale: "columns", field: "column", band: 0.5 },
            y: { scale: "rows", field: "row", band: 0.5 },
            text: { field: "text" },
            fill: { field: "color" },
            font: { value: font },
            fontSize: { value: 11 },
            align: { value: "center" },
            baseline: { value: "middle" }
          }
        }
      }
    ]
  }
}
