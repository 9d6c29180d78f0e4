use std::io::{self, Read, Write};

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let (word, rest) = text.split_once('\n').unwrap();
    match word {
        "echo" => io::stdout().write_all(rest.as_bytes()).unwrap(),
        "add" => println!("{}", rest.split_whitespace().map(|item| item.parse::<i64>().unwrap()).sum::<i64>()),
        "exit" => std::process::exit(3),
        "fail" => println!("{}", Vec::<i32>::new()[rest.len()]),
        "loop" => loop {
            std::hint::black_box(rest);
        },
        "fill" => {
            let mut kept: Vec<Vec<u8>> = Vec::new();
            loop {
                kept.push(vec![1; 1 << 20]);
            }
        }
        _ => {}
    }
}
