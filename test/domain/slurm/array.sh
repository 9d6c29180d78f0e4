#!/bin/sh
#SBATCH --job-name=a-grid
#SBATCH --array=0-2,7%20
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --partition=short
#SBATCH --account=lab
#SBATCH --time=1:30:00
#SBATCH --mem=4G
#SBATCH --output="/scratch/100%% \"me\"/logs/a-grid.%A_%a.out"
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@120
#SBATCH --qos=low --mail-type=END

# Made by `seidr slurm`; it can be read and edited. Submit it as often as you like: rows that are done are not run again.
# Then join the logs:
#   seidr merge '/scratch/100% "me"/logs'/a-grid.*.db --into a-grid.db
# Keys of models are not in here: they come from the environment in which you call sbatch.

table='/home/it'\''s me/a grid.csv'
# Where each task brings a log of its own; a shared disk will do.
logs='/scratch/100% "me"/logs'
name=a-grid
# task_id = SLURM_ARRAY_TASK_ID + offset
offset=100
# The status of a task whose row was not solved; Slurm takes all but 0 for a failure.
unsolved=1
# How often a task whose time is over puts itself into the queue again.
restarts=3
# Seconds from one copy of a growing log to the next.
every=300
node=/usr/bin/node
seidr=/opt/seidr/dist/seidr.js

set -u
cd '/home/it'\''s me' || exit 2
id=$((${SLURM_ARRAY_TASK_ID:?is not set: submit this script with sbatch, or set it to run a row by hand} + offset))
log=$logs/$name.$id.db
mkdir -p "$logs" || exit 2
scratch=$(mktemp -d "${SLURM_TMPDIR:-${TMPDIR:-/tmp}}/seidr-XXXXXXXX") || exit 3
trap 'rm -rf "$scratch"' EXIT
# Caches are SQLite files too.
export SEIDR_CACHE="${SEIDR_CACHE:-$scratch/evaluations.db}"

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
trap 'patience=${patience:-5}' TERM INT

echo "task_id $id on $(uname -n), start $((${SLURM_RESTART_COUNT:-0} + 1))"
if [ -e "$log" ]; then cp "$log" "$scratch/log.db" || exit 3; fi
"$node" "$seidr" experiment "$table" --task "$id" --db "$scratch/log.db" --concurrency=2 '--data=/data sets' &
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
if [ "$status" -eq 130 ] && [ -n "$over" ] && [ "${SLURM_RESTART_COUNT:-0}" -lt "$restarts" ]; then
  scontrol requeue "${SLURM_ARRAY_JOB_ID:-}_$SLURM_ARRAY_TASK_ID"
fi
if [ "$status" -eq 1 ]; then status=$unsolved; fi
exit "$status"
