fn evens(xs: Vec<i32>) -> Vec<i32> { vec![] }
/*