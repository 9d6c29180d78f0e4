import type { UnitTestsCheck } from "../check.ts"
import { type Assembly, answerExpression, type Parts } from "./assembly.ts"
import { type Definition, definitionsIn } from "./definitions.ts"
import { masked, type Syntax } from "./masked.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = {
  raw: { opens: /(?:u8|[uUL])?R"([^()\\\s]{0,16})\(/, closes: (opening) => `)${opening[1]}"` }
}

/**
 * The candidate comes first. The test stands below it, in a namespace that has a function of the same name with the
 * declared types, so that neither operators nor macros nor functions of the candidate's can take part in judging.
 */
const assemble = ({ check, mark, program, test }: Parts): Assembly => {
  const { name } = mark
  const code = masked(program, syntax)
  const own = new Set(definitionsIn(code).map((definition) => definition.name))
  const { head, helpers } = preludeParts(check)
  const missing = helpers.filter((helper) => !own.has(helper.name))
  const source = [
    "#include <cmath>\n#include <cstdio>\n#include <cstdlib>\n#include <string>\n#include <vector>",
    head,
    ...missing.map(({ text }) => text),
    `#define main ${name}_program`,
    // Not the name of the file, whose lines the compiler would show beside its messages.
    '#line 1 "candidate.cpp"',
    program,
    "/**/",
    '#line 1 "harness.cpp"',
    ...["main", "assert", "NDEBUG", ...macrosIn(program)].map((macro) => `#undef ${macro}`),
    includesIn(test),
    `namespace ${name} {`,
    harness(name),
    `void passed() {
  char given[32] = "";
  if (!::std::fgets(given, 32, stdin)) given[0] = 0;
  long long token = ::std::atoll(given);
  ::std::printf("\\n%lld\\n", ${answerExpression("token", mark, "LL")});
  ::std::fflush(stdout);
  ::std::_Exit(broken ? 1 : 0);
}`,
    ...helpers.map(({ text }) => text),
    wrapperOf(check),
    `#define assert(...) ((__VA_ARGS__) ? (void)0 : ::${name}::failed(#__VA_ARGS__))`,
    '#line 1 "test.cpp"',
    withoutDirectives(test).replace(/\bint\s+main\s*\([^)]*\)/, `void ${name}_test()`),
    "/**/",
    '#line 1 "harness.cpp"',
    `}\nint main() { ${name}::${name}_test(); ${name}::passed(); }`
  ].join("\n")
  return { source, mark, before: 0 }
}

// The operators hide those that the candidate has at the top: those of the library are found by their arguments.
const harness = (name: string): string => `using ::std::abs; using ::std::fabs; using ::std::pow;
using ::std::string; using ::std::vector;
struct hidden {};
bool operator==(hidden, hidden); bool operator!=(hidden, hidden); bool operator<(hidden, hidden);
bool operator>(hidden, hidden); bool operator!(hidden); hidden operator-(hidden, hidden);
static volatile bool broken = false;
void failed(const char* what) {
  broken = true;
  ::std::fprintf(stderr, "\\n${name}:assert(%s)\\n", what);
  ::std::fflush(stderr);
  for (;;) ::std::_Exit(1);
}`

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

/** A function with the signature that the prompt declares, which calls the candidate's. */
const wrapperOf = ({ entryPoint, prompt }: UnitTestsCheck): string => {
  const code = masked(prompt, syntax)
  const declared = definitionsIn(code).findLast(({ name }) => name === entryPoint)
  if (declared === undefined) return ""
  const header = code.slice(declared.start, declared.body).trim()
  const parameters = header.slice(header.indexOf("(") + 1, header.lastIndexOf(")"))
  return `${header} { return ::${entryPoint}(${namesOf(parameters).join(", ")}); }`
}

/** The names of parameters: of each, the last word. */
const namesOf = (parameters: string): ReadonlyArray<string> => {
  const names: Array<string> = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= parameters.length; at++) {
    const character = parameters[at]
    if (character !== undefined && "<([".includes(character)) depth += 1
    if (character !== undefined && ">)]".includes(character)) depth -= 1
    if (character === undefined || (character === "," && depth === 0)) {
      const name = /(\w+)\s*$/.exec(parameters.slice(from, at))?.[1]
      if (name !== undefined) names.push(name)
      from = at + 1
    }
  }
  return names
}

export const cpp: Tested = {
  syntax,
  defines: (check, code) => definitionsIn(code).some(({ name }) => name === check.entryPoint),
  continued: (check, program) => check.prompt + program,
  assemble
}
