import { Either } from "effect"

/** Where a model is served: the address as it is asked, and as it may be shown. */
export interface Endpoint {
  /** Without credentials, and without a slash at its end. */
  readonly url: string
  /** What must never be shown: keys and passwords. */
  readonly secrets: ReadonlyArray<string>
  /** The `Authorization` header. */
  readonly authorization: string | undefined
}

/** Reads an address; a refusal says what is wrong with it, without its credentials. */
export const parseEndpoint = (
  address: string,
  { port, key }: { readonly port?: string; readonly key?: string } = {}
): Either.Either<Endpoint, string> => {
  const text = address.trim()
  const bare = !text.includes("://")
  const full = bare ? `http://${text.startsWith(":") ? "127.0.0.1" : ""}${text}` : text
  if (!URL.canParse(full)) return Either.left("it is not the address of a server")
  const url = new URL(full)
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return Either.left(`its protocol is ${url.protocol} instead of http: or https:`)
  }
  if (bare && url.port === "" && port !== undefined) url.port = port
  const [user, password] = [unescaped(url.username), unescaped(url.password)]
  const basic = Buffer.from(`${user}:${password}`).toString("base64")
  // A user name alone is a token.
  const secrets =
    password === "" ? (user === "" ? [] : [user, url.username, basic]) : [password, url.password, basic]
  return Either.right({
    url: `${url.origin}${url.pathname.replace(/\/+$/, "")}`,
    secrets: key === undefined ? secrets : [key, ...secrets],
    authorization: key !== undefined ? `Bearer ${key}` : user + password === "" ? undefined : `Basic ${basic}`
  })
}

const unescaped = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
