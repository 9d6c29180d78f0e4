import type { UnitTestsCheck } from "../check.ts"
import { definitionsIn } from "./definitions.ts"
import { masked, type Syntax } from "./masked.ts"
import { rustEnumerations, rustValues } from "./rustValues.ts"
import { countLines, ours, type Side, undeclared } from "./sides.ts"
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
const program = (check: UnitTestsCheck, candidate: string): Side => {
  const own = withoutCrates(candidate.replace(/\bfn(\s+)main(?=\s*\()/g, `fn$1${ours}_program`))
  const { header, parameters } = declared(check)
  const names = parameters.map((_, index) => `a${index}`)
  const source = `${own}
/**/
${supplied(check)}
${withEnumerations(check)}
#[allow(warnings)]
mod ${ours}_entry { use super::*;
pub ${header} { super::${check.entryPoint}(${parameters.join(", ")}) }
}
fn main() {
  let mut line = ${ours}::Line::begin();
  line.say("ready");
  while let ::std::option::Option::Some(heard) = line.hear() {
    let mut input = ${ours}::In::of(&heard);
    ${names.map((name) => `let ${name} = ${ours}::Get::get(&mut input);`).join(" ")}
    let mut out = ::std::string::String::from("gave");
    ${ours}::Put::put(&${ours}_entry::${check.entryPoint}(${names.join(", ")}), &mut out);
    line.say(&out);
  }
}
`
  const count = countLines(own)
  return { source, lines: { file: "program.rs", program: count } }
}

const tests = (check: UnitTestsCheck, test: string): Side => {
  const { body, functions } = testsOf(test)
  const { header, parameters } = declared(check)
  const before = `#![allow(warnings)]
${supplied(check)}
${withEnumerations(check)}
static LINE: ::std::sync::Mutex<::std::option::Option<${ours}::Line>> = ::std::sync::Mutex::new(::std::option::Option::None);
fn ${ours}_say(text: &str) { LINE.lock().unwrap().as_mut().unwrap().say(text) }
${header} {
  let mut out = ::std::string::String::from("call");
  ${parameters.map((name) => `${ours}::Put::put(&${name}, &mut out);`).join(" ")}
  ${ours}_say(&out);
  let heard = match LINE.lock().unwrap().as_mut().unwrap().hear() { ::std::option::Option::Some(heard) => heard, _ => ::std::process::exit(3) };
  let mut input = ${ours}::In::of(&heard);
  let given = ${ours}::Get::get(&mut input);
  input.end();
  given
}
mod ${ours}_tests { use super::*;
`
  const source = `${before}${body}
/**/
}
fn main() {
  *LINE.lock().unwrap() = ::std::option::Option::Some(${ours}::Line::begin());
  ::std::panic::set_hook(::std::boxed::Box::new(|info| {
    ${ours}_say(&::std::format!("fails {}", ${ours}::digits(&::std::format!("{}", info))));
    ::std::process::exit(0);
  }));
  ${functions.length === 0 ? untested : functions.map((one) => `${ours}_tests::${one}();`).join("\n  ")}
  ${ours}_say("passed");
}
`
  return { source, lines: { file: "program.rs", program: 0, test: countLines(before) - 1 } }
}

/** What the prompt supplies, and what tests need beside it. */
const supplied = ({ prelude, setup }: UnitTestsCheck): string => `#[allow(warnings)]
mod ${ours}_prelude {
${withoutCrates(`${prelude}\n${setup}`).replace(
  /^[ \t]*(?:pub\s+)?(?=(?:use|fn|enum|struct|type)\b)/gm,
  "pub "
)}
}
#[allow(unused_imports)]
use ${ours}_prelude::*;`

const withEnumerations = ({ prelude, setup }: UnitTestsCheck): string => {
  const enumerations = rustEnumerations(`${prelude}\n${setup}`)
  return rustValues.slice(0, -1) + enumerations + "}"
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

/** What the prompt, or else the task's setup, declares: the function's header, and the names of its parameters. */
const declared = (check: UnitTestsCheck) => {
  const { entryPoint, prompt, setup } = check
  for (const text of [prompt, setup]) {
    const code = masked(text, syntax)
    const found = definitionsIn(code).findLast(({ name }) => name === entryPoint)
    if (found === undefined) continue
    const header = code.slice(code.lastIndexOf("fn", found.body), found.body).trim()
    const parameters = [...header.matchAll(/(?:\bmut\s+)?\b(\w+)\s*:(?!:)/g)].map(([, name]) => name!)
    return { header: header.replace(/\bmut\s+(?=\w+\s*:)/g, ""), parameters }
  }
  return { header: `fn ${entryPoint}() -> ${undeclared}`, parameters: [] }
}

export const rust: Tested = {
  syntax,
  form: "words",
  defines: ({ entryPoint }, code) => new RegExp(`\\bfn\\s+${entryPoint}\\b`).test(code),
  continued: ({ prompt }, program) => prompt + program,
  program,
  tests
}
