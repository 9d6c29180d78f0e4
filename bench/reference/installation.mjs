// The published package in a virtual environment of its own, and the environment variables that both sides run with.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const requirement = "seidr==3.5.0"
const constraints = fileURLToPath(new URL("constraints.txt", import.meta.url))

/** Installs it unless the folder has it already, with the versions that are known to fit together. Gives its Python. */
export const installed = (folder) => {
  const python = join(folder, "bin", "python")
  const mark = join(folder, "installed")
  const wanted = `${requirement}\n${readFileSync(constraints, "utf8")}`
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return python
  run("python3", ["-m", "venv", "--clear", folder])
  run(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "-c",
    constraints,
    requirement
  ])
  writeFileSync(mark, wanted)
  return python
}

/**
 * What both sides see. `python3`, by which the published package runs programs, is the interpreter itself here: on many
 * machines it is the script of a version manager, which takes longer than most programs.
 */
export const environmentOf = (folder) => {
  const bin = join(folder, "bin")
  const home = join(folder, "home")
  mkdirSync(bin, { recursive: true })
  mkdirSync(home, { recursive: true })
  const interpreter = run("python3", ["-c", "import os, sys; print(os.path.realpath(sys.executable))"]).trim()
  symlinkSync(interpreter, join(bin, "python3"))
  return { PATH: `${bin}:${process.env.PATH}`, HOME: home, LANG: "C.UTF-8", TMPDIR: folder }
}

const run = (command, args) => {
  const { error, status, stderr, stdout } = spawnSync(command, args, { encoding: "utf8" })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`)
}
