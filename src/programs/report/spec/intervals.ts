import type { Spec } from "vega"
import type { Intervals } from "../../../domain/report/figure.ts"
import { shares } from "./common.ts"
import { markScales } from "./marks.ts"

const rowHeight = 22

export const intervals = ({ rows, x }: Intervals): Spec => {
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
