//! Work that keeps a processor busy for a given time: it counts primes. A task of a live run does it on the page's thread, a
//! worker on its own.

/// Between two looks at the clock, so many numbers are tried.
const BETWEEN_LOOKS: u32 = 64;
/// It ends after so many, even if the clock stands still.
const MOST: u32 = 20_000_000;

/// Works until `is_over` says so, and returns how many primes it has found.
pub fn work_until(is_over: impl Fn() -> bool) -> u32 {
    let mut primes = 0;
    for number in 2..MOST {
        primes += u32::from(is_prime(number));
        if number.is_multiple_of(BETWEEN_LOOKS) && is_over() {
            break;
        }
    }
    primes
}

fn is_prime(number: u32) -> bool {
    let divisors = (2..).take_while(|divisor| divisor * divisor <= number);
    !divisors.into_iter().any(|divisor| number.is_multiple_of(divisor))
}
