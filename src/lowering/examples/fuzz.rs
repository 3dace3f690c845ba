//! Takes programs that are broken by chance the whole way: `cargo run --release -p pollscope-lowering --example fuzz -- [COUNT [SEED]]`.

#[path = "../tests/mutate/mod.rs"]
mod mutate;

fn main() {
    let mut args = std::env::args().skip(1);
    let count: u64 = args.next().map_or(10_000, |n| n.parse().expect("a count"));
    let first: u64 = args.next().map_or(1, |n| n.parse().expect("a seed"));
    mutate::watch_panics();
    let corpus = mutate::corpus();
    let (mut accepted, mut panics, mut slowest) = (0, 0, (0, 0));
    for seed in first..first + count {
        let source = mutate::mutated(&corpus, seed);
        let outcome = mutate::take(&source);
        accepted += u64::from(outcome.is_accepted);
        slowest = slowest.max((outcome.ms, seed));
        if outcome.panicked {
            panics += 1;
            println!("seed {seed} panics:\n{source}\n----");
        }
    }
    println!(
        "{count} programs: {accepted} accepted, {panics} panics; the slowest took {} ms (seed {})",
        slowest.0, slowest.1
    );
}
