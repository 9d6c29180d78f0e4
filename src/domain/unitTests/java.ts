import type { UnitTestsCheck } from "../check.ts"
import { type Assembly, answerExpression, countLines, type Parts } from "./assembly.ts"
import { closingOf, definitionsIn } from "./definitions.ts"
import { masked, type Syntax } from "./masked.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = { raw: { opens: /"""/, closes: () => '"""' } }

/**
 * The candidate's classes and the test's are of one file. Those of the library that the test names are imported by their
 * own names, so that no class of the candidate's can take their place; what the candidate returns has to be the library's, too.
 */
const assemble = ({ check, mark, program, test }: Parts): Assembly => {
  const name = `$${mark.name}`
  const { imports: supplied, rest: helpers } = importsOf(check.prelude)
  const { imports: wanted, rest: body } = importsOf(test)
  const own = completed(check, program.replace(/^(\s*)package\s+[\w.]+\s*;/, "$1"), helpers)
  const names = namesIn(masked(body, syntax)).map((library) => `import ${library};`)
  const helperNames = new Set(definitionsIn(masked(helpers, syntax)).map((helper) => helper.name))
  const prefix = `${[...supplied, ...wanted, ...names].join(" ")} `
  const source = `${prefix}${own}
/**/
${asked(body, check, name, helperNames).replace(/\b(?:public\s+)?class\s+Main\b/, `class ${name}Test`)}
/**/
class ${name}Prompt {
${helpers}
}
${harness(name, mark, countLines(own) + 1)}
`
  const count = countLines(own)
  return { source, mark, before: 0, prefix, lines: { file: "Program.java", program: count, test: count + 1 } }
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

/** The test, which takes what the candidate returns through a check, and the prompt's own helpers instead of the candidate's. */
const asked = (
  test: string,
  { entryPoint }: UnitTestsCheck,
  name: string,
  helpers: ReadonlySet<string>
): string => {
  const code = masked(test, syntax)
  const edits: Array<{ readonly at: number; readonly drop: number; readonly put: string }> = []
  for (const call of code.matchAll(/\bs\.(\w+)\s*\(/g)) {
    const end = closingOf(code, call.index + call[0].length - 1)
    if (helpers.has(call[1]!)) edits.push({ at: call.index, drop: 1, put: `new ${name}Prompt()` })
    else if (call[1] === entryPoint) {
      edits.push({ at: call.index, drop: 0, put: `${name}Honest.of(` }, { at: end, drop: 0, put: ")" })
    }
  }
  for (const call of code.matchAll(/\b(\w+)\.contains\(false\)/g)) {
    edits.push({ at: call.index, drop: call[0].length, put: `${name}Honest.isWrong(${call[1]})` })
  }
  edits.sort((left, right) => right.at - left.at)
  return edits.reduce((text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop), test)
}

const library: Readonly<Record<string, ReadonlyArray<string>>> = {
  "java.util": "ArrayList Arrays Collections HashMap HashSet List Map Objects Optional Random Set".split(" "),
  "java.lang":
    "AssertionError Boolean Character Double Float Integer Long Math Object String StringBuilder".split(" ")
}

const namesIn = (code: string): ReadonlyArray<string> =>
  Object.entries(library).flatMap(([place, names]) =>
    names.filter((name) => new RegExp(`\\b${name}\\b`).test(code)).map((name) => `${place}.${name}`)
  )

const harness = (name: string, mark: Parts["mark"], test: number): string => `class ${name}Honest {
  static java.lang.String wrong = "AssertionError";
  static boolean isWrong(java.util.List<java.lang.Boolean> all) {
    int index = all.indexOf(java.lang.Boolean.FALSE);
    if (index >= 0) wrong = "check " + (index + 1) + " of " + all.size() + " does not hold";
    return index >= 0;
  }
  static boolean of(boolean x) { return x; }
  static char of(char x) { return x; }
  static int of(int x) { return x; }
  static long of(long x) { return x; }
  static double of(double x) { return x; }
  static <T> T of(T x) { @SuppressWarnings("unchecked") T y = (T) plain(x); return y; }
  private static java.lang.Object plain(java.lang.Object x) {
    boolean foreign = x != null && x.getClass().getClassLoader() == ${name}Honest.class.getClassLoader();
    if (x instanceof java.util.Optional<?> o) { if (o.isPresent()) plain(o.get()); return x; }
    if (x instanceof java.util.Map<?, ?> m) {
      java.util.Map<java.lang.Object, java.lang.Object> copy = new java.util.HashMap<>();
      for (java.util.Map.Entry<?, ?> e : m.entrySet()) copy.put(plain(e.getKey()), plain(e.getValue()));
      return foreign ? copy : x;
    }
    if (x instanceof java.util.Collection<?> c) {
      java.util.Collection<java.lang.Object> copy = x instanceof java.util.Set ? new java.util.HashSet<>() : new java.util.ArrayList<>();
      for (java.lang.Object e : c) copy.add(plain(e));
      return foreign ? copy : x;
    }
    if (foreign) throw new java.lang.AssertionError("what it returns is an object of " + x.getClass().getName());
    return x;
  }
}
class ${name}Main {
  public static void main(java.lang.String[] given) throws java.lang.Throwable {
    try {
      ${name}Test.main(given);
    } catch (java.lang.AssertionError e) {
      java.lang.StackTraceElement[] frames = e.getStackTrace();
      if (frames.length > 0 && frames[0].getClassName().startsWith("${name}")) {
        java.lang.System.err.println("\\n${mark.name}:" + (e.getMessage() == null ? ${name}Honest.wrong : e.getMessage()) + " (line " + (frames[0].getLineNumber() - ${test}) + " of the test)");
      }
      throw e;
    }
    java.lang.System.out.flush();
    long token = java.lang.Long.parseLong(new java.io.BufferedReader(new java.io.InputStreamReader(java.lang.System.in)).readLine().trim());
    java.lang.System.out.println("\\n" + (${answerExpression("token", mark, "L")}));
    java.lang.System.out.flush();
  }
}`

export const java: Tested = {
  syntax,
  defines: ({ entryPoint }, code) =>
    /\bclass\s+Solution\b/.test(code) || definitionsIn(code).some(({ name }) => name === entryPoint),
  continued: ({ prompt }, program) => prompt + program,
  assemble
}
