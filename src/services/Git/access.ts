import { decoded, shownUrl } from "./redacted.ts"

/** How git reaches an address without its keys standing in a command line, where every user of a machine can read them. */
export interface Access {
  /** The address without user and password, where git can be given them otherwise. */
  readonly address: string
  /** Settings of git. */
  readonly settings: ReadonlyArray<readonly [string, string]>
  /** Variables that the settings refer to. */
  readonly variables: Readonly<Record<string, string>>
}

/** Asked by git for a user and a password, it gives those of the variables. */
const helper =
  '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$SEIDR_GIT_USERNAME" "$SEIDR_GIT_PASSWORD"; }; f'

export const accessTo = (url: string): Access => {
  const plain = { address: url, settings: [], variables: {} }
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return plain
  const { host, password, protocol, username } = new URL(url)
  if (username === "" && password === "") return plain
  const address = shownUrl(url)
  const scope = `credential.${protocol}//${host}`
  // Its owner's helper may know the password.
  if (password === "") {
    return { address, settings: [[`${scope}.username`, decoded(username)]], variables: {} }
  }
  return {
    address,
    settings: [
      ["credential.helper", ""],
      [`${scope}.helper`, helper]
    ],
    variables: { SEIDR_GIT_USERNAME: decoded(username), SEIDR_GIT_PASSWORD: decoded(password) }
  }
}
