import { renameSync } from "node:fs"
import { HttpClient } from "@effect/platform"
import { Effect, Layer } from "effect"
import type { DataFile } from "../../domain/dataSets.ts"
import { DataFileWrong, DataSets, FetchFailed, type FetchOptions } from "../DataSets.ts"
import { download, forget } from "./download.ts"
import { digestOf, messageOf, partOf, placesOf, sizeOf } from "./places.ts"
import { record, recordsIn } from "./records.ts"

/** Files in the data folder, and downloads over HTTP. */
export const layer: Layer.Layer<DataSets, never, HttpClient.HttpClient> = Layer.effect(
  DataSets,
  Effect.map(HttpClient.HttpClient, (client) => ({
    states: (set, data) => Effect.forEach(set.files, (file) => stateOf(file, data)),
    check,
    fetch: Effect.fn("DataSets.fetch")(function* (file: DataFile, { data, mirror, observe }: FetchOptions) {
      if ((yield* present(file, data)) !== undefined) return yield* check(file, data)
      const [place] = placesOf(data, file)
      const url = mirror === undefined ? file.url : `${mirror.replace(/\/+$/, "")}/${file.path}`
      yield* download(file, url, place, observe).pipe(Effect.provideService(HttpClient.HttpClient, client))
      const part = partOf(place)
      const sha256 = yield* digestOf(part)
      const expected = file.sha256 ?? sha256
      if (sha256 !== expected) {
        forget(part)
        const reason = `what came has the SHA-256 ${sha256}, expected ${expected}; it was thrown away`
        return yield* new FetchFailed({ file: place, url, reason })
      }
      yield* Effect.try({
        try: () => renameSync(part, place),
        catch: (error) => new FetchFailed({ file: place, url, reason: messageOf(error) })
      })
      forget(part)
      yield* record(data, file.path, { url, sha256 })
      return { place, bytes: (yield* sizeOf(place)) ?? 0, sha256, isNew: true }
    })
  }))
)

const stateOf = Effect.fn("DataSets.state")(function* (file: DataFile, data: string | undefined) {
  if (data === undefined) return { file, place: file.path, state: "missing" as const, bytes: 0 }
  const there = yield* present(file, data)
  if (there !== undefined) return { file, ...there, state: "present" as const }
  const [place] = placesOf(data, file)
  const begun = yield* sizeOf(partOf(place))
  return begun === undefined
    ? { file, place, state: "missing" as const, bytes: 0 }
    : { file, place, state: "partial" as const, bytes: begun }
})

const present = Effect.fn("DataSets.present")(function* (file: DataFile, data: string) {
  for (const place of placesOf(data, file)) {
    const bytes = yield* sizeOf(place)
    if (bytes !== undefined) return { place, bytes }
  }
  return undefined
})

const check = Effect.fn("DataSets.check")(function* (file: DataFile, data: string) {
  const there = yield* present(file, data)
  const [place] = placesOf(data, file)
  if (there === undefined) return yield* new DataFileWrong({ file: place, reason: "there is no such file" })
  const sha256 = yield* digestOf(there.place)
  const recorded = (yield* recordsIn(data))[file.path]?.sha256
  const expected = file.sha256 ?? recorded
  if (expected !== undefined && expected !== sha256) {
    const whose = file.sha256 === undefined ? "that it had when it was fetched" : "of the published file"
    return yield* new DataFileWrong({
      file: there.place,
      reason: `its SHA-256 is ${sha256}, expected ${expected}, ${whose}; move it away, and \`seidr dataset fetch\` gets it`
    })
  }
  return { ...there, sha256, isNew: false }
})
