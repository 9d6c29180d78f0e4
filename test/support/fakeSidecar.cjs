#!/usr/bin/env node
// Speaks as src/services/Wandb/sidecar.py does, without the client: FAKE_WANDB_BEHAVIOUR says how.
const { appendFileSync } = require("node:fs")
const { createInterface } = require("node:readline")

const behaviour = process.env.FAKE_WANDB_BEHAVIOUR
const say = (report) => process.stdout.write(`${JSON.stringify(report)}\n`)
const keep = (line) => appendFileSync(process.env.FAKE_WANDB_OUT, `${line}\n`)

keep(
  JSON.stringify({ _tag: "Started", pid: process.pid, argv: process.argv.slice(2), environment: process.env })
)
if (behaviour === "package") {
  say({ _tag: "Unready", why: "package", reason: "No module named 'wandb'" })
  process.exit(0)
}
if (behaviour === "key") {
  say({ _tag: "Unready", why: "key", reason: "no key" })
  process.exit(0)
}
if (behaviour === "breaks") {
  process.stderr.write("it is broken\n")
  process.exit(1)
}
say({ _tag: "Ready", version: "fake" })
// Deaf: the input is never read, so that it fills up.
if (behaviour === "deaf") setInterval(() => undefined, 1_000)
else {
  createInterface({ input: process.stdin }).on("line", (line) => {
    keep(line)
    const { _tag, run } = JSON.parse(line)
    if (behaviour === "dies") process.exit(1)
    if (_tag === "Begin" && behaviour === "works")
      say({ _tag: "Begun", run, address: `https://wandb.example/trial/runs/${run}` })
    if (_tag === "Begin" && behaviour === "refuses")
      say({ _tag: "Refused", run, reason: `401: ${process.env.WANDB_API_KEY}` })
    if (_tag === "Begin" && behaviour === "outage") say({ _tag: "Kept", run, reason: "connection refused" })
    if (_tag !== "End" || behaviour === "refuses") return
    say({ _tag: "Ended", run, offline: behaviour === "outage", folder: "/kept/here" })
  })
}
