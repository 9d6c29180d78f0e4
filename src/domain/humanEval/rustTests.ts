import { definitionsIn } from "../unitTests/definitions.ts"
import { masked } from "../unitTests/masked.ts"
import { rust } from "../unitTests/rust.ts"

/**
 * A test in Rust with all that it calls: functions that nothing but the data set's solution defines, such as the one that
 * encodes what the candidate has to decode, and the crate `rand`. They stand behind the test's own lines, in the
 * program of the test, so that no candidate has them.
 *
 * @param given names of functions that the test has anyway
 */
export const completed = (test: string, solution: string, given: ReadonlyArray<string>): string => {
  const code = masked(test, rust.syntax)
  const close = code.lastIndexOf("}")
  const calls = (name: string) => new RegExp(`\\b${name}\\s*\\(`).test(code)
  const functions = definitionsIn(masked(solution, rust.syntax)).filter(
    ({ name }) => calls(name) && !given.includes(name)
  )
  const more = [
    ...functions.map(({ start, end }) => solution.slice(start, end)),
    ...(/\brand::/.test(code) ? [rand] : [])
  ]
  return more.length === 0 ? test : [test.slice(0, close), ...more, test.slice(close)].join("\n")
}

/**
 * As much of `rand` as tests draw by: whole numbers, in the manner of its versions before 0.8. They are the same each
 * time, so that verdicts repeat; by SplitMix64 (Steele, Lea and Flood 2014).
 */
const rand = `mod rand {
  static STATE: ::std::sync::atomic::AtomicU64 = ::std::sync::atomic::AtomicU64::new(20_231_107);
  pub fn bits() -> u64 {
    let z = STATE.fetch_add(0x9e3779b97f4a7c15, ::std::sync::atomic::Ordering::Relaxed);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
    z ^ (z >> 31)
  }
  pub trait Whole: Sized { fn of(bits: u64) -> Self; fn within(low: Self, high: Self, bits: u64) -> Self; }
  macro_rules! whole { ($($kind:ty)*) => { $(
    impl Whole for $kind { fn of(bits: u64) -> Self { bits as $kind } fn within(low: Self, high: Self, bits: u64) -> Self { (low as i128 + bits as i128 % (high as i128 - low as i128)) as $kind } }
  )* } }
  whole! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }
  pub struct ThreadRng;
  impl ThreadRng {
    pub fn gen<T: Whole>(&mut self) -> T { T::of(bits()) }
    pub fn gen_range<T: Whole>(&mut self, low: T, high: T) -> T { T::within(low, high, bits()) }
  }
  pub fn thread_rng() -> ThreadRng { ThreadRng }
  pub fn random<T: Whole>() -> T { T::of(bits()) }
}`
