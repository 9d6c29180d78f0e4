/** A piece of an answer that may be a program. The tag is in lower case, and empty where there is none. */
export interface Block {
  readonly tag: string
  readonly text: string
}
