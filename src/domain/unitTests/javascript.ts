import { type Assembly, answerExpression, countLines, type Parts } from "./assembly.ts"
import { closingOf, definitionsIn } from "./definitions.ts"
import { masked, type Syntax } from "./masked.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = { backtick: "template", regularExpressions: true }

/**
 * The candidate is a function's body, and the test a function in it, with a console and other tools of its own that
 * were taken before the candidate could touch them. What the prompt supplies are parameters around both, so that a
 * candidate may define the same names.
 */
const assemble = ({ check, mark, program, test }: Parts): Assembly => {
  const { name } = mark
  const helpers = definitionsIn(masked(check.prelude, syntax)).map((helper) => helper.name)
  const names = [...new Set(helpers)].join(", ")
  const { lines: body, count } = { lines: withoutExports(program), count: countLines(program) }
  const source = `const ${name} = ${oneLine(harness(mark))}; ${name}.run((${names}) => (function () {${body}
/**/;
return (console, JSON, Math${names === "" ? "" : `, ${names}`}) => { (() => {
${withTexts(test)}
/**/;
})(); ${name}.passed() }
}).call({}), () => {
${check.prelude}
/**/;
return [${names}] })
`
  return { source, mark, before: 0, lines: { file: "program.js", program: count, test: count + 2 } }
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

// `toJSON` may not be added to what the test compares as JSON.
const harness = (mark: Parts["mark"]): string => `(() => {
const fs = require("fs"), readFileSync = fs.readFileSync, writeSync = fs.writeSync, unlinkSync = fs.unlinkSync;
const exit = process.reallyExit.bind(process), number = Number, text = String, apply = Reflect.apply;
const copy = (from) => Object.freeze(Object.defineProperties({}, Object.getOwnPropertyDescriptors(from)));
const json = copy(JSON), math = copy(Math), log = console.log.bind(console);
for (const type of [Object, Array, String, Number, Boolean]) Object.defineProperty(type.prototype, "toJSON", { value: undefined });
let broken = false;
const end = (file, said, status) => { try { writeSync(file, said) } finally { exit(status) } };
const assert = (said, holds) => { if (!holds) { broken = true; end(2, "\\n${mark.name}:" + said + "\\n", 1) } };
const tools = Object.freeze({ assert, log, error: log, warn: log, info: log });
try { unlinkSync(__filename) } catch {}
return Object.freeze({
run: (begin, supply) => { const given = supply(); begin(...given)(tools, json, math, ...given) },
passed: () => { const token = number(readFileSync(0, "utf8")); end(1, broken ? "" : "\\n" + text(${answerExpression("token", mark)}) + "\\n", broken ? 1 : 0) }
}) })()`

const oneLine = (text: string): string => text.replaceAll("\n", " ")

export const javascript: Tested = {
  syntax,
  defines: ({ entryPoint }, code) =>
    new RegExp(
      `(?:\\bfunction\\s*\\*?\\s*|\\b(?:const|let|var|class)\\s+|(?:^|[;\\n])\\s*)${entryPoint}\\s*(?:=|\\(|\\{)`
    ).test(code),
  continued: ({ prompt }, program) => prompt + program,
  assemble
}
