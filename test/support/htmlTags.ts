export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

const empty = new Set(["meta", "link", "img", "br", "hr"])

/**
 * The tags of a page that was written strictly: every attribute in double quotes, every element closed in order. Fails
 * for anything else. What a style holds is no markup.
 */
export const tagsOf = (html: string): ReadonlyArray<Tag> => {
  const open: Array<string> = []
  const tags: Array<Tag> = []
  const body = html.replace(/^<!doctype html>\n/, "").replace(/<style>[^<]*<\/style>/g, "<style></style>")
  for (const [whole, closing, name = "", rest = "", selfClosing] of body.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>|</g
  )) {
    if (whole === "<") throw new Error("a < that begins no tag")
    if (closing === "/") {
      const last = open.pop()
      if (last !== name) throw new Error(`</${name}> closes <${last}>`)
      continue
    }
    const attributes = new Map(
      [...rest.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [key!, value ?? ""])
    )
    tags.push({ name, attributes })
    if (!empty.has(name) && selfClosing !== "/") open.push(name)
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is never closed`)
  return tags
}
