struct Held<'a> { text: &'a str, brace: char }

fn evens(xs: Vec<i32>) -> Vec<i32> {
    let held = Held { text: r#"}"{"#, brace: '{' };
    let _ = (held.text, held.brace);
    xs.into_iter().filter(|x| x % 2 == 0).collect()
}
