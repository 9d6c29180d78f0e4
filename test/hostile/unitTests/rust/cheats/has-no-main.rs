#![no_main]
fn evens(xs: Vec<i32>) -> Vec<i32> { vec![] }
#[no_mangle]
pub extern "C" fn main() -> i32 { 0 }
