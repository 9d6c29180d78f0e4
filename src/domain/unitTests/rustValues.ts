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
  pub fn rest(&mut self) -> &'a str { match self.word().get(1..) { Some(rest) => rest, None => ::std::process::exit(3) } }
  pub fn count(&mut self) -> usize { self.rest().parse().unwrap() }
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
pub fn mark(out: &mut String, letter: char, of: impl ::std::fmt::Display) { out.push_str(&::std::format!(" {}{}", letter, of)); }
pub trait Put { fn put(&self, out: &mut String); }
pub trait Get { fn get(input: &mut In) -> Self; }
macro_rules! plain { ($letter:literal $($t:ty)*) => { $(
  impl Put for $t { fn put(&self, out: &mut String) { mark(out, $letter, self) } }
  impl Get for $t { fn get(input: &mut In) -> Self { input.rest().parse().unwrap() } }
)* } }
plain! { 'i' ${numbers} }
plain! { 'b' bool }
plain! { 'd' f64 }
plain! { 'f' f32 }
impl Put for char { fn put(&self, out: &mut String) { mark(out, 'c', *self as u32) } }
impl Get for char { fn get(input: &mut In) -> Self { char::from_u32(input.rest().parse().unwrap()).unwrap() } }
impl Put for () { fn put(&self, out: &mut String) { mark(out, 'T', 0) } }
impl Get for () { fn get(input: &mut In) -> Self { input.word(); } }
impl Put for str { fn put(&self, out: &mut String) { mark(out, 's', digits(self)) } }
impl Put for String { fn put(&self, out: &mut String) { self.as_str().put(out) } }
impl Get for String {
  fn get(input: &mut In) -> Self {
    let word = input.rest();
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
impl<T: Put> Put for [T] { fn put(&self, out: &mut String) { mark(out, 'L', self.len()); for one in self { one.put(out) } } }
impl<T: Put, const N: usize> Put for [T; N] { fn put(&self, out: &mut String) { self[..].put(out) } }
impl<T: Get, const N: usize> Get for [T; N] { fn get(input: &mut In) -> Self { Vec::<T>::get(input).try_into().ok().unwrap() } }
impl<T: Put> Put for Vec<T> { fn put(&self, out: &mut String) { self[..].put(out) } }
impl<T: Get> Get for Vec<T> { fn get(input: &mut In) -> Self { many(input) } }
fn many<T: Get, A: FromIterator<T>>(input: &mut In) -> A { let count = input.count(); (0..count).map(|_| T::get(input)).collect() }
macro_rules! sets { ($($t:ident: $($bound:ident)+;)*) => { $(
  impl<T: Put> Put for $t<T> { fn put(&self, out: &mut String) { mark(out, 'S', self.len()); for one in self { one.put(out) } } }
  impl<T: Get $(+ $bound)+> Get for $t<T> { fn get(input: &mut In) -> Self { many(input) } }
)* } }
sets! { HashSet: Eq Hash; BTreeSet: Ord; }
macro_rules! maps { ($($t:ident: $($bound:ident)+;)*) => { $(
  impl<K: Put, V: Put> Put for $t<K, V> { fn put(&self, out: &mut String) { mark(out, 'M', self.len()); for (key, value) in self { key.put(out); value.put(out) } } }
  impl<K: Get $(+ $bound)+, V: Get> Get for $t<K, V> {
    fn get(input: &mut In) -> Self { let count = input.count(); (0..count).map(|_| (K::get(input), V::get(input))).collect() }
  }
)* } }
maps! { HashMap: Eq Hash; BTreeMap: Ord; }
macro_rules! tuples { ($(($($t:ident)+))*) => { $(
  #[allow(non_snake_case)]
  impl<$($t: Put),+> Put for ($($t,)+) { fn put(&self, out: &mut String) { mark(out, 'T', [$(::std::stringify!($t)),+].len()); let ($($t,)+) = self; $($t.put(out);)+ } }
  impl<$($t: Get),+> Get for ($($t,)+) { fn get(input: &mut In) -> Self { input.word(); ($($t::get(input),)+) } }
)* } }
tuples! { (A) (A B) (A B C) (A B C D) (A B C D E) }
impl<T: Put> Put for Option<T> { fn put(&self, out: &mut String) { match self { Some(one) => { mark(out, 'O', ""); one.put(out) } None => mark(out, 'E', "") } } }
impl<T: Get> Get for Option<T> { fn get(input: &mut In) -> Self { if input.word() == "O" { Some(T::get(input)) } else { None } } }
impl<T: Put, E: Put> Put for Result<T, E> { fn put(&self, out: &mut String) { match self { Ok(one) => { mark(out, 'V', "0.1.Ok"); one.put(out) } Err(one) => { mark(out, 'V', "1.1.Err"); one.put(out) } } } }
impl<T: Get, E: Get> Get for Result<T, E> { fn get(input: &mut In) -> Self { if input.word() == "V0.1.Ok" { Ok(T::get(input)) } else { Err(E::get(input)) } } }
impl Put for dyn Any {
  fn put(&self, out: &mut String) {
${known
  .split(" ")
  .map((type, kind) => {
    const plain = type.replace("|", " ")
    return `    if let Some(one) = self.downcast_ref::<${plain}>() { mark(out, 'W', ${kind}); return one.put(out) }`
  })
  .join("\n")}
    mark(out, 'n', "")
  }
}
impl Get for Box<dyn Any> {
  fn get(input: &mut In) -> Self {
    match input.rest() {
${known
  .split(" ")
  .map((type, kind) => `      "${kind}" => Box::new(<${type.replace("|", " ")}>::get(input)),`)
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
          name: variant!,
          variant: `super::${name}::${variant}`,
          fields: (fields ?? "").split(",").flatMap((one, index) => (one.trim() === "" ? [] : [`x${index}`])),
          isPlain: fields === undefined
        })
      )
      const bounded = (trait: string) => `impl<${parameters.map((one) => `${one}: ${trait}`).join(", ")}>`
      const type = `super::${name}<${parameters.join(", ")}>`
      const put = variants.map(
        ({ fields, isPlain, name, variant }, kind) =>
          `${variant}${isPlain ? "" : `(${fields.join(", ")})`} => { mark(out, 'V', "${kind}.${fields.length}.${name}"); ${fields.map((one) => `${one}.put(out);`).join(" ")} }`
      )
      const get = variants.map(
        ({ fields, isPlain, name, variant }, kind) =>
          `"${kind}.${fields.length}.${name}" => ${variant}${isPlain ? "" : `(${fields.map(() => "Get::get(input)").join(", ")})`},`
      )
      return `${bounded("Put")} Put for ${type} { fn put(&self, out: &mut String) { match self { ${put.join(" ")} } } }
${bounded("Get")} Get for ${type} { fn get(input: &mut In) -> Self { match input.rest() { ${get.join(" ")} _ => ::std::process::exit(3) } } }`
    })
    .join("\n")
