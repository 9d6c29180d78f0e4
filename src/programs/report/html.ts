import { createHash } from "node:crypto"
import type { Data, Figure } from "../../domain/report/figure.ts"
import type { Block, Cell, Figures, Page, Section, Table } from "../../domain/report/page.ts"
import { dataCsv } from "./dataCsv.ts"
import type { Drawing } from "./draw.ts"
import { escaped } from "./escaped.ts"
import { markOf, signs } from "./palette.ts"
import { style } from "./style.ts"
import { inlineSvg, svgFile } from "./svg.ts"

/** By which a file is known as a report, which a later one may replace. */
export const reportMark = '<!doctype html>\n<html lang="en" data-seidr-report="1">'

/**
 * A page as one file: no script, no request, and a policy that forbids both. Every text goes through `escaped`.
 *
 * @param drawings of all its figures, by their ids
 */
export const htmlOf = (page: Page, drawings: ReadonlyMap<string, Drawing>, version: string): string => {
  const once = new Set<Data>()
  const hash = createHash("sha256").update(style).digest("base64")
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
  return `${reportMark}
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(page.title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(page.title)}</h1>
${page.lead.map((line) => `<p>${escaped(line)}</p>`).join("\n")}
</header>
<nav aria-label="Contents"><ul>${page.sections
    .map(({ id, title }) => `<li><a href="#${id}">${escaped(title)}</a></li>`)
    .join("")}</ul></nav>
<main>
${page.sections.map((section) => sectionHtml(section, drawings, once)).join("\n")}
</main>
<footer>Made by seidr ${escaped(version)}.</footer>
</body>
</html>
`
}

type Drawings = ReadonlyMap<string, Drawing>

const sectionHtml = ({ blocks, id, title }: Section, drawings: Drawings, once: Set<Data>): string =>
  `<section aria-labelledby="${id}"><h2 id="${id}">${escaped(title)}</h2>
${blocks.map((block) => blockHtml(block, drawings, once)).join("\n")}
</section>`

const blockHtml = (block: Block, drawings: Drawings, once: Set<Data>): string => {
  switch (block.kind) {
    case "text":
      return `<p>${escaped(block.text)}</p>`
    case "table":
      return tableHtml(block)
    case "figures":
      return figuresHtml(block, drawings, once)
    case "listing":
      return `<details><summary>${escaped(block.title)}</summary><pre tabindex="0"><code>${escaped(block.text)}</code></pre></details>`
  }
}

const tableHtml = ({ caption, columns, id, isFolded, rows }: Table): string => {
  if (rows.length === 0) return `<p>${escaped(caption)}: none.</p>`
  const classes = columns.map(({ kind }, place) => {
    const isLong = kind === "text" && rows.some((row) => textOf(row[place]!).length > longText)
    return isLong ? "text long" : kind
  })
  const head = columns.map(
    ({ name }, place) => `<th scope="col" class="${classes[place]}">${escaped(name)}</th>`
  )
  const body = rows.map(
    (row) => `<tr>${row.map((cell, place) => cellHtml(cell, classes[place]!, place)).join("")}</tr>`
  )
  const name = `${id}-caption`
  const table = `<div class="scroll" role="region" tabindex="0" aria-labelledby="${name}"><table id="${id}"${rows.length <= wholeRows ? ' class="whole"' : ""}><caption><span id="${name}">${escaped(caption)}</span></caption><thead><tr>${head.join("")}</tr></thead><tbody>
${body.join("\n")}
</tbody></table></div>`
  return isFolded
    ? `<details><summary>${escaped(caption)} (${rows.length})</summary>${table}</details>`
    : table
}

/** On paper, tables of so many rows are not broken. */
const wholeRows = 14
/** In characters: a column with a longer text may break it, but wants room. */
const longText = 36
/** A name up to this length stays on one line. */
const shortName = 26

const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text)

const cellHtml = (cell: Cell, kind: string, place: number): string => {
  const shown = textOf(cell)
  const isName = kind.startsWith("text") && shown.length <= shortName && !/\s/.test(shown)
  const classes = isName ? `${kind} name` : kind
  const content =
    typeof cell === "string"
      ? escaped(cell)
      : `<span class="s"><span class="m${markOf(cell.setting)}" aria-hidden="true">${signs[markOf(cell.setting)]}</span> ${escaped(cell.text)}</span>`
  return place === 0
    ? `<th scope="row" class="${classes}">${content}</th>`
    : `<td class="${classes}">${content}</td>`
}

const figuresHtml = ({ figures }: Figures, drawings: Drawings, once: Set<Data>): string =>
  `<div class="figures${figures.some(isWide) ? " single" : ""}">
${figures.map((figure) => figureHtml(figure, drawings.get(figure.id)!, once)).join("\n")}
</div>`

/** Heat maps grow with their rows and columns, and are never made smaller than can be read. */
const isWide = ({ kind }: Figure): boolean => kind === "heat"

const figureHtml = (figure: Figure, drawing: Drawing, once: Set<Data>): string => {
  const svg = inlineSvg(figure, drawing)
  const shown = isWide(figure)
    ? `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(figure.title)}">${svg}</div>`
    : svg
  // Figures that are drawn from the same data offer it once.
  const data = once.has(figure.data)
    ? ""
    : download(`${figure.id}.csv`, "text/csv", dataCsv(figure.data), "data as CSV")
  once.add(figure.data)
  return `<figure${isWide(figure) ? ' class="wide"' : ""} id="figure-${figure.id}"><figcaption>${escaped(figure.title)}</figcaption>${shown}<div class="files">${download(`${figure.id}.svg`, "image/svg+xml", svgFile(figure, drawing), "SVG")}${data}</div></figure>`
}

const download = (name: string, type: string, content: string, label: string): string =>
  `<a download="${name}" href="data:${type};base64,${Buffer.from(content, "utf8").toString("base64")}">${label}<span hidden> of ${name}</span></a>`
