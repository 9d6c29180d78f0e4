import type { UnitTestsCheck } from "../check.ts"
import { type Assembly, answerExpression, type Parts } from "./assembly.ts"
import { blanked, definitionsIn } from "./definitions.ts"
import { importBlock, importsIn } from "./goImports.ts"
import { masked, type Syntax } from "./masked.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = { backtick: "raw" }

/**
 * Candidate and test are of one package, whose imports are merged into one block, without those that nothing uses. The
 * test's own functions get names that the candidate cannot know, and its library of assertions is a small one of ours.
 */
const assemble = ({ check, mark, program, test }: Parts): Assembly => {
  const { name } = mark
  const candidate = importsIn(ownPart(program, name), syntax)
  const prelude = importsIn(check.prelude, syntax)
  const setup = importsIn(check.setup, syntax)
  const tests = importsIn(test, syntax)
  const helpers = definitionsIn(masked(prelude.rest, syntax))
  const known = new Set(definitionsIn(masked(candidate.rest, syntax)).map((definition) => definition.name))
  const missing = helpers.filter((helper) => !known.has(helper.name))
  const hidden = (text: string) =>
    helpers.reduce(
      (all, helper) => all.replaceAll(new RegExp(`\\b${helper.name}\\b`, "g"), `${name}_${helper.name}`),
      text
    )
  const testText = hidden(ours(tests.rest, name))
  const functions = [...testText.matchAll(new RegExp(`\\bfunc (${name}_Test\\w*)\\(`, "g"))].map(
    ([, one]) => one!
  )
  const supplied = [
    ...missing.map(({ end, start }) => prelude.rest.slice(start, end)),
    ...helpers.map(({ end, start }) => hidden(prelude.rest.slice(start, end)))
  ].join("\n")
  const code = masked(`${candidate.rest}\n${supplied}\n${testText}`, syntax)
  const imports = [...candidate.imports, ...prelude.imports, ...setup.imports, ...tests.imports]
  const source = `package main
${importBlock(imports, code, name)}
//line program.go:1
${candidate.rest}
/**/
//line harness.go:1
${supplied}
${harness(name)}
func main() {
${functions.map((one) => `  ${one}(&${name}_T{})`).join("\n")}
  var token int64
  ${name}_fmt.Fscan(${name}_os.Stdin, &token)
  if !${name}_broken { ${name}_fmt.Printf("\\n%d\\n", ${answerExpression("token", mark)}) }
  ${name}_os.Exit(0)
}
//line test.go:1
${testText}
`
  return { source, mark, before: 0 }
}

/** Without its package, its own tests and the name of its own `main`. */
const ownPart = (program: string, name: string): string => {
  const code = masked(program, syntax)
  let text = program
  for (const test of definitionsIn(code)) {
    if (/^func\s+(?:Test|Benchmark)\w*\s*\(\s*\w+\s+\*testing\./.test(code.slice(test.start, test.body))) {
      text = blanked(text, test.start, test.end)
    }
  }
  return text
    .replace(/^(\s*)package\s+\w+/m, "$1")
    .replace(/^(\s*)func(\s+)main(?=\s*\(\s*\))/gm, `$1func$2${name}_program`)
}

// Constants cannot be unused in Go, so that these may stand in every test: no package can redefine what they hold.
const ours = (test: string, name: string): string =>
  test
    .replace(
      /\bfunc\s+(Test\w*)\s*\(\s*(\w+)\s+\*testing\.T\s*\)\s*\{/g,
      `func ${name}_$1($2 *${name}_T) { const true, false = 1 == 1, 1 == 0;`
    )
    .replace(/\bassert\.New\(/g, `${name}_New(`)

const harness = (name: string): string => `const ${name}_size = len("ab")
var _ [${name}_size]struct{}
var _ = map[bool]int{true: 0, 1 == 2: 1}
var _ = map[bool]int{false: 0, 1 == 1: 1}
var ${name}_broken = 1 == 2
type ${name}_T struct{}
type ${name}_A struct{}
func ${name}_New(_ *${name}_T) *${name}_A { return &${name}_A{} }
func (*${name}_A) Equal(expected, actual any, _ ...any) { ${name}_hold(${name}_reflect.DeepEqual(expected, actual), ${name}_fmt.Sprintf("Equal: expected %#v, the program gives %#v", expected, actual)) }
func (*${name}_A) NotEqual(expected, actual any, _ ...any) { ${name}_hold(!${name}_reflect.DeepEqual(expected, actual), ${name}_fmt.Sprintf("NotEqual: the program gives %#v", actual)) }
func (*${name}_A) True(value bool, _ ...any) { ${name}_hold(value, "True: the program gives false") }
func (*${name}_A) False(value bool, _ ...any) { ${name}_hold(!value, "False: the program gives true") }
func ${name}_hold(holds bool, said string) {
  if holds { return }
  ${name}_broken = 1 == 1
  _, _, line, _ := ${name}_runtime.Caller(2)
  ${name}_fmt.Fprintf(${name}_os.Stderr, "\\n${name}:%s (line %d of the test)\\n", said, line)
  ${name}_os.Exit(1)
}`

export const go: Tested = {
  syntax,
  defines: ({ entryPoint }, code) => new RegExp(`\\bfunc\\s+${entryPoint}\\s*[([]`).test(code),
  continued: ({ prompt }: UnitTestsCheck, program) => prompt + program,
  assemble
}
