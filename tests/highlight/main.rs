#![allow(dead_code)]
//! What it is.
use std::collections::HashMap;

/* outer /* inner */ still */
#[derive(Debug, Clone)]
pub struct Route<'a> {
    name: &'a str,
    cost: f64,
}

impl<'a> Route<'a> {
    pub fn new(name: &'a str) -> Self {
        Self { name, cost: 1.5e-3 }
    }
}

fn longest<T: Into<String>>(all: &[T]) -> Option<usize> where T: Clone {
    let mut best: Option<usize> = None;
    let raw = r#"a "quoted" word"#;
    for (i, c) in raw.chars().enumerate() {
        match c {
            'a' | '\n' | '\u{1F600}' | 'é' => best = Some(i),
            _ if i != 0xff_u8 as usize => println!("{c} {}", i),
            _ => return None,
        }
    }
    'outer: loop { break 'outer; }
    best
}
