import { describe, expect, it } from "@effect/vitest"
import { profile } from "../../../src/services/Sandbox/tiers/sandboxExec.ts"

const project = "/usr/local/project"
const lines = profile({
  views: ["/usr", "/opt/python", "/Users/x/python"],
  hidden: [project, "/Users/x"],
  work: "/private/var/folders/w"
}).split("\n")

// The sandbox itself needs macOS.
describe("the profile for sandbox-exec", () => {
  it("denies what it does not allow, and the network in the end", () => {
    expect(lines.slice(0, 2)).toEqual(["(version 1)", "(deny default)"])
    expect(lines.at(-1)).toBe("(deny network*)")
    expect(lines.filter((line) => /allow.*network|allow default|mach|iokit/.test(line))).toEqual([])
  })

  it("writes nowhere but in the work folder and to devices", () => {
    expect(lines.filter((line) => line.includes("file-write"))).toEqual([
      expect.stringMatching(/^\(allow file-read\* file-write-data (?:\(literal "\/dev\/\w+"\) ?)+\)$/),
      '(allow file-read* file-write* (subpath "/private/var/folders/w"))'
    ])
  })

  it("hides a project that lies in a view, but no view that lies in a home", () => {
    const shown = lines.findIndex((line) => line.includes('(subpath "/opt/python")'))
    const hidden = lines.indexOf(`(deny file-read* (subpath "${project}") (subpath "/Users/x"))`)
    const again = lines.indexOf('(allow file-read* (subpath "/Users/x/python"))')
    expect([shown < hidden, hidden < again, shown > 0]).toEqual([true, true, true])
  })

  it("signals nobody outside", () => {
    expect(lines.filter((line) => /signal|process-info/.test(line))).toEqual([
      "(allow process-info* (target same-sandbox))",
      "(allow signal (target same-sandbox))"
    ])
  })

  it("keeps the words of a path together", () => {
    expect(profile({ views: [], hidden: [], work: '/a "b")(allow default) c' })).toContain(
      '(subpath "/a \\"b\\")(allow default) c")'
    )
  })
})
