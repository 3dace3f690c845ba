enum Job {
    Square(Job),
    Quit,
}

pub struct Pair<T> {
    first: T,
    both: Option<(u8, [Pair<T>; 2])>,
}

struct Here(u8, There);

struct There {
    here: Option<Here>,
}

struct List {
    next: Option<Box<List>>,
    all: Vec<List>,
}

async fn main() {
    yield_now().await;
}
