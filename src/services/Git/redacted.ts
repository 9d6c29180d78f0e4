import { printableLine } from "../../domain/printable.ts"

/** What must not be shown of a conversation with a remote. */
export interface Secrets {
  /** The remote's address as it was given, with user and password. */
  readonly url: string
  /** Words of ours that look like keys and are none: branches, commits. */
  readonly known: ReadonlyArray<string>
}

/**
 * What git or a server says, as it may be shown: in one line, without user and password of the address in whatever
 * spelling, and, of a conversation with a remote, without any word that looks like a key: a server knows what it was sent,
 * be it from a helper or from a header of the user's settings, and may say it.
 */
export const redacted = (text: string, { known, url }: Secrets): string => {
  if (url === "") return printableLine(text)
  const shown = shownUrl(url)
  let safe = text.replaceAll(url, shown)
  for (const secret of secretsOf(url)) safe = safe.replaceAll(secret, hidden)
  const ours = [shown, ...known]
  return printableLine(
    safe
      // Whatever address it is that git names: a redirection, a submodule.
      .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, "$1")
      .replace(/\b(bearer|basic|digest)(["']?[:= ]\s*)\S{6,}/gi, `$1$2${hidden}`)
      .replace(keyLike, (word) => (isKey(word) && !ours.some((own) => own.includes(word)) ? hidden : word))
  )
}

/** The address of a remote without what could let somebody in: of ssh, a user alone is a part of the way. */
export const shownUrl = (url: string): string =>
  /^(?:git\+)?ssh:\/\/[^/:@]+@[^/@]*(?:\/|$)/i.test(url)
    ? url
    : url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1").replace(/^(https?:[^?#]*)[?#].*$/is, "$1")

/** A part of an address as it is meant. */
export const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const hidden = "…"

/** Words of this length with digits and letters are keys or digests. */
const keyLike = /[A-Za-z0-9_+/=-]{20,}/g
const isKey = (word: string): boolean => /\d/.test(word) && /[A-Za-z]/.test(word)

/** User and password of an address in the spellings in which they go over the wire, longest first. */
const secretsOf = (url: string): ReadonlyArray<string> => {
  if (!URL.canParse(url)) return []
  const parsed = new URL(url)
  const [user, password] = [decoded(parsed.username), decoded(parsed.password)]
  if (user === "" && password === "") return []
  const spelled = [parsed.username, parsed.password, user, password].flatMap((secret) =>
    // A short user's name is a word of messages as well; a short password is still a password.
    secret === "" || (secret.length < 4 && secret !== password)
      ? []
      : [secret, encodeURIComponent(secret), base64(secret)]
  )
  const pair = `${user}:${password}`
  return [...new Set([pair, base64(pair), ...spelled])].sort((left, right) => right.length - left.length)
}

const base64 = (text: string): string => Buffer.from(text).toString("base64")
