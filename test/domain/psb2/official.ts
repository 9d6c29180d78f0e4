import { existsSync, readFileSync } from "node:fs"
import { Either } from "effect"
import type { IoCase } from "../../../src/domain/problem.ts"
import type { Task } from "../../../src/domain/psb2/task.ts"
import { officialCases } from "../../../src/domain/psb2/text.ts"

const folder = new URL("../../../../shared/data/psb2/", import.meta.url)

/** Whether the official edge files lie beside the repository; they are not part of it. */
export const officialIsHere = existsSync(folder)

export const officialText = ({ name }: Task): string =>
  readFileSync(new URL(`${name}/${name}-edge.json`, folder), "utf8")

/** The official edge cases of a task; none where the files are not there. */
export const officialEdges = (task: Task): ReadonlyArray<IoCase> =>
  officialIsHere ? Either.getOrThrow(officialCases(task, officialText(task))) : []
