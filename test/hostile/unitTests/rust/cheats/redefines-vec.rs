macro_rules! vec { ($($t:tt)*) => { Vec::<i32>::new() } }
fn evens(xs: Vec<i32>) -> Vec<i32> { vec![] }
