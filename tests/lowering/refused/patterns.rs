enum Color {
    Red,
    Green,
    Blue,
}

enum Message {
    Stop,
    Move { x: i32, y: i32 },
    Say(String, Option<u8>),
    Many(u8),
    More(bool),
}

struct Point {
    x: i32,
    is_on: bool,
}

fn colors(c: Color) -> u32 {
    match c {
        Color::Red => 1,
        Color::Green => 2,
    }
}

fn two_colors(c: &Color) -> u32 {
    match c {
        Color::Blue => 1,
    }
}

fn options(o: Option<u32>) -> u32 {
    match o {
        Some(n) => n,
    }
}

fn numbers_in_options(o: Option<i32>) -> i32 {
    match o {
        Some(0) => 0,
        None => 1,
    }
}

fn results(r: Result<u8, String>) -> u8 {
    match r {
        Ok(1..=9) => 1,
        Err(_) => 2,
    }
}

fn messages(m: Message) -> i32 {
    match m {
        Message::Move { x: 0, .. } => 0,
    }
}

fn nested_messages(m: Message) -> i32 {
    match m {
        Message::Stop | Message::Many(_) | Message::More(true) => 0,
        Message::Move { x: 0, .. } => 1,
        Message::Say(_, Some(0)) => 2,
    }
}

fn nested_all(m: Message) -> i32 {
    match m {
        Message::Stop | Message::Many(_) | Message::More(true) => 0,
        Message::Move { x: 0, .. } => 1,
        Message::Say(_, Some(0)) => 2,
        Message::More(false) => 3,
    }
}

fn tuples(a: bool, b: Option<bool>) -> u8 {
    match (a, b) {
        (true, Some(true)) => 1,
        (false, None) => 2,
    }
}

fn tuples_the_other_way(a: bool, b: Option<bool>) -> u8 {
    match (a, b) {
        (false, None) => 2,
        (true, Some(true)) => 1,
    }
}

fn bools(a: bool, b: bool) -> u8 {
    match (a, b) {
        (false, false) => 2,
        (true, true) => 1,
    }
}

fn integers(n: u32) -> u8 {
    match n {
        0 => 1,
        5..=9 => 2,
    }
}

fn signed(n: i8) -> u8 {
    match n {
        -5..=5 => 1,
        127 => 2,
    }
}

fn sizes(n: usize) -> u8 {
    match n {
        0 => 1,
        2 => 1,
    }
}

fn texts(s: &str) -> u8 {
    match s {
        "a" => 1,
        "b" => 2,
    }
}

fn letters(c: char) -> u8 {
    match c {
        'a'..='z' => 1,
        'A' => 2,
    }
}

fn guards(n: bool) -> u8 {
    match n {
        true if n => 1,
        false => 2,
    }
}

fn slices(v: &[u8]) -> u8 {
    match v {
        [] => 0,
        [a] => *a,
        [1, _] => 2,
    }
}

fn many(v: [u8; 1_000_000_000]) -> u8 {
    match v {
        [1, ..] => 1,
        _ => 2,
    };
    match v {
        w if w[0] > 1 => 1,
    }
}

fn few(v: [bool; 2], t: (bool, [bool; 2])) -> u8 {
    match v {
        [true, _] => 1,
        [false, true] => 1,
    };
    match t {
        (true, _) => 1,
    };
    match v {
        w if w[0] => 1,
    }
}

fn points(p: Point) -> i32 {
    match p {
        Point { x, is_on: true } => x,
    }
}

fn lets(o: Option<u32>) -> u32 {
    let Some(n) = o;
    n
}

fn loops(v: Vec<Option<u32>>) -> u32 {
    let mut sum = 0;
    for Some(n) in v {
        sum += n;
    }
    sum
}

fn arguments(Some(n): Option<u32>) -> u32 {
    n
}

fn covered(m: &Message, o: Option<Option<bool>>, n: i8, c: char, v: &[u8], w: [bool; 2]) -> u8 {
    let Point { x, .. } = Point { x: 1, is_on: true };
    let _ = x;
    match o {
        Some(Some(true)) | None => 1,
        Some(None | Some(false)) => 2,
    };
    match n {
        i8::MIN..=-1 => 1,
        0 => 2,
        1.. => 3,
    };
    match c {
        '\0'..='z' => 1,
        '{'..=char::MAX => 2,
    };
    match v {
        [] => 1,
        [_] => 2,
        [.., _, _] => 3,
    };
    match w {
        [true, _] => 1,
        [_, true] => 2,
        [false, false] => 3,
    };
    match (m, n > 0) {
        (Message::Stop, true) => 1,
        (_, false) => 2,
        (Message::Move { .. } | Message::Say(..) | Message::Many(_) | Message::More(_), true) => 3,
    }
}

async fn main() {
    yield_now().await;
    let (a, b) = (1, 2);
    log!("{a} {b}");
}
