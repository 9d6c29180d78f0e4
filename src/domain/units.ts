const durations: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 }

const sizes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 2 ** 10,
  kib: 2 ** 10,
  mb: 2 ** 20,
  mib: 2 ** 20,
  gb: 2 ** 30,
  gib: 2 ** 30
}

/** Milliseconds of a duration such as `2s`, `500ms`, `1.5m`; undefined if the text is not one. */
export const millisecondsOf = (text: string): number | undefined => quantity(text, durations)

/** Bytes of a size such as `256MB`, `1.5GB` (powers of 1024); undefined if the text is not one. */
export const bytesOf = (text: string): number | undefined => {
  const bytes = quantity(text, sizes)
  return bytes === undefined ? undefined : Math.round(bytes)
}

const quantity = (text: string, units: Readonly<Record<string, number>>): number | undefined => {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim())
  const name = match?.[2]?.toLowerCase() ?? ""
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  if (match === null || unit === undefined) return undefined
  return Number(match[1]) * unit
}

/** A number of bytes in MB (powers of 1024), as `--memory-limit` takes it. */
export const sizeText = (bytes: number): string => {
  const megabytes = bytes / 2 ** 20
  return `${Number.isInteger(megabytes) ? megabytes : megabytes.toFixed(1)} MB`
}

/** A duration in the largest unit that fits: `450 ms`, `3.2 s`, `2 min 5 s`, `1 h 30 min`. */
export const durationText = (milliseconds: number): string => {
  if (Math.round(milliseconds) < 1_000) return `${Math.round(milliseconds)} ms`
  const tenths = Math.round(milliseconds / 100)
  if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
