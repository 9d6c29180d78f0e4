fn evens(xs: Vec<i32>) -> Vec<i32> { vec![] }
const REST: &str = r#"