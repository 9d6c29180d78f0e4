import type { ModelAnswer } from "../LanguageModel.ts"

/** Shorter ones are placeholders such as `EMPTY`, and words of programs too. */
const shortest = 12
/** A model's name as a server gives it is kept up to here. */
const longestName = 200

/** An answer as it may be stored: a server may echo a key or a password, and a name of any length. */
export const withoutSecrets = (answer: ModelAnswer, secrets: ReadonlyArray<string>): ModelAnswer => {
  const strike = (text: string) =>
    secrets.reduce(
      (rest, secret) => (secret.length < shortest ? rest : rest.replaceAll(secret, "[key]")),
      text
    )
  const { servedBy, ...kept } = answer
  return {
    ...kept,
    text: strike(answer.text),
    ...(servedBy === undefined ? {} : { servedBy: [...strike(servedBy)].slice(0, longestName).join("") })
  }
}
