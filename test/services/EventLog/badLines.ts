import { sha256 } from "../../../src/domain/hash.ts"
import { chainLink, type EventRow } from "../../../src/services/EventLog/chain.ts"
import { runNamed } from "./samples.ts"

const first = runNamed(0)

type Line = ReadonlyArray<unknown>
const isOf = (kind: string) => (line: string) => line.startsWith(`["${kind}"`)
const at = (lines: ReadonlyArray<string>, kind: string, nth = 0): number =>
  lines.findIndex(
    (line, place) => isOf(kind)(line) && lines.slice(0, place).filter(isOf(kind)).length === nth
  )

/** Changes a field of a line. */
const changed =
  (kind: string, nth: number, field: number, value: unknown) => (lines: ReadonlyArray<string>) => {
    const place = at(lines, kind, nth)
    return lines.with(place, JSON.stringify((JSON.parse(lines[place]!) as Line).with(field, value)))
  }

/** Changes an event and everything behind it that stands for it: what a careful forger would do. */
const forged =
  (nth: number, change: (row: EventRow) => Partial<EventRow>) =>
  (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
    let link = "0".repeat(64)
    let count = -1
    const made = lines.map((line) => {
      if (!isOf("event")(line)) return line
      count += 1
      const [, pos, type, ver, node_id, call_key, cause_pos, request_hash, time, data] = JSON.parse(line)
      let row: EventRow = {
        run_id: first,
        pos,
        type,
        ver,
        node_id,
        call_key,
        cause_pos,
        request_hash,
        at: time,
        data
      }
      if (count === nth) row = { ...row, ...change(row) }
      link = chainLink(link, row)
      const { run_id: _, at: when, data: said, ...columns } = row
      return JSON.stringify(["event", ...Object.values(columns), when, said, link])
    })
    return changed("run", 0, 5, link)(made)
  }

/** Only the first run. */
const root = (lines: ReadonlyArray<string>) => {
  const events = lines.slice(0, at(lines, "run", 1))
  return [...events, JSON.stringify(["end", 1, 6, events.filter(isOf("text")).length])]
}
const forgedRoot =
  (nth: number, change: (row: EventRow) => Partial<EventRow>) => (lines: ReadonlyArray<string>) =>
    forged(nth, change)(root(lines))

const without = (kind: string, nth: number) => (lines: ReadonlyArray<string>) =>
  lines.toSpliced(at(lines, kind, nth), 1)
const inserted = (kind: string, nth: number, line: unknown) => (lines: ReadonlyArray<string>) =>
  lines.toSpliced(at(lines, kind, nth), 0, JSON.stringify(line))

/** An event whose fields say something else than the column of its row. */
const saying =
  (field: string, value: string) =>
  ({ data }: EventRow): Partial<EventRow> => ({
    data: data.replace("{", `{"${field}":"${value}",`)
  })

/** What is done to the lines of an archive, and what is said of it. */
export const bad: ReadonlyArray<
  readonly [string, (lines: ReadonlyArray<string>) => ReadonlyArray<string>, RegExp]
> = [
  ["a log of something else", () => ["{}"], /line 1: it is not an archive of seidr/],
  ["no JSON", () => ["dear diary"], /line 1: a line is not JSON: "dear diary"/],
  [
    "another version",
    (lines) => lines.with(0, '{"format":"seidr archive","version":2}'),
    /version "2", and this seidr knows 1/
  ],
  ["a line of no kind", (lines) => lines.with(1, "[7]"), /line 2: it has no line "\[7\]"/],
  ["a line of an unknown kind", (lines) => lines.with(1, '["toString"]'), /kind "toString"/],
  ["too few fields", (lines) => lines.with(1, '["run"]'), /has 0 fields, and has to have 5/],
  [
    "a run id that leads elsewhere",
    changed("run", 0, 1, "../../../etc/passwd"),
    /id is "\\"..\/.*id of a run/
  ],
  ["a run id in small letters", changed("run", 0, 1, first.toLowerCase()), /id of a run/],
  ["a position that is text", changed("event", 2, 1, "2"), /position is "\\"2\\"", and has to be a whole/],
  ["a position far off", changed("event", 2, 1, 2 ** 53), /whole number from 0 on/],
  ["a time out of reach", changed("event", 2, 8, 8.64e15 + 1), /time is/],
  ["data that is no text", changed("event", 2, 9, {}), /data is "\{\}", and has to be a text/],
  ["an edited event", changed("event", 2, 8, 1), /event 2 of run 0\w+ is not what its hash/],
  ["an event missing", without("event", 2), /event 3 of run \w+ follows position 1/],
  ["the last event of a run missing", without("event", 5), /ends at position 4, and has to reach 5/],
  [
    "an event too many",
    (lines) => lines.toSpliced(at(lines, "event", 4), 0, lines[at(lines, "event", 4)]!),
    /event 4 of run|follows/
  ],
  ["an event before its run", (lines) => lines.toSpliced(at(lines, "run"), 1), /text|before its run/],
  [
    "a redaction of a text that nobody names",
    inserted("event", 1, ["redacted", sha256("nobody"), 5]),
    /is named by no event/
  ],
  [
    "a redaction without its time",
    inserted("event", 1, ["redacted", sha256("nobody"), null]),
    /time is "null"/
  ],
  ["another head", changed("run", 0, 5, "0".repeat(64)), /not the head that was announced/],
  ["another last position", changed("run", 0, 4, 3), /not the head that was announced/],
  ["a parent that is not there", changed("run", 1, 2, runNamed(5)), /before its parent/],
  ["a fork beyond its parent", changed("run", 1, 3, 17), /leaves 0\w+ at position 17/],
  ["a fork without a position", changed("run", 1, 3, null), /a parent and a fork position/],
  [
    "a run that comes twice",
    (lines) => lines.toSpliced(at(lines, "run", 1), 0, ...lines.slice(at(lines, "run"), at(lines, "run", 1))),
    /comes twice/
  ],
  ["a text with another content", changed("text", 0, 2, "something else"), /another content than its hash/],
  ["a text with another name", changed("text", 0, 1, sha256("x")), /another content than its hash/],
  ["a text missing", without("text", 1), /names text [0-9a-f]+, which is missing/],
  ["a text that nobody names", inserted("event", 0, ["text", sha256("x"), "x"]), /named by no event/],
  [
    "a text that goes on for nothing",
    (lines) => inserted("event", 0, ["more", "x"])(lines),
    /that has not begun/
  ],
  ["a text that does not go on", inserted("event", 0, ["text", sha256("x"), "x", "…"]), /does not go on/],
  ["something behind its end", (lines) => [...lines, lines.at(-1)!], /something follows its end/],
  ["other numbers at its end", (lines) => lines.with(-1, '["end",1,2,3]'), /says that it has 1, 2, 3/],
  ["no end", (lines) => lines.slice(0, -1), /cut off/],
  ["nothing", () => [], /line 1: a line is not JSON|cut off/],
  [
    "an unknown event, well chained",
    forgedRoot(2, () => ({ type: "Nonsense" })),
    /event 2 of run \w+ is a "Nonsense", and this seidr knows/
  ],
  ["a newer event, well chained", forgedRoot(2, () => ({ ver: 99 })), /of version 99/],
  [
    "data that is not JSON, well chained",
    forgedRoot(2, () => ({ data: "{" })),
    /event 2 of run \w+ is damaged/
  ],
  [
    "data without a field, well chained",
    forgedRoot(4, () => ({ data: "{}" })),
    /event 4 of run \w+ is damaged: \w+ is missing(?!.*(?:\||\n))/
  ],
  [
    "data of another event, well chained",
    forgedRoot(4, ({ data }) => ({ data: data.replace("{", '{"_tag":"RunFinished","status":"solved",') })),
    /column type/
  ],
  ["another place, well chained", forgedRoot(4, saying("node", "d7")), /column node_id/],
  ["another call, well chained", forgedRoot(2, saying("callKey", "x")), /column call_key/],
  ["a cause to come, well chained", forgedRoot(2, () => ({ cause_pos: 3 })), /before its cause/],
  [
    "a second beginning, well chained",
    (lines) => forgedRoot(2, () => rowOf(lines, 0))(lines),
    /which only begins a run/
  ],
  [
    "no beginning, well chained",
    (lines) => forgedRoot(0, () => rowOf(lines, 5))(lines),
    /begins no run|missing/
  ],
  ["a second answer, well chained", (lines) => forgedRoot(5, () => rowOf(lines, 2))(lines), /second answer/]
]

const rowOf = (lines: ReadonlyArray<string>, nth: number): Partial<EventRow> => {
  const [, , type, ver, node_id, call_key, , request_hash, , data] = JSON.parse(
    lines[at(lines, "event", nth)]!
  )
  return { type, ver, node_id, call_key, request_hash, data }
}
