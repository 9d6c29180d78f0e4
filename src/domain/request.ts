import { sha256 } from "./hash.ts"

/** What a request is for: a first program, what is wrong with one, or a repaired one. */
export type Role = "draft" | "explain" | "repair"

/**
 * One stateless request: a system and a user message. A message is a list of parts that are joined as they are; the
 * parts exist so that texts which many requests share are stored once.
 */
export interface ModelRequest {
  /** As the user named it, with its prefix: `openai:gpt-4o-mini`. */
  readonly model: string
  readonly role: Role
  readonly system: ReadonlyArray<string>
  readonly user: ReadonlyArray<string>
  readonly temperature: number
}

/**
 * The identity of what is asked, by which a recorded answer is checked: the hash of its canonical JSON, whose keys stand
 * in their order here already.
 */
export const requestHash = ({ model, role, system, temperature, user }: ModelRequest): string =>
  sha256(JSON.stringify({ model, role, system: system.join(""), temperature, user: user.join("") }))
