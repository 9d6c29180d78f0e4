import type { UnitTestsCheck } from "../check.ts"
import { cppIncludes, cppValues } from "./cppValues.ts"
import { type Definition, definitionsIn, topLevel } from "./definitions.ts"
import { masked, type Syntax } from "./masked.ts"
import { ours, type Side, undeclared } from "./sides.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = {
  raw: { opens: /(?:u8|[uUL])?R"([^()\\\s]{0,16})\(/, closes: (opening) => `)${opening[1]}"` }
}

/** The functions that the candidate does not have of the prompt's come before it. Its `main` is not ours. */
const program = (check: UnitTestsCheck, candidate: string): Side => {
  const own = new Set(definitionsIn(masked(candidate, syntax)).map((definition) => definition.name))
  const { head, helpers } = preludeParts(check)
  const missing = helpers.filter((helper) => !own.has(helper.name))
  const source = [
    cppIncludes,
    head,
    cppValues,
    ...missing.map(({ text }) => text),
    `#define main ${ours}_program`,
    // Not the name of the file, whose lines the compiler would show beside its messages.
    '#line 1 "candidate.cpp"',
    candidate,
    "/**/",
    '#line 1 "harness.cpp"',
    ...["main", ...macrosIn(candidate)].map((macro) => `#undef ${macro}`),
    `namespace ${ours}_entry { ${functionOf(check, (names) => `::${check.entryPoint}(${names})`)} }`,
    `int main() { ${ours}::begin(); ${ours}::serve(&${ours}_entry::${check.entryPoint}); }\n`
  ].join("\n")
  return { source }
}

const tests = (check: UnitTestsCheck, test: string): Side => {
  const { head, helpers } = preludeParts(check)
  const { entryPoint } = check
  const source = [
    cppIncludes,
    head,
    includesIn(test),
    cppValues,
    // Names of its own hide those of the library that a prompt has made everybody's.
    `namespace ${ours}_entry {`,
    "using ::std::abs; using ::std::fabs; using ::std::pow; using ::std::string; using ::std::vector;",
    ...helpers.map(({ text }) => text),
    functionOf(check, (names) => `${ours}::ask(&${ours}_entry::${entryPoint}${names && `, ${names}`})`),
    `#define assert(...) ((__VA_ARGS__) ? (void)0 : ::${ours}::fails("assert(" #__VA_ARGS__ ")"))`,
    '#line 1 "test.cpp"',
    withoutDirectives(test).replace(/\bint\s+main\s*\([^)]*\)/, `void ${ours}_test()`),
    "/**/",
    '#line 1 "harness.cpp"',
    `}
int main() {
  ${ours}::begin();
  try { ${ours}_entry::${ours}_test(); } catch (const ::std::exception& error) { ${ours}::fails(error.what()); }
  ${ours}::say("passed");
  ::std::_Exit(0);
}
`
  ].join("\n")
  return { source }
}

/** Every name that the candidate may have made a macro, however it has spelled that. */
const macrosIn = (program: string): ReadonlyArray<string> => {
  const spliced = program.replace(/\\\r?\n/g, "").replace(/\/\*[\s\S]*?\*\//g, " ")
  return [
    ...new Set([...spliced.matchAll(/(?:#|%:|\?\?=)\s*define\s+([A-Za-z_]\w*)/g)].map(([, macro]) => macro!))
  ]
}

const includesIn = (test: string): string =>
  test
    .split("\n")
    .filter((line) => /^\s*#\s*include/.test(line) && !/<(?:assert\.h|cassert)>/.test(line))
    .join("\n")

const withoutDirectives = (test: string): string =>
  test.replace(/^[ \t]*#[ \t]*(?:include|undef|define)\b.*$/gm, "")

interface Helper extends Definition {
  readonly text: string
}

/** The functions of the prelude by name, and everything else of it. */
const preludeParts = ({ prelude }: UnitTestsCheck) => {
  const definitions = definitionsIn(masked(prelude, syntax))
  const helpers = definitions.map(
    (definition): Helper => ({ ...definition, text: prelude.slice(definition.start, definition.end) })
  )
  let head = prelude
  for (const { end, start } of [...definitions].reverse()) head = head.slice(0, start) + head.slice(end)
  return { head, helpers }
}

/** A function with the signature that the prompt declares, which gives what an expression of its parameters' names does. */
const functionOf = (check: UnitTestsCheck, expression: (names: string) => string): string => {
  const code = masked(check.prompt, syntax)
  const declared = definitionsIn(code).findLast(({ name }) => name === check.entryPoint)
  if (declared === undefined) return `\n#error ${undeclared}\n`
  const header = code.slice(declared.start, declared.body).trim()
  const parameters = header.slice(header.indexOf("(") + 1, header.lastIndexOf(")"))
  const names = topLevel(parameters).map((one) => /\w+$/.exec(one)?.[0] ?? "")
  return `${header} { return ${expression(names.join(", "))}; }`
}

export const cpp: Tested = {
  syntax,
  form: "words",
  defines: (check, code) => definitionsIn(code).some(({ name }) => name === check.entryPoint),
  continued: (check, program) => check.prompt + program,
  program,
  tests
}
