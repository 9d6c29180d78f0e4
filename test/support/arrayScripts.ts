import type { ArrayScript } from "../../src/domain/slurm/script.ts"

/** A script of an array in every part. */
export const wholeScript: ArrayScript = {
  name: "a grid",
  array: { indices: [0, 1, 2, 7], atOnce: 20 },
  offset: 100,
  resources: {
    cpusPerTask: 4,
    partition: "short",
    account: "lab",
    time: "1:30:00",
    mem: "4G",
    others: "--qos=low --mail-type=END"
  },
  restarts: 3,
  failUnsolved: true,
  folder: "/home/it's me",
  table: "/home/it's me/a grid.csv",
  logs: `/scratch/100% "me"/logs`,
  node: "/usr/bin/node",
  seidr: "/opt/seidr/dist/seidr.js",
  flags: ["--concurrency=2", "--data=/data sets"]
}
