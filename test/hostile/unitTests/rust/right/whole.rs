fn evens(xs: Vec<i32>) -> Vec<i32> {
    xs.into_iter().filter(|x| x % 2 == 0).collect()
}
