import { type ArrayRange, arrayRangeText } from "./arrayRange.ts"
import { directiveQuoted, shellQuoted } from "./quoted.ts"

/** What one task asks of the cluster, as `sbatch` spells it; what is undefined is the cluster's default. */
export interface TaskResources {
  readonly cpusPerTask: number
  readonly partition: string | undefined
  readonly account: string | undefined
  readonly time: string | undefined
  readonly mem: string | undefined
  /** Any other flags of `sbatch`, on one line, as its user has written them. */
  readonly others: string | undefined
}

export interface ArrayScript {
  /** Names the job, its logs and its runs' labels. */
  readonly name: string
  readonly array: ArrayRange
  /** `task_id` is the index of the array plus this. */
  readonly offset: number
  readonly resources: TaskResources
  /** How often a task whose time is over puts itself into the queue again. */
  readonly restarts: number
  /** Whether a task whose row was not solved ends with status 1, which is a failure to Slurm. */
  readonly failUnsolved: boolean
  /** Absolute paths. */
  readonly folder: string
  readonly table: string
  readonly logs: string
  readonly node: string
  readonly seidr: string
  /** Flags of `seidr experiment` for every task. */
  readonly flags: ReadonlyArray<string>
}

/** A name that file systems, globs and Slurm's patterns take as it is. */
export const plainName = (name: string): string => {
  const plain = name.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+/, "")
  return plain === "" ? "table" : plain.slice(0, 100)
}

/** How the logs of all tasks become one, as typed. */
export const mergeCommand = ({ logs, name }: Pick<ArrayScript, "logs" | "name">): string =>
  `seidr merge ${shellQuoted(logs)}/${plainName(name)}.*.db --into ${plainName(name)}.db`

/**
 * The script of a job array: a task for each row. A task works in a log on its node's own disk, and brings whole copies of
 * it to the folder of logs: now and then, when it is told to end, and at its end. It begins from the copy that is there.
 * No SQLite file is ever opened on a file system of several machines.
 */
export const arrayScript = (script: ArrayScript): string =>
  `${["#!/bin/sh", ...directivesOf(script).map((words) => `#SBATCH ${words}`)].join("\n")}

# Made by \`seidr slurm\`; it can be read and edited. Submit it as often as you like: rows that are done are not run again.
# Then join the logs:
#   ${mergeCommand(script)}
# Keys of models are not in here: they come from the environment in which you call sbatch.

table=${shellQuoted(script.table)}
# Where each task brings a log of its own; a shared disk will do.
logs=${shellQuoted(script.logs)}
name=${plainName(script.name)}
# task_id = SLURM_ARRAY_TASK_ID + offset
offset=${script.offset}
# The status of a task whose row was not solved; Slurm takes all but 0 for a failure.
unsolved=${script.failUnsolved ? 1 : 0}
# How often a task whose time is over puts itself into the queue again.
restarts=${script.restarts}
# Seconds from one copy of a growing log to the next.
every=300
node=${shellQuoted(script.node)}
seidr=${shellQuoted(script.seidr)}

set -u
cd ${shellQuoted(script.folder)} || exit 2
id=$((\${SLURM_ARRAY_TASK_ID:?is not set: submit this script with sbatch, or set it to run a row by hand} + offset))
log=$logs/$name.$id.db
mkdir -p "$logs" || exit 2
scratch=$(mktemp -d "\${SLURM_TMPDIR:-\${TMPDIR:-/tmp}}/seidr-XXXXXXXX") || exit 3
trap 'rm -rf "$scratch"' EXIT
# Caches are SQLite files too.
export SEIDR_CACHE="\${SEIDR_CACHE:-$scratch/evaluations.db}"

# Brings a whole, checked copy of the log to the others; its name is given in one step.
save() {
  [ -e "$scratch/log.db" ] || return 0
  rm -f "$scratch/copy.db"
  "$node" "$seidr" backup "$scratch/copy.db" --db "$scratch/log.db" >"$scratch/said" 2>&1 &&
    cp "$scratch/copy.db" "$log.part-$$" && sync "$log.part-$$" && mv -f "$log.part-$$" "$log" && return 0
  cat "$scratch/said" >&2
  rm -f "$log.part-$$"
  return 1
}

# Slurm says USR1 to this shell alone when the time is almost over: seidr is told at once. It says TERM to all processes of
# a task that is cancelled or has to make room. Told twice seidr would end without letting go of its run, so that
# it is told again only if it is still there after some seconds.
over=
patience=
trap 'over=yes patience=0' USR1
trap 'patience=\${patience:-5}' TERM INT

echo "task_id $id on $(uname -n), start $((\${SLURM_RESTART_COUNT:-0} + 1))"
if [ -e "$log" ]; then cp "$log" "$scratch/log.db" || exit 3; fi
"$node" "$seidr" experiment "$table" --task "$id" --db "$scratch/log.db"${script.flags.map((flag) => ` ${shellQuoted(flag)}`).join("")} &
task=$!
seconds=0
while kill -0 "$task" 2>/dev/null; do
  sleep 1
  seconds=$((seconds + 1))
  if [ $((seconds % every)) -eq 0 ]; then save; fi
  if [ -n "$patience" ]; then
    if [ "$patience" -eq 0 ]; then kill -TERM "$task" 2>/dev/null; fi
    patience=$((patience - 1))
  fi
done
wait "$task"
status=$?

# A signal may have ended the first.
if ! save && ! save; then
  trap - EXIT
  echo "seidr: the log could not be brought to $log; it is on $(uname -n), in $scratch" >&2
  exit 3
fi
if [ "$status" -eq 130 ] && [ -n "$over" ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt "$restarts" ]; then
  scontrol requeue "\${SLURM_ARRAY_JOB_ID:-}_$SLURM_ARRAY_TASK_ID"
fi
if [ "$status" -eq 1 ]; then status=$unsolved; fi
exit "$status"
`

const directivesOf = ({ array, logs, name, resources }: ArrayScript): ReadonlyArray<string> => {
  const given = (flag: string, value: string | undefined) =>
    value === undefined ? [] : [`--${flag}=${directiveQuoted(value)}`]
  const output = `${logs.replaceAll("%", "%%")}/${plainName(name)}.%A_%a.out`
  return [
    ...given("job-name", plainName(name)),
    ...given("array", arrayRangeText(array)),
    "--ntasks=1",
    ...given("cpus-per-task", String(resources.cpusPerTask)),
    ...given("partition", resources.partition),
    ...given("account", resources.account),
    ...given("time", resources.time),
    ...given("mem", resources.mem),
    ...given("output", output),
    "--open-mode=append",
    "--requeue",
    "--signal=B:USR1@120",
    ...(resources.others === undefined ? [] : [resources.others])
  ]
}
