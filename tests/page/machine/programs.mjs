// Programs whose machines are not chains, for the workbench.

/** A wait that may come again, and ends in two ways. */
const looping = `async fn dial(n: u32) -> u32 {
    sleep(10).await;
    n
}
async fn main() {
    sleep(4).await;
    let mut n = 0u32;
    loop {
        if dial(n).await == 2 {
            sleep(7).await;
            return;
        }
        n += 1;
        if n > 9 {
            break;
        }
        sleep(n * 20).await;
    }
    yield_now().await;
}
`;

/** Branches within branches, and ends after each. */
const branching = `async fn main() {
    let mut n = 1u32;
    sleep(1).await;
    match n {
        0 => sleep(2).await,
        1 => {
            sleep(3).await;
            n += 1;
            if n == 2 {
                sleep(4).await;
            } else {
                yield_now().await;
                return;
            }
        }
        2 => {
            yield_now().await;
            sleep(5).await;
        }
        _ => return,
    }
    if n > 5 {
        sleep(6).await;
    }
    sleep(7).await;
}
`;

/** Each await of one is a machine itself, and one of them is awaited in two places. */
const nested = `async fn leaf(ms: u32) -> u32 {
    sleep(ms).await;
    yield_now().await;
    ms
}
async fn middle(ms: u32) -> u32 {
    let mut sum = 0u32;
    for i in 0..2u32 {
        sum += leaf(ms + i).await;
    }
    sum
}
async fn main() {
    let a = leaf(5).await;
    let b = middle(a).await;
    sleep(b).await;
}
`;

/** A wait that comes again at once: its edge leads to itself. */
const itself = `async fn main() {
    for i in 0..4u32 {
        sleep(i + 1).await;
    }
}
`;

/** Fifty states: waits in a row, with ways past some of them and a way back. */
const fifty = `async fn main() {
    let mut n = 0u32;
    let mut round = 0u32;
    loop {
${Array.from({ length: 12 }, (_, i) => `        sleep(${i + 1}).await;
        if n % ${i + 2} == 0 {
            sleep(${i + 2}).await;
            yield_now().await;
        }
        sleep(${i + 3}).await;
        n += 1;`).join('\n')}
        round += 1;
        if round == 2 {
            break;
        }
    }
}
`;

export const PROGRAMS = { looping, branching, nested, itself, fifty };
