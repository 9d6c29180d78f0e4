/**
 * Parts an answer from the thoughts that some models print before it, in `<think>` and its like. A closing tag without
 * an opening one ends thoughts that began with the answer; thoughts without an end were cut off.
 */
export const outsideThoughts = (text: string): { readonly said: string; readonly thought: string } => {
  const said: Array<string> = []
  const thought: Array<string> = []
  let thinking = false
  let from = 0
  for (const match of text.matchAll(/<(\/?)(?:think|thinking|thought|reasoning|reflection)>/gi)) {
    const closing = match[1] === "/"
    const piece = text.slice(from, match.index)
    // What came before a stray closing tag was thought, however it looked.
    if (closing && !thinking) thought.push(...said.splice(0), piece)
    else (thinking ? thought : said).push(piece)
    thinking = !closing
    from = match.index + match[0].length
  }
  ;(thinking ? thought : said).push(text.slice(from))
  return { said: said.join("\n"), thought: thought.join("\n") }
}
