// Loaded before the command line (`node --import`): stops the process when it passes a named point for the n-th time.
// The points are what is there anyway, so that the product needs no hooks for its tests: the beginnings and ends of
// spans (an actor opens one when it takes a step, `Asking` when it has recorded a request, and so on), and the
// statements of the one writer. Stopped, and then killed from outside, it does nothing more: no handler, no finalizer.
import { writeSync } from "node:fs"
import Database from "better-sqlite3"
import { Effect } from "effect"

const wanted = process.env.SEIDR_WAYPOINT
const last = Number(process.env.SEIDR_WAYPOINT_NTH ?? "1")
const isListed = process.env.SEIDR_WAYPOINTS !== undefined
let passed = 0

const pass = (point) => {
  if (isListed) writeSync(2, `waypoint: ${point}\n`)
  if (point !== wanted || ++passed !== last) return
  writeSync(2, `\nstopped at ${point}\n`)
  process.kill(process.pid, "SIGSTOP")
}

const tracer = Effect.runSync(Effect.tracer)
const open = tracer.span
tracer.span = (name, ...rest) => {
  const span = open(name, ...rest)
  const close = span.end
  pass(`${name} begins`)
  span.end = (...ending) => {
    close.apply(span, ending)
    pass(`${name} ends`)
  }
  return span
}

/** The kinds of events that the open transaction has inserted; undefined outside of one. */
let kinds

const around = (text, parameters, execute) => {
  const statement = text.trimStart()
  if (statement.startsWith("BEGIN")) {
    pass("before BEGIN")
    const result = execute()
    kinds = new Set()
    pass("after BEGIN")
    return result
  }
  if (statement.startsWith("INSERT INTO event")) {
    const result = execute()
    for (let at = 2; at < parameters.length; at += 11) kinds.add(parameters[at])
    for (const kind of kinds) pass(`after INSERT of ${kind}`)
    return result
  }
  if (statement === "COMMIT") {
    const committed = kinds.size === 0 ? ["no event"] : [...kinds]
    for (const kind of committed) pass(`before COMMIT of ${kind}`)
    const result = execute()
    kinds = undefined
    for (const kind of committed) pass(`after COMMIT of ${kind}`)
    return result
  }
  const name =
    /^(CREATE TABLE event|PRAGMA user_version =|PRAGMA journal_mode = WAL|INSERT INTO lease|UPDATE lease)/.exec(
      statement
    )?.[1]
  if (name === undefined) return execute()
  pass(`before ${name}`)
  const result = execute()
  pass(`after ${name}`)
  return result
}

const prepare = Database.prototype.prepare
Database.prototype.prepare = function (text) {
  const statement = prepare.call(this, text)
  for (const method of ["run", "all", "get"]) {
    const execute = statement[method]
    statement[method] = (...parameters) =>
      around(text, parameters, () => execute.apply(statement, parameters))
  }
  return statement
}
