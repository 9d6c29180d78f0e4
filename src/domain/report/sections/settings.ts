import { type Section, table, text } from "../page.ts"
import { runsOfSetting, type Source } from "../source.ts"

/** What the settings are: the fields in which they differ, and those that are the same for all. */
export const settingsSection = ({ analysis }: Source): Section => {
  const { settings } = analysis
  const fields = Object.keys(settings[0]?.fields ?? {})
  const isShared = (field: string) =>
    settings.every(({ fields: own }) => own[field] === settings[0]!.fields[field])
  const differing = fields.filter((field) => !isShared(field))
  return {
    id: "settings",
    title: "Settings",
    blocks: [
      text(
        "A setting is everything that shapes a search but its problem and its seed. Runs of one setting on one problem with several seeds are repetitions."
      ),
      table(
        "settings-table",
        settings.length === 1 ? "The setting" : "In what the settings differ",
        [
          ["setting", "text"],
          ["runs", "number"],
          ["seeds", "text"],
          ...differing.map((field) => [field, "text"] as const)
        ],
        settings.map(({ fields: own, id }, place) => {
          const runs = runsOfSetting(analysis, id)
          return [
            { text: id, setting: place },
            String(runs.length),
            seedsText(runs.map(({ seed }) => seed)),
            ...differing.map((field) => own[field] ?? "")
          ]
        })
      ),
      table(
        "settings-shared",
        settings.length === 1 ? "Its fields" : "What is the same for all",
        [
          ["field", "text"],
          ["value", "text"]
        ],
        fields.filter(isShared).map((field) => [field, settings[0]!.fields[field] ?? ""])
      )
    ]
  }
}

/** As many seeds are listed. */
const mostSeeds = 12

/** `42–44, 50`: each seed once, neighbours together. */
export const seedsText = (seeds: ReadonlyArray<number>): string => {
  const sorted = [...new Set(seeds)].sort((left, right) => left - right)
  const spans: Array<[from: number, to: number]> = []
  for (const seed of sorted) {
    const last = spans.at(-1)
    if (last !== undefined && last[1] === seed - 1) last[1] = seed
    else spans.push([seed, seed])
  }
  const shown = spans
    .slice(0, mostSeeds)
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`))
  return spans.length > mostSeeds
    ? `${shown.join(", ")} … ${sorted.at(-1)} (${sorted.length} seeds)`
    : shown.join(", ")
}
