import { Effect, Option } from "effect"
import { type DataSet, dataSetNamed, dataSets } from "../../domain/dataSets.ts"
import { didYouMean } from "../../domain/nearest.ts"
import { DataSets } from "../../services/DataSets.ts"
import { configurationFrom } from "../configuration.ts"
import { layerDataSets, layerProblems } from "../layers.ts"
import { verifyDataSet } from "../verifyDataSet.ts"
import { command } from "./command.ts"
import { environment } from "./environment.ts"
import { Concluded, exitStatus } from "./failure.ts"
import * as options from "./options.ts"
import { Screen } from "./Screen.ts"
import { UsageInvalid } from "./usage.ts"

const actions = ["list", "fetch", "verify"] as const

export const datasetCommand = command(
  {
    name: "dataset",
    about: "list the data sets that lie in files, fetch one from where it is published, or verify its files",
    exits: "0 done, 1 a file is missing or wrong (of verify)"
  },
  {
    action: options.argument("ACTION", "list, fetch or verify"),
    name: options.optionalArgument(
      "NAME",
      "a data set: humaneval, humaneval-x, mbpp, mbpp-sanitized, psb2, or psb2/PROBLEM; list shows all of them without one"
    ),
    data: options.dataFolder,
    mirror: options.flag(
      "mirror",
      "URL",
      options.text,
      "of fetch: another place with the same files, under the paths that they have in the data folder"
    ),
    json: options.json
  },
  ({ action, json, mirror, ...flags }) =>
    Effect.gen(function* () {
      const { data } = yield* configurationFrom(environment, { data: Option.getOrUndefined(flags.data) })
      const name = Option.getOrUndefined(flags.name)
      const known = actions.find((one) => one === action)
      if (known === undefined) {
        return yield* new UsageInvalid({
          reason: `${JSON.stringify(action)} is nothing to do with a data set${didYouMean(action, actions) || `; expected ${actions.join(", ")}`}`
        })
      }
      if (known !== "fetch" && Option.isSome(mirror))
        return yield* new UsageInvalid({ reason: "--mirror is a flag of `seidr dataset fetch` only" })
      if (known === "list") return yield* list(yield* setsFor(name), data, json)
      if (name === undefined)
        return yield* new UsageInvalid({ reason: `dataset ${known} needs the NAME of one` })
      if (data === undefined) {
        return yield* new UsageInvalid({
          reason: `dataset ${known} needs the folder for data sets: --data FOLDER, or SEIDR_DATA`
        })
      }
      const [set] = yield* setsFor(name)
      yield* known === "fetch"
        ? fetch(set, data, Option.getOrUndefined(mirror), json)
        : verify(set, data, json)
    }).pipe(Effect.provide([layerDataSets, layerProblems]))
)

const setsFor = (
  name: string | undefined
): Effect.Effect<readonly [DataSet, ...Array<DataSet>], UsageInvalid> => {
  const sets = name === undefined ? dataSets : [dataSetNamed(name)].filter((set) => set !== undefined)
  const [first, ...others] = sets
  if (first !== undefined) return Effect.succeed([first, ...others])
  const names = dataSets.map((set) => set.name)
  return new UsageInvalid({
    reason: `there is no data set ${JSON.stringify(name)}${didYouMean(name ?? "", names) || `; there are ${names.join(", ")}, and of psb2 single problems, as psb2/gcd`}`
  })
}

const list = Effect.fn("dataset.list")(function* (
  sets: ReadonlyArray<DataSet>,
  data: string | undefined,
  json: boolean
) {
  const screen = yield* Screen
  const service = yield* DataSets
  const found = yield* Effect.forEach(sets, (set) =>
    Effect.map(service.states(set, data), (files) => ({ set, files }))
  )
  if (json) {
    return yield* screen.json(
      found.map(({ files, set: { licence, name, title } }) => ({
        name,
        title,
        licence,
        files: files.map(({ bytes, file, place, state }) => ({
          path: file.path,
          place,
          state,
          bytes,
          url: file.url,
          sha256: file.sha256 ?? null
        }))
      }))
    )
  }
  for (const { files, set } of found) {
    const there = files.filter(({ state }) => state === "present").length
    const paint = there === files.length ? "green" : there > 0 ? "yellow" : "dim"
    const state =
      files.length === 1 ? (there === 1 ? "here" : "not here") : `${there} of ${files.length} files`
    yield* screen.print(
      `${set.name.padEnd(15)} ${screen.paint(paint, state.padEnd(14))} ${set.title}; ${set.licence}`
    )
  }
  if (data === undefined) yield* screen.note("No data folder is named: --data FOLDER, or SEIDR_DATA.")
})

const fetch = Effect.fn("dataset.fetch")(function* (
  set: DataSet,
  data: string,
  mirror: string | undefined,
  json: boolean
) {
  const screen = yield* Screen
  const service = yield* DataSets
  const fetched = yield* Effect.forEach(set.files, (file) =>
    service
      .fetch(file, {
        data,
        mirror,
        observe: ({ bytes, total }) =>
          screen.status(
            `${file.path} · ${megabytes(bytes)}${total === null ? "" : ` of ${megabytes(total)} MB · ${Math.floor((100 * bytes) / Math.max(1, total))} %`}`
          )
      })
      .pipe(
        Effect.tap(({ bytes, isNew, place }) =>
          screen.note(isNew ? `${place}: ${megabytes(bytes)} MB` : `${place} is here already`)
        )
      )
  )
  if (json) yield* screen.json({ name: set.name, files: fetched })
  else yield* screen.print(`${set.name} is here (${set.licence})`)
})

const verify = Effect.fn("dataset.verify")(function* (set: DataSet, data: string, json: boolean) {
  const screen = yield* Screen
  const files = yield* verifyDataSet(set, data, ({ path }) => screen.status(path))
  const right = files.filter(({ state }) => state === "right").length
  if (json) yield* screen.json({ name: set.name, right, total: files.length, files })
  else {
    for (const { place, reason, state } of files) {
      if (state === "missing") yield* screen.print(`${screen.paint("yellow", "missing")}  ${place}`)
      if (state === "wrong")
        yield* screen.print(`${screen.paint("red", "wrong")}    ${place}: ${reason ?? ""}`)
    }
    yield* screen.print(`${right} of ${files.length} files of ${set.name} are here and right`)
  }
  if (right < files.length) return yield* Effect.fail(new Concluded(exitStatus.notAll))
})

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)
