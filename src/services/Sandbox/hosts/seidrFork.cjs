// Loaded before a program, in a Node.js of which a copy is made for each case: see `seidrFork.c`, and
// `forked_program.py` for the other side. In the original `serve` does not return; in a copy, Node.js goes on to the
// program as if it had just been started.
"use strict"
const { readFileSync } = require("node:fs")
const { quit, serve } = require("./seidrFork.node")

// A copy has one thread and an old clock: whatever may notice gets processes of its own.
const noticing =
  /\b(?:WebAssembly|worker_threads|performance|perf_hooks|uptime|inspector|cluster|SIGUSR1|v8)\b/
if (noticing.test(readFileSync(process.argv[1], "latin1"))) quit(0)

for (const name of [
  "assert",
  "buffer",
  "events",
  "net",
  "os",
  "path",
  "readline",
  "stream",
  "tty",
  "url",
  "util"
])
  require(name)
require("node:util").inspect({ list: [1, "a", null], map: new Map([[1, { deep: {} }]]) })
if (process.argv[1].endsWith(".ts"))
  require("node:module").stripTypeScriptTypes("enum A { B }", { mode: "transform" })
for (const file of Object.keys(require.cache)) delete require.cache[file]

const pid = serve()

Object.defineProperty(process, "pid", { value: pid, configurable: true, enumerable: true })
delete process.env.LD_PRELOAD
process.execArgv = process.execArgv.filter((word) => word.startsWith("--max-old-space-size"))

const own = (object, name, value) =>
  Object.defineProperty(object, name, { value, configurable: true, writable: true })
own(process, "reallyExit", (status) => quit(status))

// A program that comes to its end with status 0 need not wait until its heap is taken apart. What it has patched of that
// which is asked here leaves the end to Node.js.
const leave = () => {
  let isLast = false
  try {
    const listeners = process.listeners("exit")
    isLast = listeners[listeners.length - 1] === leave && !process.exitCode
  } catch {}
  if (isLast) quit(0)
}
process.on("beforeExit", () => {
  try {
    process.removeListener("exit", leave)
    process.on("exit", leave)
  } catch {}
})
