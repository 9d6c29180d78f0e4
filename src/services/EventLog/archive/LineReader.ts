import { Schema } from "effect"
import { Ref } from "../../../domain/events.ts"
import { RunId } from "../../../domain/ids.ts"
import { quoted } from "../../../domain/located.ts"
import { maxBlobBytes } from "../blob.ts"
import { header, type Line } from "./line.ts"

/** Something in an archive, or in a log that is taken over, that cannot be. */
export class Refusal extends Error {}

const isRunId = Schema.is(RunId)
const isHash = Schema.is(Ref)

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isTime = (value: unknown): value is number => isCount(value) && value <= 8.64e15
const isText = (value: unknown): value is string => typeof value === "string"
const orNull =
  <A>(is: (value: unknown) => value is A) =>
  (value: unknown): value is A | null =>
    value === null || is(value)

type Fields = ReadonlyArray<readonly [name: string, expected: string, is: (value: unknown) => boolean]>

const count = "a whole number from 0 on"
const hash = "a SHA-256 in hexadecimal"

const fieldsOf: Readonly<Record<string, Fields>> = {
  run: [
    ["id", "the id of a run", isRunId],
    ["parent", "the id of a run, or null", orNull(isRunId)],
    ["fork position", `${count}, or null`, orNull(isCount)],
    ["last position", count, isCount],
    ["head", hash, isHash]
  ],
  event: [
    ["position", count, isCount],
    ["type", "a text", isText],
    ["version", count, isCount],
    ["node", "a text, or null", orNull(isText)],
    ["call key", "a text, or null", orNull(isText)],
    ["cause", `${count}, or null`, orNull(isCount)],
    ["request hash", "a text, or null", orNull(isText)],
    ["time", "milliseconds since 1970", isTime],
    ["data", "a text", isText],
    ["hash", hash, isHash]
  ],
  text: [
    ["hash", hash, isHash],
    ["content", "a text", isText]
  ],
  more: [["content", "a text", isText]],
  redacted: [
    ["hash", hash, isHash],
    ["time", "milliseconds since 1970", isTime]
  ],
  end: [
    ["runs", count, isCount],
    ["events", count, isCount],
    ["texts", count, isCount]
  ]
}

/** Reads the lines of an archive one by one, and throws a `Refusal` at the first that is not one. */
export class LineReader {
  private isBegun = false
  private isOver = false
  private runId: RunId | undefined
  private text: { readonly ref: Ref; content: string } | undefined
  private readonly counted = { runs: 0, events: 0, texts: 0 }

  /** What a line says; undefined for one that says nothing by itself. */
  read(line: string): Line | undefined {
    const value = parsed(line)
    if (!this.isBegun) {
      checkHeader(value)
      this.isBegun = true
      return undefined
    }
    if (this.isOver) throw new Refusal("something follows its end")
    if (!Array.isArray(value) || !isText(value[0])) throw new Refusal(`it has no line ${quoted(line)}`)
    const [kind, ...found] = value as [string, ...Array<unknown>]
    const fields = Object.hasOwn(fieldsOf, kind) ? fieldsOf[kind]! : undefined
    if (fields === undefined) throw new Refusal(`it has no lines of the kind ${quoted(kind)}`)
    const goesOn =
      (kind === "text" || kind === "more") && found.length === fields.length + 1 && found.at(-1) === "…"
    if (found.length !== fields.length && !goesOn) {
      throw new Refusal(`a line ${quoted(kind)} has ${found.length} fields, and has to have ${fields.length}`)
    }
    for (const [place, [name, expected, is]] of fields.entries()) {
      if (is(found[place])) continue
      throw new Refusal(`${name} is ${quoted(JSON.stringify(found[place]))}, and has to be ${expected}`)
    }
    if ((kind === "more") !== (this.text !== undefined)) {
      throw new Refusal(kind === "more" ? "a text goes on that has not begun" : "a text does not go on")
    }
    return this.understood(kind, found, goesOn)
  }

  /** To be called behind the last line. */
  end(): void {
    if (!this.isOver) throw new Refusal("it is cut off: its last line is missing")
  }

  private understood(kind: string, found: ReadonlyArray<unknown>, goesOn: boolean): Line | undefined {
    switch (kind) {
      case "run": {
        const [runId, parent, position, pos, hash] = found as [
          RunId,
          RunId | null,
          number | null,
          number,
          string
        ]
        if ((parent === null) !== (position === null)) {
          throw new Refusal(`run ${runId} has to have a parent and a fork position, or none of both`)
        }
        this.runId = runId
        this.counted.runs += 1
        const origin = parent === null ? undefined : { parent, position: position! }
        return { _tag: "Run", runId, origin, head: { pos, hash } }
      }
      case "event": {
        if (this.runId === undefined) throw new Refusal("an event comes before its run")
        const [pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data, hash] = found as [
          number,
          string,
          number,
          string | null,
          string | null,
          number | null,
          string | null,
          number,
          string,
          string
        ]
        this.counted.events += 1
        const run_id = this.runId
        const row = { run_id, pos, type, ver, node_id, call_key, cause_pos, request_hash, at, data }
        return { _tag: "Event", row, hash }
      }
      case "redacted":
        return { _tag: "Redacted", ref: found[0] as Ref, at: found[1] as number }
      case "end": {
        const { runs, events, texts } = this.counted
        if (found[0] !== runs || found[1] !== events || found[2] !== texts) {
          throw new Refusal(
            `it holds ${runs} runs, ${events} events and ${texts} texts, and says that it has ${found.join(", ")}`
          )
        }
        this.isOver = true
        return undefined
      }
      default:
        return this.collected(found, goesOn)
    }
  }

  private collected(found: ReadonlyArray<unknown>, goesOn: boolean): Line | undefined {
    const text = this.text ?? { ref: found[0] as Ref, content: "" }
    text.content += found[found.length - (goesOn ? 2 : 1)] as string
    const { length } = text.content
    if (length > maxBlobBytes || (!goesOn && Buffer.byteLength(text.content) > maxBlobBytes)) {
      throw new Refusal(`text ${text.ref} is longer than the ${maxBlobBytes} bytes that a log takes`)
    }
    this.text = goesOn ? text : undefined
    if (goesOn) return undefined
    this.counted.texts += 1
    return { _tag: "Text", ref: text.ref, text: text.content }
  }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    throw new Refusal(`a line is not JSON: ${quoted(line)}`)
  }
}

const checkHeader = (value: unknown): void => {
  const found = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}
  if (found["format"] !== header.format) throw new Refusal("it is not an archive of seidr")
  if (found["version"] !== header.version) {
    const version = quoted(JSON.stringify(found["version"] ?? null))
    throw new Refusal(
      `it is an archive of version ${version}, and this seidr knows ${header.version}; use a newer seidr`
    )
  }
}
