import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, describe, expect, it } from "@effect/vitest"
import type { Toolchain } from "../../../src/services/Sandbox/driver.ts"
import type { PythonInstallation } from "../../../src/services/Sandbox/pythonInstallation.ts"
import { viewsOf } from "../../../src/services/Sandbox/views.ts"

const folder = realpathSync(mkdtempSync(join(tmpdir(), "seidr-test-")))
afterAll(() => rmSync(folder, { recursive: true }))
const place = (name: string) => join(folder, name)
for (const name of ["python/lib", "python2", "tools", "system/inner"])
  mkdirSync(place(name), { recursive: true })
symlinkSync(place("tools"), place("link"))

const python = (folders: ReadonlyArray<string>): PythonInstallation => ({
  executable: "python3",
  prefix: [],
  version: "Python 3.11.7",
  folders,
  packages: []
})
const needing = (...readable: ReadonlyArray<string>): Toolchain => ({
  version: "1",
  recipe: { runs: "python" },
  readable
})
const base = [place("system")]

describe("viewsOf", () => {
  it("shows a folder once, wherever it is reached from, and nothing that is not there", () => {
    const folders = [place("python"), place("python/lib"), place("nowhere"), place("system/inner")]
    expect(viewsOf(python(folders), needing(place("link")), base)).toEqual({
      views: [place("python"), place("system"), place("tools")],
      hidden: []
    })
  })

  it("takes a folder with a longer name for another one", () => {
    expect(viewsOf(python([place("python"), place("python2")]), needing(), []).views).toEqual([
      place("python"),
      place("python2")
    ])
  })

  it("does not show what the home or the project lies in, even if a tool chain asks for it", () => {
    expect(viewsOf(python([]), needing("/", homedir(), process.cwd(), dirname(process.cwd())), base)).toEqual(
      {
        views: base,
        hidden: []
      }
    )
  })

  it("hides a project that lies in what has to be shown", () => {
    const { hidden } = viewsOf(python([]), needing(), [dirname(process.cwd())])
    expect(hidden).toContain(realpathSync(process.cwd()))
  })
})
