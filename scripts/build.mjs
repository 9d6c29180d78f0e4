// Compiles to dist/ and copies what the compiler does not: the sandbox's files in other languages.
import { execFileSync } from "node:child_process"
import { chmodSync, cpSync, existsSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc")
try {
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { stdio: "inherit" })
} catch {
  console.error("build: the compiler found errors, see above")
  process.exit(1)
}
for (const entry of readdirSync("src", { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(?:py|java|c|cjs)$/.test(entry.name)) continue
  const from = join(entry.parentPath, entry.name)
  cpSync(from, join("dist", from))
}
const main = "dist/src/programs/main.js"
if (existsSync(main)) chmodSync(main, 0o755)
