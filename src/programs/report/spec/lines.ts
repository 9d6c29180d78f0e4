import type { Legend, Mark, Spec } from "vega"
import type { Lines } from "../../../domain/report/figure.ts"
import { shares } from "./common.ts"
import { markScales } from "./marks.ts"

/** Bands of more curves than these hide each other. */
const mostBands = 3

export const lines = ({ series, x, y }: Lines): Spec => {
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
