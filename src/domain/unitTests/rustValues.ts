import { ours } from "./sides.ts"

const numbers = "i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize"
const known = "i32 i64 u8 u32 u64 usize f32 f64 bool char String &'static|str Vec<i32> Vec<String>"

/**
 * Both sides of calls in Rust, a module: values are words, in the order that their types give. What is lent to a candidate
 * lives as long as its process.
 */
export const rustValues: string = `#[allow(warnings)]
mod ${ours} {
use ::std::prelude::v1::*;
use ::std::any::Any;
use ::std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use ::std::fs::File;
use ::std::hash::Hash;
use ::std::io::{BufRead, BufReader, Write};
pub struct Line { pub heard: BufReader<File>, pub said: File }
pub struct In<'a> { words: ::std::str::Split<'a, char> }
impl<'a> In<'a> {
  pub fn of(line: &'a str) -> In<'a> { let mut words = line.trim_end().split(' '); words.next(); In { words } }
  pub fn word(&mut self) -> &'a str { match self.words.next() { Some(word) => word, None => ::std::process::exit(3) } }
  pub fn end(mut self) { if self.words.next().is_some() { ::std::process::exit(3) } }
}
extern "C" { fn dup2(from: i32, to: i32) -> i32; }
impl Line {
  pub fn begin() -> Line {
    let line = Line { heard: BufReader::new(File::open("/dev/fd/0").unwrap()), said: File::options().write(true).open("/dev/fd/1").unwrap() };
    let quiet = File::options().read(true).write(true).open("/dev/null").unwrap();
    let file = ::std::os::fd::AsRawFd::as_raw_fd(&quiet);
    unsafe { dup2(file, 0); dup2(file, 1); }
    line
  }
  pub fn say(&mut self, text: &str) { self.said.write_all(::std::format!("{}\\n", text).as_bytes()).unwrap(); }
  pub fn hear(&mut self) -> Option<String> {
    let mut text = String::new();
    match self.heard.read_line(&mut text) { Ok(count) if count > 0 => Some(text), _ => None }
  }
}
pub fn digits(text: &str) -> String { text.bytes().map(|one| ::std::format!("{:02x}", one)).collect() }
pub trait Put { fn put(&self, out: &mut String); }
pub trait Get { fn get(input: &mut In) -> Self; }
macro_rules! plain { ($($t:ty)*) => { $(
  impl Put for $t { fn put(&self, out: &mut String) { out.push(' '); out.push_str(&self.to_string()); } }
  impl Get for $t { fn get(input: &mut In) -> Self { input.word().parse().unwrap() } }
)* } }
plain! { bool ${numbers} }
impl Put for f64 { fn put(&self, out: &mut String) { self.to_bits().put(out) } }
impl Get for f64 { fn get(input: &mut In) -> Self { f64::from_bits(u64::get(input)) } }
impl Put for f32 { fn put(&self, out: &mut String) { self.to_bits().put(out) } }
impl Get for f32 { fn get(input: &mut In) -> Self { f32::from_bits(u32::get(input)) } }
impl Put for char { fn put(&self, out: &mut String) { (*self as u32).put(out) } }
impl Get for char { fn get(input: &mut In) -> Self { char::from_u32(u32::get(input)).unwrap() } }
impl Put for () { fn put(&self, _: &mut String) {} }
impl Get for () { fn get(_: &mut In) -> Self {} }
impl Put for str { fn put(&self, out: &mut String) { out.push_str(" s"); out.push_str(&digits(self)); } }
impl Put for String { fn put(&self, out: &mut String) { self.as_str().put(out) } }
impl Get for String {
  fn get(input: &mut In) -> Self {
    let word = &input.word()[1..];
    let bytes = (0..word.len() / 2).map(|at| u8::from_str_radix(&word[2 * at..2 * at + 2], 16).unwrap()).collect();
    String::from_utf8(bytes).unwrap()
  }
}
impl Get for &'static str { fn get(input: &mut In) -> Self { Box::leak(String::get(input).into_boxed_str()) } }
impl<T: Put + ?Sized> Put for &T { fn put(&self, out: &mut String) { (**self).put(out) } }
impl<T: Put + ?Sized> Put for &mut T { fn put(&self, out: &mut String) { (**self).put(out) } }
impl<T: Put + ?Sized> Put for Box<T> { fn put(&self, out: &mut String) { (**self).put(out) } }
impl<T: Get + 'static> Get for &'static T { fn get(input: &mut In) -> Self { Box::leak(Box::new(T::get(input))) } }
impl<T: Get + 'static> Get for &'static mut T { fn get(input: &mut In) -> Self { Box::leak(Box::new(T::get(input))) } }
impl<T: Get> Get for Box<T> { fn get(input: &mut In) -> Self { Box::new(T::get(input)) } }
impl<T: Get + 'static> Get for &'static [T] { fn get(input: &mut In) -> Self { Box::leak(Vec::<T>::get(input).into_boxed_slice()) } }
impl<T: Put> Put for [T] { fn put(&self, out: &mut String) { self.len().put(out); for one in self { one.put(out) } } }
impl<T: Put, const N: usize> Put for [T; N] { fn put(&self, out: &mut String) { self[..].put(out) } }
impl<T: Get, const N: usize> Get for [T; N] { fn get(input: &mut In) -> Self { Vec::<T>::get(input).try_into().ok().unwrap() } }
impl<T: Put> Put for Vec<T> { fn put(&self, out: &mut String) { self[..].put(out) } }
impl<T: Get> Get for Vec<T> { fn get(input: &mut In) -> Self { many(input) } }
fn many<T: Get, A: FromIterator<T>>(input: &mut In) -> A { let count = usize::get(input); (0..count).map(|_| T::get(input)).collect() }
macro_rules! sets { ($($t:ident: $($bound:ident)+;)*) => { $(
  impl<T: Put> Put for $t<T> { fn put(&self, out: &mut String) { self.len().put(out); for one in self { one.put(out) } } }
  impl<T: Get $(+ $bound)+> Get for $t<T> { fn get(input: &mut In) -> Self { many(input) } }
)* } }
sets! { HashSet: Eq Hash; BTreeSet: Ord; }
macro_rules! maps { ($($t:ident: $($bound:ident)+;)*) => { $(
  impl<K: Put, V: Put> Put for $t<K, V> { fn put(&self, out: &mut String) { self.len().put(out); for (key, value) in self { key.put(out); value.put(out) } } }
  impl<K: Get $(+ $bound)+, V: Get> Get for $t<K, V> { fn get(input: &mut In) -> Self { many(input) } }
)* } }
maps! { HashMap: Eq Hash; BTreeMap: Ord; }
macro_rules! tuples { ($(($($t:ident)+))*) => { $(
  #[allow(non_snake_case)]
  impl<$($t: Put),+> Put for ($($t,)+) { fn put(&self, out: &mut String) { let ($($t,)+) = self; $($t.put(out);)+ } }
  impl<$($t: Get),+> Get for ($($t,)+) { fn get(input: &mut In) -> Self { ($($t::get(input),)+) } }
)* } }
tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) }
impl<T: Put> Put for Option<T> { fn put(&self, out: &mut String) { self.is_some().put(out); for one in self { one.put(out) } } }
impl<T: Get> Get for Option<T> { fn get(input: &mut In) -> Self { if bool::get(input) { Some(T::get(input)) } else { None } } }
impl<T: Put, E: Put> Put for Result<T, E> { fn put(&self, out: &mut String) { self.is_ok().put(out); match self { Ok(one) => one.put(out), Err(one) => one.put(out) } } }
impl<T: Get, E: Get> Get for Result<T, E> { fn get(input: &mut In) -> Self { if bool::get(input) { Ok(T::get(input)) } else { Err(E::get(input)) } } }
impl Put for dyn Any {
  fn put(&self, out: &mut String) {
${known
  .split(" ")
  .map((type, kind) => {
    const plain = type.replace("|", " ")
    return `    if let Some(one) = self.downcast_ref::<${plain}>() { ${kind}usize.put(out); return one.put(out) }`
  })
  .join("\n")}
    99usize.put(out)
  }
}
impl Get for Box<dyn Any> {
  fn get(input: &mut In) -> Self {
    match usize::get(input) {
${known
  .split(" ")
  .map((type, kind) => `      ${kind} => Box::new(<${type.replace("|", " ")}>::get(input)),`)
  .join("\n")}
      _ => Box::new(())
    }
  }
}
impl Get for &'static dyn Any { fn get(input: &mut In) -> Self { Box::leak(Box::<dyn Any>::get(input)) } }
}`

/** The same for the enumerations of a text, of which each variant has its fields in parentheses or none. */
export const rustEnumerations = (text: string): string =>
  [...text.matchAll(/\benum\s+(\w+)\s*(?:<([\w\s,]*)>)?\s*\{([^}]*)\}/g)]
    .map(([, name, generics = "", body]) => {
      const parameters = generics.split(",").flatMap((one) => one.trim() || [])
      const variants = [...body!.matchAll(/(\w+)\s*(?:\(([^()]*)\))?\s*(?:,|$)/g)].map(
        ([, variant, fields]) => ({
          variant: `super::${name}::${variant}`,
          fields: (fields ?? "").split(",").flatMap((one, index) => (one.trim() === "" ? [] : [`x${index}`])),
          isPlain: fields === undefined
        })
      )
      const bounded = (trait: string) => `impl<${parameters.map((one) => `${one}: ${trait}`).join(", ")}>`
      const type = `super::${name}<${parameters.join(", ")}>`
      const put = variants.map(
        ({ fields, isPlain, variant }, kind) =>
          `${variant}${isPlain ? "" : `(${fields.join(", ")})`} => { ${kind}usize.put(out); ${fields.map((one) => `${one}.put(out);`).join(" ")} }`
      )
      const get = variants.map(
        ({ fields, isPlain, variant }, kind) =>
          `${kind} => ${variant}${isPlain ? "" : `(${fields.map(() => "Get::get(input)").join(", ")})`},`
      )
      return `${bounded("Put")} Put for ${type} { fn put(&self, out: &mut String) { match self { ${put.join(" ")} } } }
${bounded("Get")} Get for ${type} { fn get(input: &mut In) -> Self { match usize::get(input) { ${get.join(" ")} _ => ::std::process::exit(3) } } }`
    })
    .join("\n")
