import type { RunId } from "../ids.ts"
import type { Config } from "./config.ts"
import type { Row } from "./row.ts"

/** What the client is told of a run, each a line of JSON; see `services/Wandb/sidecar.py`. */
export type Message =
  | {
      readonly _tag: "Begin"
      readonly run: RunId
      readonly project: string
      readonly name: string
      readonly config: Config
    }
  | { readonly _tag: "Rows"; readonly run: RunId; readonly rows: ReadonlyArray<Row> }
  | {
      readonly _tag: "End"
      readonly run: RunId
      readonly rows: ReadonlyArray<Row>
      readonly config: Config
      readonly summary: Readonly<Record<string, string | number>>
      /** 0 when the run has come to its end. */
      readonly exit: number
    }

/** A project as the client takes it: a name, neither empty nor with a sign that cannot be in an address. */
export const isProject = (text: string): boolean => /^[^/\\#?%:\p{Cc}]{1,128}$/u.test(text)
