import { readFileSync, readlinkSync } from "node:fs"
import { hostname } from "node:os"

/** The process that holds a lease. */
export interface Holder {
  /** The machine's name, for people. */
  readonly host: string
  /** What tells whether its process ids mean anything here: the name, the boot and the space of process ids. */
  readonly machine: string
  readonly pid: number
  /** When it was started, as far as the system tells: its id may be given to another process afterwards. */
  readonly pid_started: string
}

/** This process. */
export const thisProcess = (): Holder => ({
  host: hostname(),
  machine: thisMachine(),
  pid: process.pid,
  pid_started: startOf(process.pid) ?? unknown
})

/** `alive` and `dead` where that can be known; a process on another machine can only be waited for. */
export const fateOf = (holder: Holder): "alive" | "dead" | "unknown" => {
  if (holder.machine !== thisMachine()) return "unknown"
  const start = startOf(holder.pid)
  if (start === undefined) return "dead"
  if (start === unknown || holder.pid_started === unknown) return "unknown"
  return start === holder.pid_started ? "alive" : "dead"
}

const unknown = "unknown"

/** Two machines, or two containers of one, may have the same name. */
const thisMachine = (): string => {
  const boot = attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim())
  const space = attempt(() => readlinkSync("/proc/self/ns/pid"))
  return [hostname(), boot, space].filter((part) => part !== undefined).join(" ")
}

/** Undefined when there is no such process, or only its remains. */
const startOf = (pid: number): string | undefined => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return undefined
  }
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"))
  if (stat === undefined) return unknown
  // The name of the program comes before, in parentheses, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return fields[0] === "Z" || fields[0] === "X" ? undefined : (fields[19] ?? unknown)
}

const attempt = (read: () => string): string | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}
