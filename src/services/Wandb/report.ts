import { Schema } from "effect"
import { RunId } from "../../domain/ids.ts"

const Tagged = Schema.TaggedStruct

/** What `sidecar.py` says, each a line of JSON. */
export const Report = Schema.Union(
  Tagged("Ready", { version: Schema.String }),
  /** It can do nothing: no `package`, or no `key`. */
  Tagged("Unready", { why: Schema.Literal("package", "key"), reason: Schema.String }),
  /** The run is open there, and that is its page. */
  Tagged("Begun", { run: RunId, address: Schema.String }),
  /** Nobody answers: the run will be kept on disk. */
  Tagged("Kept", { run: RunId, reason: Schema.String }),
  Tagged("Refused", { run: RunId, reason: Schema.String }),
  Tagged("Failed", { run: RunId, reason: Schema.String }),
  /** All of the run is where it goes: `offline` in this folder. */
  Tagged("Ended", { run: RunId, offline: Schema.Boolean, folder: Schema.String })
)
export type Report = typeof Report.Type

export const decodeReport = Schema.decodeUnknownOption(Schema.parseJson(Report))
