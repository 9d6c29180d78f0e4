    xs.into_iter().filter(|x| x % 2 == 0).collect()
}
