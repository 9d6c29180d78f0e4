import type { UnitTestsCheck } from "../check.ts"
import { blanked, closingOf, definitionsIn, topLevel } from "./definitions.ts"
import { importBlock, importsIn } from "./goImports.ts"
import { goPackages, goValues } from "./goValues.ts"
import { masked, type Syntax } from "./masked.ts"
import { ours, type Side, undeclared } from "./sides.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = { backtick: "raw" }

/** The candidate's imports are merged with ours and those that it forgot into one block, without those that nothing uses. */
const program = (check: UnitTestsCheck, candidate: string): Side => {
  const own = importsIn(ownPart(candidate), syntax)
  const prelude = importsIn(check.prelude, syntax)
  const known = new Set(definitionsIn(masked(own.rest, syntax)).map((definition) => definition.name))
  const supplied = definitionsIn(masked(prelude.rest, syntax))
    .filter((helper) => !known.has(helper.name))
    .map(({ end, start }) => prelude.rest.slice(start, end))
    .join("\n")
  const { names, signature } = declared(check)
  const called = `func ${ours}_entry${signature} { return ${check.entryPoint}(${names.join(", ")}) }`
  const code = masked(`${own.rest}\n${supplied}\n${called}`, syntax)
  const source = `package main
${importBlock([...own.imports, ...prelude.imports], code, ours, goPackages)}
//line program.go:1
${own.rest}
/**/
//line harness.go:1
${supplied}
${called}
${goValues}
func main() { ${ours}_begin(); ${ours}_serve(${ours}_entry) }
`
  return { source }
}

/** The test's library of assertions is a small one of ours. */
const tests = (check: UnitTestsCheck, test: string): Side => {
  const prelude = importsIn(check.prelude, syntax)
  const setup = importsIn(check.setup, syntax)
  const own = importsIn(test, syntax)
  const testText = adapted(own.rest)
  const functions = [...testText.matchAll(new RegExp(`\\bfunc (${ours}_Test\\w*)\\(`, "g"))].map(
    ([, one]) => one!
  )
  const { names, result, signature } = declared(check)
  const given = names.map((name) => `, &${name}`).join("")
  const standIn = `func ${check.entryPoint}${signature} { var ${ours}_gave ${result}; ${ours}_ask(&${ours}_gave${given}); return ${ours}_gave }`
  const code = masked(`${prelude.rest}\n${standIn}\n${testText}`, syntax)
  const source = `package main
${importBlock([...prelude.imports, ...setup.imports, ...own.imports], code, ours, goPackages)}
//line harness.go:1
${prelude.rest}
${standIn}
${goValues}
${assertions}
func main() {
  ${ours}_begin()
  defer func() {
    if thrown := recover(); thrown != nil { ${ours}_fails(${ours}_fmt.Sprint(thrown)) }
  }()
${functions.map((one) => `  ${one}(&${ours}_T{})`).join("\n")}
  ${ours}_say("passed")
}
//line test.go:1
${testText}
`
  return { source }
}

/** The function that the prompt declares: its parameters' names, what it gives, and both as they are written. */
const declared = ({ entryPoint, prompt }: UnitTestsCheck) => {
  const code = masked(prompt, syntax)
  const found = definitionsIn(code).findLast(({ name }) => name === entryPoint)
  if (found === undefined) return { names: [], result: undeclared, signature: "()" }
  // The last brace opens the body: types such as interface{} have some of their own.
  const header = code.slice(found.start, code.lastIndexOf("{"))
  const open = header.indexOf("(", header.search(new RegExp(`\\b${entryPoint}\\s*\\(`)))
  const close = closingOf(header, open)
  const names = topLevel(header.slice(open + 1, close - 1)).map((one) => /^\w+/.exec(one)?.[0] ?? "_")
  return { names, result: header.slice(close).trim(), signature: header.slice(open).trim() }
}

/** Without its package, its own tests and the name of its own `main`. */
const ownPart = (program: string): string => {
  const code = masked(program, syntax)
  let text = program
  for (const test of definitionsIn(code)) {
    if (/^func\s+(?:Test|Benchmark)\w*\s*\(\s*\w+\s+\*testing\./.test(code.slice(test.start, test.body))) {
      text = blanked(text, test.start, test.end)
    }
  }
  return text
    .replace(/^(\s*)package\s+\w+/m, "$1")
    .replace(/^(\s*)func(\s+)main(?=\s*\(\s*\))/gm, `$1func$2${ours}_program`)
}

const adapted = (test: string): string =>
  test
    .replace(/\bfunc\s+(Test\w*)\s*\(\s*(\w+)\s+\*testing\.T\s*\)\s*\{/g, `func ${ours}_$1($2 *${ours}_T) {`)
    .replace(/\bassert\.New\(/g, `${ours}_New(`)

const assertions = `type ${ours}_T struct{}
type ${ours}_A struct{}
func ${ours}_New(_ *${ours}_T) *${ours}_A { return &${ours}_A{} }
func (*${ours}_A) Equal(expected, actual any, _ ...any) { ${ours}_hold(${ours}_reflect.DeepEqual(expected, actual), ${ours}_fmt.Sprintf("Equal: expected %#v, the program gives %#v", expected, actual)) }
func (*${ours}_A) NotEqual(expected, actual any, _ ...any) { ${ours}_hold(!${ours}_reflect.DeepEqual(expected, actual), ${ours}_fmt.Sprintf("NotEqual: the program gives %#v", actual)) }
func (*${ours}_A) True(value bool, _ ...any) { ${ours}_hold(value, "True: the program gives false") }
func (*${ours}_A) False(value bool, _ ...any) { ${ours}_hold(!value, "False: the program gives true") }
func ${ours}_hold(holds bool, said string) {
  if holds { return }
  _, _, line, _ := ${ours}_runtime.Caller(2)
  ${ours}_fails(${ours}_fmt.Sprintf("%s (line %d of the test)", said, line))
}`

export const go: Tested = {
  syntax,
  form: "words",
  defines: ({ entryPoint }, code) => new RegExp(`\\bfunc\\s+${entryPoint}\\s*[([]`).test(code),
  continued: ({ prompt }, program) => prompt + program,
  program,
  tests
}
