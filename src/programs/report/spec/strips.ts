import type { Spec } from "vega"
import type { Strips } from "../../../domain/report/figure.ts"
import { markScales } from "./marks.ts"

export const strips = ({ rows, x }: Strips): Spec => {
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
