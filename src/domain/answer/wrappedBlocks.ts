import type { Block } from "./block.ts"

/**
 * What stands between tags that models put around code: `[PYTHON]`, `[CODE]`, `<code>`, `<pre>`, `<python>` and
 * the like. The opening tag begins a line; without a closing tag the block ends with the text.
 */
export const wrappedBlocks = (text: string): ReadonlyArray<Block> => {
  const blocks: Array<Block> = []
  let opened: { readonly name: string; readonly at: number } | undefined
  for (const match of text.matchAll(tag)) {
    const [whole, square, squareName, slash, angleName] = match
    const name = (squareName ?? angleName ?? "").toLowerCase()
    const closing = (square ?? slash) === "/"
    if (opened === undefined) {
      if (!closing && beginsLine(text, match.index)) opened = { name, at: match.index + whole.length }
    } else if (closing && name === opened.name) {
      blocks.push(blockOf(name, text.slice(opened.at, match.index)))
      opened = undefined
    } else if (!closing && text.slice(opened.at, match.index).trim() === "") {
      // `<pre><code>`: the inner tag is the one to close.
      opened = { name, at: match.index + whole.length }
    }
  }
  if (opened !== undefined) blocks.push(blockOf(opened.name, text.slice(opened.at)))
  return blocks
}

const tag =
  /\[(\/?)(PYTHON|CODE|CPP|C\+\+|ANSWER)\]|<(\/?)(code|pre|python|py|cpp|program|answer|solution|source)(?:\s[^<>\n]{0,200})?>/g

const generic = new Set(["code", "pre", "answer", "program", "solution", "source"])

const beginsLine = (text: string, at: number): boolean => {
  for (let index = at - 1; index >= 0; index--) {
    const character = text[index]
    if (character === "\n") return true
    if (character !== " " && character !== "\t" && character !== ">") return false
  }
  return true
}

const blockOf = (name: string, content: string): Block => {
  // Inside HTML the code is escaped: then no angle bracket is left in it.
  const escaped = /&(?:lt|gt|amp|quot|#39);/.test(content) && !content.includes("<")
  return { tag: generic.has(name) ? "" : name, text: escaped ? unescaped(content) : content }
}

const unescaped = (html: string): string =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
