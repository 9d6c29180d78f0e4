import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, describe, expect, it } from "@effect/vitest"
import { codeOf, codeVersion } from "../../src/services/codeVersion.ts"

const scratch = mkdtempSync(join(tmpdir(), "seidr-test-"))
afterAll(() => rmSync(scratch, { recursive: true }))

const files = {
  "main.js":
    'import {\n  one,\n  two\n} from "./lib/one.js"\nimport { Effect } from "effect"\nimport "./also.js"\nconst a = f("./no.js")\n',
  "lib/one.js": 'export * from "./two.js"\nexport const one = 1\n',
  "lib/two.js":
    'import { one } from "./one.js"\nimport type { Three } from "./three.js"\nexport const two = 2\n',
  "also.js": "",
  "other.js": "",
  "scripts/run.py": "",
  "scripts/notes.md": ""
}

let copies = 0
/** The files with some of them changed, in a folder of their own: what was read is remembered. */
const place = (changed: Readonly<Record<string, string>> = {}) => {
  const folder = join(scratch, String(++copies))
  for (const [name, content] of Object.entries({ ...files, ...changed })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return [pathToFileURL(join(folder, "main.js")).href, [pathToFileURL(join(folder, "scripts"))]] as const
}

describe("the version of a module's code", () => {
  it("changes with all that the module imports, and what is beside it in other languages; with nothing else", () => {
    const version = (changed?: Readonly<Record<string, string>>) => codeVersion(...place(changed))
    const first = version()
    expect(version()).toBe(first)
    expect(version({ "other.js": "1", "scripts/notes.md": "1", "lib/three.js": "1" })).toBe(first)
    const changes = ["main.js", "lib/one.js", "lib/two.js", "also.js", "scripts/run.py"].map((name) =>
      version({ [name]: `${files[name as keyof typeof files]} ` })
    )
    expect(new Set([first, ...changes]).size).toBe(6)
  })

  it("takes in how tests are put together and spoken to", () => {
    const services = new URL("../../src/services/", import.meta.url)
    const folder = new URL("./Evaluate/unitTests/python", services)
    const names = codeOf(new URL("./Evaluate.ts", services).href, [folder]).map(
      (file) => file.split("/src/")[1]
    )
    expect(names).toEqual(
      expect.arrayContaining([
        "domain/comparison.ts",
        "domain/evaluation.ts",
        "domain/unitTests/goImports.ts",
        "domain/unitTests/javascriptValues.ts",
        "services/Evaluate/unitTests/dialogue.ts",
        "services/Evaluate/unitTests/python/candidate.py",
        "services/Evaluate/unitTests/python/plain.py",
        "services/Evaluate/unitTests/python/tests.py",
        "services/Evaluate/unitTests/result.ts"
      ])
    )
  })
})
