import type { Role } from "../request.ts"
import type { SearchSettings, TemperatureSchedule } from "../settings.ts"

/**
 * The temperature of sample `ordinal` (from 0) of `samples` that one place asks for.
 *
 * `published`: a single sample has temperature 0. Otherwise samples come in batches of `batch`; with
 * `floor(samples / batch) + 1` batches, batch k (from 1) has the temperature `k / (floor(samples / batch) + 1)`. For
 * drafts the batch is first lowered to the number of samples. (Schedule of SEIDR 3.5.0, arXiv 2503.07693.)
 */
export const temperatureOf = (
  schedule: TemperatureSchedule,
  role: Role,
  samples: number,
  batch: number,
  ordinal: number
): number => {
  if (schedule.kind === "constant") return schedule.value
  if (samples === 1) return 0
  const size = role === "draft" ? Math.min(batch, samples) : batch
  const batches = Math.floor(samples / size) + 1
  return (Math.floor(ordinal / size) + 1) / batches
}

/** How many samples a place of a role asks for under the settings. */
export const samplesOf = (settings: SearchSettings, role: Role): number =>
  role === "draft"
    ? Math.min(settings.drafts, settings.maxPrograms)
    : role === "explain"
      ? settings.explanations
      : settings.repairs
