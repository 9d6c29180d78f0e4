/** An address as it may be shown: without user and password, in whatever form it stands in a text. */
export const redacted = (text: string, url: string): string => {
  let safe = text.replaceAll(url, shownUrl(url))
  if (URL.canParse(url)) {
    const { password, username } = new URL(url)
    for (const secret of [password, username].flatMap(spellings)) safe = safe.replaceAll(secret, "…")
  }
  // Whatever address it is that git names: a redirection, a submodule.
  return safe.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, "$1")
}

/** The address of a remote without what could let somebody in. */
export const shownUrl = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, "$1")

const spellings = (secret: string): ReadonlyArray<string> => {
  // Short ones are words of the messages as well.
  if (secret.length < 4) return []
  try {
    return [secret, decodeURIComponent(secret)]
  } catch {
    return [secret]
  }
}
