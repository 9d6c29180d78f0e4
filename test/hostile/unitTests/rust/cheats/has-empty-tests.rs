fn evens(xs: Vec<i32>) -> Vec<i32> { vec![] }
mod tests { pub fn test_evens() {} }
