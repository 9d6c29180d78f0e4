import type { UnitTestsCheck } from "../check.ts"
import { closingOf, definitionsIn } from "./definitions.ts"
import { javascriptValues } from "./javascriptValues.ts"
import { masked, type Syntax } from "./masked.ts"
import { countLines, ours, type Side } from "./sides.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = { backtick: "template", regularExpressions: true }

/** The candidate is a function's body. What the prompt supplies are parameters around it, so that it may define the same names. */
const program = (check: UnitTestsCheck, candidate: string): Side => {
  const names = [...new Set(definitionsIn(masked(check.prelude, syntax)).map(({ name }) => name))].join(", ")
  const source = `${javascriptValues}; ${ours}.serve(((${names}) => (function () {${withoutExports(candidate)}
/**/;
return ${check.entryPoint} }).call({}))(...(() => {
${check.prelude}
/**/;
return [${names}] })()))
`
  const count = countLines(candidate)
  return { source, lines: { file: "program.js", program: count } }
}

const tests = ({ entryPoint, prelude }: UnitTestsCheck, test: string): Side => {
  const before = `${javascriptValues}; ${ours}.test(() => {
${prelude}
const ${entryPoint} = ${ours}.ask;
const log = () => {};
const console = { assert: (said, holds) => { if (!holds) ${ours}.fails(said) }, log, error: log, warn: log, info: log };
(() => {
`
  const source = `${before}${withTexts(test)}
/**/;
})() })
`
  return { source, lines: { file: "program.js", program: 0, test: countLines(before) - 1 } }
}

/** Only a file that is a module exports; the same functions serve without. */
const withoutExports = (program: string): string =>
  program
    .replace(/^export\s+(?:default\s+)?(?=(?:async\s+)?(?:function|class)\b|const\b|let\b|var\b)/gm, "")
    .replace(/^export\s*(?:default\s+[\w$]+|\{[^}]*\})\s*;?[ \t]*$/gm, "")

/** Gives every assertion its own text, since a function cannot see how it was called. */
const withTexts = (test: string): string => {
  const code = masked(test, syntax)
  const calls = [...code.matchAll(/\bconsole\.assert\s*\(/g)]
  return calls.reduceRight((text, call) => {
    const open = call.index + call[0].length - 1
    const said = test.slice(open + 1, closingOf(code, open) - 1).trim()
    return `${text.slice(0, open + 1)}${JSON.stringify(said)}, ${text.slice(open + 1)}`
  }, test)
}

export const javascript: Tested = {
  syntax,
  form: "json",
  defines: ({ entryPoint }, code) =>
    new RegExp(
      `(?:\\bfunction\\s*\\*?\\s*|\\b(?:const|let|var|class)\\s+|(?:^|[;\\n])\\s*)${entryPoint}\\s*(?:=|\\(|\\{)`
    ).test(code),
  continued: ({ prompt }, program) => prompt + program,
  program,
  tests
}
