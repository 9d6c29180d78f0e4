import { readFileSync } from "node:fs"

/**
 * What may happen to a task that runs, by name; each takes the task as JOB_INDEX and gives whether it could be done (it may
 * have ended in between).
 */
export const disturbancesOf = (slurm) => {
  const worked = async (...words) => {
    await slurm(...words)
    return true
  }
  return {
    /** An administrator puts it into the queue again. */
    requeued: (task) => worked("scontrol", "requeue", task),
    /** The system runs out of memory and ends seidr. */
    "seidr killed": async (task) =>
      killed((await processesOf(task, slurm)).filter(({ command }) => /seidr\.js experiment /.test(command))),
    /** Slurm warns that the time is almost over. */
    "time over": (task) => worked("scancel", "--batch", "--signal=USR1", task),
    /** A job of more weight wants its place. */
    "pre-empted": () =>
      worked(
        ...["sbatch", "--partition=urgent", "--ntasks=1", "--cpus-per-task=3"],
        ...["--output=/dev/null", "--wrap=sleep 3"]
      ),
    cancelled: (task) => worked("scancel", task),
    /** All its processes are gone at once, the shell before seidr, so that nothing is brought away. */
    "task killed": async (task) =>
      killed((await processesOf(task, slurm)).filter(({ command }) => /slurm_script|seidr\.js/.test(command)))
  }
}

const killed = (processes) => {
  let count = 0
  for (const { pid } of processes) {
    try {
      process.kill(pid, "SIGKILL")
      count += 1
    } catch {
      // It has ended.
    }
  }
  return count > 0
}

/** The processes of a task, those that were started first before the others. */
const processesOf = async (task, slurm) => {
  const [, job] = /JobId=(\d+)/.exec(await slurm("scontrol", "show", "job", task)) ?? []
  const listed = await slurm("scontrol", "listpids", job ?? "0")
  const pids = listed.split("\n").flatMap((line) => /^\s*(\d+)\s/.exec(line)?.[1] ?? [])
  return pids
    .map(Number)
    .sort((one, other) => one - other)
    .flatMap((pid) => {
      try {
        return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }]
      } catch {
        // It has ended.
        return []
      }
    })
}
