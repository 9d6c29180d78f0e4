#![allow(unused)]
use regex::Regex;
use std::collections::HashMap;

fn evens(xs: Vec<i32>) -> Vec<i32> {
    xs.into_iter().filter(|x| x % 2 == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_evens() {
        assert_eq!(evens(vec![2]), vec![2]);
    }
}
