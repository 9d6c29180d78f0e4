import type { UnitTestsCheck } from "../check.ts"
import { closingOf, definitionsIn, topLevel } from "./definitions.ts"
import { javaHonest, withTexts } from "./javaChecks.ts"
import { javaValues } from "./javaValues.ts"
import { masked, type Syntax } from "./masked.ts"
import { countLines, ours, type Side, undeclared } from "./sides.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = { raw: { opens: /"""/, closes: () => '"""' } }

/** The candidate's classes, and one of ours that calls it with the types that the prompt declares. */
const program = (check: UnitTestsCheck, candidate: string): Side => {
  const { imports, rest: helpers } = importsOf(check.prelude)
  const own = completed(check, candidate.replace(/^(\s*)package\s+[\w.]+\s*;/, "$1"), helpers)
  const prefix = `${imports.join(" ")} `
  const { entryPoint } = check
  const { result, types } = declared(check)
  const given = types.map((type) => `(${type}) $${ours}Line.get()`).join(", ")
  const source = `${prefix}${own}
/**/
${javaValues}
class $${ours}Main {
  @java.lang.SuppressWarnings("unchecked")
  public static void main(java.lang.String[] words) throws java.lang.Throwable {
    $${ours}Line.begin();
    Solution one = new Solution();
    $${ours}Line.say("ready");
    while ($${ours}Line.hear()) {
      ${result} gave = one.${entryPoint}(${given});
      java.lang.StringBuilder line = new java.lang.StringBuilder("gave");
      $${ours}Line.put(line, gave);
      $${ours}Line.say(line.toString());
    }
  }
}
`
  const count = countLines(own)
  return { source, prefix, lines: { file: "Program.java", program: count } }
}

/** The test's class, with a `Solution` that passes calls on, and has the prompt's own helpers. */
const tests = (check: UnitTestsCheck, test: string): Side => {
  const { imports: supplied, rest: helpers } = importsOf(check.prelude)
  const { imports: wanted, rest: body } = importsOf(test)
  const { header, names, result } = declared(check)
  const before = `${[...new Set([...supplied, ...wanted])].join(" ")}
${javaValues}
class Solution {
${helpers}
  @java.lang.SuppressWarnings("unchecked")
  ${header} { return (${result}) $${ours}Line.call(${names.map((name) => `(java.lang.Object) ${name}`).join(", ")}); }
}
${javaHonest}
`
  const source = `${before}${withTexts(body, syntax).replace(/\b(?:public\s+)?class\s+Main\b/, `class $${ours}Test`)}
/**/
class $${ours}Main {
  public static void main(java.lang.String[] given) throws java.lang.Throwable {
    $${ours}Line.begin();
    try {
      $${ours}Test.main(given);
    } catch (java.lang.Throwable e) {
      int line = 0, call = $${ours}Line.calls;
      for (java.lang.StackTraceElement frame : e.getStackTrace()) {
        if (line == 0 && frame.getClassName().equals("$${ours}Test")) line = frame.getLineNumber() - ${countLines(before) - 1};
      }
      boolean isPlain = e instanceof java.lang.AssertionError;
      java.lang.String said = isPlain ? (e.getMessage() == null ? "AssertionError" : e.getMessage()) : e.toString();
      if (isPlain && $${ours}Honest.wrong != null) {
        said = $${ours}Honest.wrong;
        line = $${ours}Honest.line;
        call = $${ours}Honest.call;
      }
      $${ours}Line.fails(said + " (line " + line + " of the test)", call);
      java.lang.Runtime.getRuntime().halt(0);
    }
    $${ours}Line.say("passed");
    java.lang.Runtime.getRuntime().halt(0);
  }
}
`
  return { source, lines: { file: "Program.java", program: 0, test: countLines(before) - 1 } }
}

/** The method that the prompt declares: its header, what it gives, and its parameters. */
const declared = ({ entryPoint, prompt }: UnitTestsCheck) => {
  const code = masked(prompt, syntax)
  const found = definitionsIn(code, 1).findLast(({ name }) => name === entryPoint)
  if (found === undefined)
    return {
      header: `public ${undeclared} ${entryPoint}()`,
      result: undeclared,
      types: [],
      names: []
    }
  const header = code.slice(found.start, found.body).trim()
  const open = header.indexOf("(", header.search(new RegExp(`\\b${entryPoint}\\s*\\(`)))
  const result = header
    .slice(0, open)
    .replace(/\b(?:public|protected|private|static|final)\b/g, "")
    .trim()
    .replace(/\s*\w+$/, "")
  const parameters = topLevel(header.slice(open + 1, closingOf(header, open) - 1))
  return {
    header,
    result,
    types: parameters.map((one) => one.replace(/\s+\w+$/, "").replace(/^final\s+/, "")),
    names: parameters.map((one) => /\w+$/.exec(one)?.[0] ?? "")
  }
}

const importsOf = (text: string) => {
  const imports = [...text.matchAll(/^\s*import\s+(?:static\s+)?[\w.*]+\s*;/gm)].map(([line]) => line.trim())
  return {
    imports,
    rest: text.replace(/^\s*import\s+(?:static\s+)?[\w.*]+\s*;/gm, (line) => line.replace(/[^\n]/g, ""))
  }
}

/** A candidate may be only the method, and may leave out the methods that the prompt has before it. */
const completed = (check: UnitTestsCheck, program: string, helpers: string): string => {
  const code = masked(program, syntax)
  const inClass = /\bclass\s+Solution\b[^{]*\{/.exec(code)
  const known = new Set(definitionsIn(code, inClass === null ? 0 : 1).map((definition) => definition.name))
  const missing = definitionsIn(masked(helpers, syntax))
    .filter((helper) => !known.has(helper.name))
    .map(({ end, start }) => helpers.slice(start, end).replaceAll("\n", " "))
    .join(" ")
  if (inClass !== null) {
    const place = inClass.index + inClass[0].length
    return `${program.slice(0, place)} ${missing}${program.slice(place)}`
  }
  const { imports, rest } = importsOf(program)
  return known.has(check.entryPoint) ? `${imports.join(" ")} class Solution { ${missing} ${rest}\n}` : program
}

export const java: Tested = {
  syntax,
  form: "words",
  defines: ({ entryPoint }, code) =>
    /\bclass\s+Solution\b/.test(code) || definitionsIn(code).some(({ name }) => name === entryPoint),
  continued: ({ prompt }, program) => prompt + program,
  program,
  tests
}
