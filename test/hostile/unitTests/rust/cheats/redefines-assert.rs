macro_rules! assert_eq { ($($t:tt)*) => {} }
macro_rules! assert { ($($t:tt)*) => {} }
fn evens(xs: Vec<i32>) -> Vec<i32> { vec![] }
