//! Any input: no panic, no hang. `cargo run --release -p pollscope-lowering --example fuzz` takes many more.

mod mutate;

/// Seeds of longer runs that something was found with.
const FOUND: [u64; 1] = [115_294];

#[test]
fn broken_programs_neither_panic_nor_hang() {
    mutate::watch_panics();
    let corpus = mutate::corpus();
    let (mut wrong, mut accepted) = (Vec::new(), 0);
    for seed in (1..=1500).chain(FOUND) {
        let source = mutate::mutated(&corpus, seed);
        let outcome = mutate::take(&source);
        accepted += u32::from(outcome.is_accepted);
        if outcome.panicked || outcome.ms > 20_000 {
            wrong.push(format!("seed {seed} ({} ms):\n{source}", outcome.ms));
        }
    }
    let _ = std::panic::take_hook();
    // Some must still be programs, or nothing behind the front end was tried.
    assert!(accepted > 20, "{accepted}");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
