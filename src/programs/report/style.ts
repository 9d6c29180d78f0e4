import { dark, light, named, type Palette } from "./palette.ts"

const variables = (palette: Palette): string =>
  [...named(palette)].map(([name, value]) => `${name}:${value}`).join(";")

const marks = light.marks.map((_, mark) => `.m${mark}{color:var(--mark-${mark})}`).join("")

/**
 * The page's only style. Tables that are wider than the screen scroll by themselves; on paper everything is opened, light,
 * and broken between rows and figures.
 */
export const style = `:root{color-scheme:light dark;${variables(light)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(dark)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main,header,footer,nav{max-width:66rem;margin:0 auto;padding:0 1rem}
header{padding-top:2rem}
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.3rem;line-height:1.3;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--line)}
p{max-width:46rem;margin:.75rem 0;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:1rem 0 0;padding:0}
.scroll{overflow-x:auto;margin:.5rem 0 1.25rem}
table{border-collapse:collapse;font-size:.875rem;line-height:1.35;font-variant-numeric:tabular-nums}
caption{caption-side:top;text-align:left;font-weight:600;padding:.25rem 0 .4rem}
caption span{position:sticky;left:0;display:inline-block;max-width:min(46rem,calc(100vw - 2rem))}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:normal}
thead th{background:var(--panel);font-weight:600;vertical-align:bottom}
th.number,td.number{text-align:right;white-space:nowrap}
thead th.number{white-space:normal;min-width:4.5rem}
th.text,td.text{max-width:20rem;overflow-wrap:break-word}
td.code,th.code{font:.75rem/1.4 ui-monospace,monospace;min-width:14rem;max-width:22rem;word-break:break-all}
thead th.code{font:inherit;font-weight:600}
.s,th.name,td.name{white-space:nowrap}
.long{min-width:12rem}
${marks}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1.25rem;margin:1rem 0}
figure{margin:0;min-width:0}
figure.wide{grid-column:1/-1}
figcaption{font-weight:600;font-size:.9rem;margin-bottom:.25rem}
.files{font-size:.8rem;color:var(--faint)}
.files a{margin-right:.75rem}
figure svg{display:block;max-width:100%;height:auto}
figure.wide .scroll svg{max-width:none}
th:first-child.text{min-width:3.5rem}
svg text{font-family:inherit}
details{margin:.5rem 0}
summary{cursor:pointer;font-weight:600;font-size:.9rem;overflow-wrap:anywhere}
pre{background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:.75rem;overflow-x:auto;font:.8rem/1.45 ui-monospace,monospace}
footer{color:var(--faint);font-size:.85rem;padding-top:2rem;padding-bottom:2rem}
@page{size:A4;margin:14mm 12mm}
@media print{
body{font-size:10pt}
main,header,footer{max-width:none;padding-left:0;padding-right:0}
nav,.files{display:none}
p{max-width:none}
footer{padding-top:2mm;padding-bottom:0}
h1{font-size:18pt}
h2{font-size:13pt;margin-top:6mm;break-after:avoid}
.scroll{overflow:visible}
table{font-size:7.5pt;width:100%}
caption span{position:static;max-width:none}
caption{break-after:avoid}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{padding:.8mm 1.2mm}
th.text,td.text{max-width:36mm}
td.long,tbody th.long{max-width:60mm;overflow-wrap:anywhere}
td.code,th.code{min-width:24mm;max-width:58mm;font-size:6pt}
thead th.number{min-width:0}
figure,figcaption{break-inside:avoid}
.figures{grid-template-columns:1fr 1fr;gap:4mm 6mm}
.figures.single{grid-template-columns:1fr}
table.whole{break-inside:avoid}
.long{min-width:0}
figure svg,figure.wide .scroll svg{max-width:100%;max-height:235mm}
details::details-content{content-visibility:visible;display:block;height:auto}
pre{break-inside:avoid;white-space:pre-wrap;overflow-wrap:anywhere;overflow:visible;font-size:7.5pt}
summary{list-style:none;break-after:avoid}
details:has(table)>summary{display:none}
}
`
