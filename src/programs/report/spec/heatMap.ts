import type { Spec } from "vega"
import { printableLine } from "../../../domain/printable.ts"
import type { HeatMap } from "../../../domain/report/figure.ts"
import { font } from "./common.ts"

/** Which of the six colours a share has: nothing, up to a quarter, …, all. */
const heatOf = (value: number): number =>
  value <= 0 ? 0 : value >= 1 ? 5 : Math.min(4, 1 + Math.floor(value * 4))

export const heat = ({ columns, rows }: HeatMap): Spec => {
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
