// What all measurements of the log share: time, medians, and what the disk can do.
import { closeSync, fsyncSync, openSync, statSync, unlinkSync, writeSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"

export const seconds = (started) => Number(process.hrtime.bigint() - started) / 1e9

export const now = () => process.hrtime.bigint()

export const median = (values) =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]

export const rounded = (value, digits = 0) => Number(value.toFixed(digits))

/** Appends of a page to a file, each one synced, per second. */
export const fsyncsPerSecond = (folder) => {
  const file = join(folder, "probe")
  const descriptor = openSync(file, "w")
  const page = Buffer.alloc(4_096)
  const count = 200
  const started = now()
  for (let number = 0; number < count; number++) {
    writeSync(descriptor, page)
    fsyncSync(descriptor)
  }
  const taken = seconds(started)
  closeSync(descriptor)
  unlinkSync(file)
  return rounded(count / taken)
}

/** The bytes of a log: in all, of its events, and of its texts. */
export const sizeOf = (file) => {
  const database = new Database(file, { readonly: true })
  try {
    const one = (sql) => database.prepare(sql).pluck().get()
    const events = one("SELECT count(*) FROM event")
    const bytesOf = (names) => one(`SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN (${names})`)
    return {
      events,
      eventBytes: bytesOf("'event', 'event_place', 'event_answer'"),
      textBytes: bytesOf("'blob', 'sqlite_autoindex_blob_1'"),
      texts: one("SELECT count(*) FROM blob"),
      fileBytes: one("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    }
  } finally {
    database.close()
  }
}

/** Bytes of a database and of the log beside it. */
export const onDisk = (file) =>
  [file, `${file}-wal`].reduce((sum, name) => sum + (statSync(name, { throwIfNoEntry: false })?.size ?? 0), 0)

/** Runs what is measured a few times and gives the median of the seconds. */
export const repeated = async (rounds, once) => {
  const taken = []
  for (let round = 0; round < rounds; round++) {
    const started = now()
    await once(round)
    taken.push(seconds(started))
  }
  return median(taken)
}
