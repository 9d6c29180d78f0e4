import type { UnitTestsCheck } from "../check.ts"
import { type Assembly, answerExpression, countLines, type Parts } from "./assembly.ts"
import { definitionsIn } from "./definitions.ts"
import { masked, type Syntax } from "./masked.ts"
import type { Tested } from "./tested.ts"

const syntax: Syntax = {
  nestedComments: true,
  lifetimes: true,
  raw: { opens: /b?r(#*)"/, closes: (opening) => `"${opening[1]}` }
}

/**
 * The candidate comes first, without the imports of crates that are not there and are not used. What the prompt
 * supplies is imported from a module by `*`, which gives way to the candidate's own names.
 */
const assemble = ({ check, mark, program, test }: Parts): Assembly => {
  const { name } = mark
  const own = withoutCrates(program.replace(/\bfn(\s+)main(?=\s*\()/g, `fn$1${name}_program`))
  const { body, functions } = testsOf(test)
  const prelude = withoutCrates(check.prelude).replace(
    /^[ \t]*(?:pub\s+)?(?=(?:use|fn|enum|struct|type)\b)/gm,
    "pub "
  )
  const count = countLines(own)
  const source = `${own}
/**/
#[allow(warnings)]
mod ${name}_tests { use super::*; ${wrapperOf(check)}
${body}
}
/**/
#[allow(warnings)]
mod ${name}_prelude {
${prelude}
}
#[allow(unused_imports)]
use ${name}_prelude::*;
fn main() {
  ::std::panic::set_hook(::std::boxed::Box::new(|info| {
    let inTest = match info.location() { ::std::option::Option::Some(place) => place.line() > ${count}, _ => false };
    let said = ::std::format!("{}", info);
    if inTest { ::std::eprintln!("\\n${name}:{}", said); } else { ::std::eprintln!("{}", said); }
  }));
  ${functions.length === 0 ? untested : functions.map((one) => `${name}_tests::${one}();`).join("\n  ")}
  let mut given = ::std::string::String::new();
  ::std::io::stdin().read_line(&mut given).unwrap();
  let token: u64 = given.trim().parse().unwrap();
  ::std::println!("\\n{}", ${answerExpression("token", mark)});
  ::std::process::exit(0);
}
`
  return { source, mark, before: 0, lines: { file: "program.rs", program: count, test: count + 3 } }
}

/** What checks nothing passes nothing. */
const untested = '::std::compile_error!("the test has no function that is marked as a test");'

/** The body of a module of tests, whose functions are called by us, and whose macros are the library's. */
const testsOf = (test: string) => {
  const code = masked(test, syntax)
  const open = code.indexOf("{")
  const close = code.lastIndexOf("}")
  const inner = open < 0 ? test : test.slice(0, open).replace(/[^\n]/g, "") + test.slice(open + 1, close)
  const functions = [...code.matchAll(/#\[test\][^{]*?\bfn\s+(\w+)/g)].map(([, name]) => name!)
  const body = inner
    .replace(/#\[test\]|\buse\s+super::\*\s*;/g, "")
    .replace(/(?<![\w:])(assert(?:_eq|_ne)?|vec|panic)!/g, "::std::$1!")
    .replace(/^(\s*)fn\b/gm, "$1pub fn")
  return { body, functions }
}

/** Imports of crates that are not there; where they are used, the compiler says so. */
const withoutCrates = (text: string): string =>
  text.replace(
    /^[ \t]*(?:(?:pub\s+)?use|extern\s+crate)\s+(?:rand|regex|md5|lazy_static|itertools)\b[^;]*;/gm,
    ""
  )

/** A function of the declared types, which hides the candidate's from the test and calls it. */
const wrapperOf = ({ entryPoint, prompt }: UnitTestsCheck): string => {
  const code = masked(prompt, syntax)
  const declared = definitionsIn(code).findLast(({ name }) => name === entryPoint)
  if (declared === undefined) return ""
  const header = code.slice(code.lastIndexOf("fn", declared.body), declared.body).trim()
  const parameters = [...header.matchAll(/(?:\bmut\s+)?\b(\w+)\s*:(?!:)/g)].map(([, name]) => name)
  return `${header} { super::${entryPoint}(${parameters.join(", ")}) }`
}

export const rust: Tested = {
  syntax,
  defines: ({ entryPoint }, code) => new RegExp(`\\bfn\\s+${entryPoint}\\b`).test(code),
  continued: ({ prompt }, program) => prompt + program,
  assemble
}
