// Writes docs/problem.schema.json from the one definition of the format. Wants a build: it reads dist/.
import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { JSONSchema } from "effect"
import { ProblemFileSchema } from "../dist/src/domain/problemFileSchema.js"

const file = "docs/problem.schema.json"
writeFileSync(file, JSON.stringify(JSONSchema.make(ProblemFileSchema)))
process.exitCode =
  spawnSync("node_modules/.bin/biome", ["format", "--write", file], { stdio: "inherit" }).status ?? 1
