import type { UnitTestsCheck } from "../check.ts"
import { type Definition, definitionsIn } from "../unitTests/definitions.ts"
import { testedLanguages } from "../unitTests/languages.ts"
import { masked } from "../unitTests/masked.ts"
import { errata } from "./errata.ts"
import { completed } from "./rustTests.ts"
import type { HumanEvalLanguage, Row, Task } from "./task.ts"

/**
 * A line of HumanEval-X in a language of braces. What stands before the function to be written, helpers and imports,
 * is the prelude; of Rust's imports, those of crates that are not there are left out.
 */
export const taskOf = (language: Exclude<HumanEvalLanguage, "python">, row: Row): Task => {
  const declared = declarationOf(language, row)
  const code = masked(declared, testedLanguages[language]!.syntax)
  const functions = definitionsIn(code, language === "java" ? 1 : 0)
  const wanted = functions.at(-1)
  const prelude = wanted === undefined ? declared : declared.slice(0, wanted.start)
  const prompt = promptOf(language, row)
  const entryPoint = language === "rust" ? testedFunction(row, functions) : (wanted?.name ?? "")
  const isDeclared = functions.some(({ name }) => name === entryPoint)
  const check: UnitTestsCheck = {
    _tag: "UnitTests",
    language,
    entryPoint,
    prompt,
    prelude: language === "java" ? prelude.replace(/\bclass\s+Solution\b[^{]*\{/, "") : prelude,
    setup: language === "rust" ? addedIn(row, isDeclared ? undefined : entryPoint) : (row.test_setup ?? "")
  }
  const reference = prompt + solutionOf(row)
  const given = [entryPoint, ...functions.map(({ name }) => name)]
  const test = language === "rust" ? completed(row.test, reference, given) : row.test
  return { language, check, tests: [test], reference }
}

const solutionOf = ({ canonical_solution, task_id }: Row): string =>
  (errata[task_id] ?? []).reduce((text, [says, means]) => text.replace(says, () => means), canonical_solution)

const declarationOf = (
  language: HumanEvalLanguage,
  { declaration = "", import: imports = "", prompt }: Row
) => {
  switch (language) {
    case "go":
      return `${imports}\n${prompt.replace(/^\s*import\s*(?:\([^)]*\)|"[^"]*")/, "")}`
    case "rust":
      return withoutCrates(declaration)
    default:
      return declaration
  }
}

/** Of Rust, the prompt is only the comment: the signature is in the declaration. */
const promptOf = (language: HumanEvalLanguage, { declaration = "", prompt }: Row): string =>
  language === "rust" ? `${prompt.trim()}\n${withoutCrates(declaration).trimStart()}` : prompt

const withoutCrates = (text: string): string => text.replace(/^use\s+(?:rand|regex|md5)\b[^;]*;\n?/gm, "")

/** In some tasks in Rust, the signature that is given is that of a helper, and the test calls what its solution adds. */
const testedFunction = ({ canonical_solution, test }: Row, declared: ReadonlyArray<Definition>): string => {
  const given = declared.at(-1)?.name ?? ""
  const calls = (name: string) => new RegExp(`\\b${name}\\s*\\(`).test(test)
  const added = [...canonical_solution.matchAll(/\bfn\s+(\w+)/g)].map(([, name]) => name!)
  return calls(given) ? given : (added.findLast(calls) ?? given)
}

/** What the test names and only the solution declares: enumerations, and the signature of the tested function. */
const addedIn = ({ canonical_solution, test }: Row, undeclared: string | undefined): string => {
  const enumerations = [
    ...canonical_solution.matchAll(/(?:#\[derive\([^)]*\)\]\s*)?(?:pub\s+)?enum\s+(\w+)[^{]*\{[^}]*\}/g)
  ].flatMap(([text, name]) => (new RegExp(`\\b${name}\\b`).test(test) ? [text] : []))
  const signature =
    undeclared === undefined
      ? undefined
      : new RegExp(`\\bfn\\s+${undeclared}\\s*\\([^)]*\\)[^{]*`).exec(canonical_solution)?.[0]
  return [
    ...enumerations,
    ...(signature === undefined ? [] : [`${signature}{ ::std::unimplemented!() }`])
  ].join("\n")
}
