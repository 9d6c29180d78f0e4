// The same work without an engine: a process for each case, nothing confined.
import { execFileSync, spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"

/** The interpreter itself, behind any shim. */
export const interpreter = execFileSync(
  "python3",
  ["-I", "-c", "import os, sys; print(os.path.realpath(sys.executable))"],
  { encoding: "utf8" }
).trim()

const once = (command, args, input) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] })
    let output = ""
    child.stdout.on("data", (piece) => {
      output += piece
    })
    child.once("error", reject)
    child.once("close", () => resolve(output))
    child.stdin.end(input)
  })

const all = async (command, args, cases) => {
  for (const { input, output } of cases) {
    if ((await once(command, args, input)) !== output) throw new Error(`${command} printed something else`)
  }
}

export const plainPython = (folder, source, cases) => {
  const file = join(folder, "plain.py")
  writeFileSync(file, source)
  return all(interpreter, ["-I", "-S", file], cases)
}

export const plainCpp = async (folder, source, cases) => {
  const file = join(folder, "plain.cpp")
  const program = join(folder, "plain")
  writeFileSync(file, source)
  await once("g++", ["-O0", "-o", program, file], "")
  await all(program, [], cases)
}

/** `javac`, and a JVM for each case with what makes it start quickest. */
export const plainJava = async (folder, source, cases) => {
  const file = join(folder, "Main.java")
  writeFileSync(file, source)
  await once("javac", ["-d", folder, file], "")
  await all(
    "java",
    ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", folder, "Main"],
    cases
  )
}

export const plainJavaScript = (folder, source, cases) => {
  const file = join(folder, "plain.cjs")
  writeFileSync(file, source)
  return all("node", [file], cases)
}
