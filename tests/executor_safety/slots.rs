//! Where tasks lie: large ones, small ones, aligned ones, of no size at all.

use crate::support::{Gate, WAYS, both};
use pollscope::executor::{Executor, Until};
use pollscope::prelude::{sleep, yield_now};
use pollscope::record::Recorder;
use pollscope::trace::event::End;
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

both!(
    #[not(miri)]
    futures_of_all_sizes,
    futures_of_all_alignments,
    futures_of_many_kinds,
    futures_stay_where_they_are,
    wakers_into_pages_of_large_futures,
);

/// A future of `N` bytes, aligned as `A`, that looks at them in each of its two polls.
struct Sized<A, const N: usize> {
    aligned: [A; 0],
    bytes: [u8; N],
    at: usize,
}

impl<A, const N: usize> Sized<A, N> {
    fn new() -> Self {
        Sized { aligned: [], bytes: [N as u8; N], at: 0 }
    }
}

impl<A: Unpin, const N: usize> Future for Sized<A, N> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let address = std::ptr::from_ref(&*self).addr();
        assert_eq!(address % align_of::<Self>(), 0, "{} bytes", align_of::<A>());
        assert_eq!(self.aligned.as_ptr().addr() % align_of::<A>(), 0);
        assert!(self.bytes.iter().step_by(N.div_ceil(5).max(1)).chain(self.bytes.last()).all(|&byte| byte == N as u8));
        if std::mem::replace(&mut self.at, address) == address {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// How many tasks of each kind, each way.
const EACH: usize = if cfg!(miri) { 1 } else { 3 };

/// Spawns some of a kind, each way.
fn spawn_some<F: Future<Output = ()> + 'static, R: Recorder>(executor: &Executor<R>, make: impl Fn() -> F) -> u64 {
    for way in WAYS {
        for _ in 0..EACH {
            way.spawn(executor, make());
        }
    }
    2 * EACH as u64
}

fn futures_of_all_sizes<R: Recorder>(executor: Executor<R>) {
    macro_rules! sizes {
        ($($n:literal)*) => { 0 $(+ spawn_some(&executor, Sized::<u8, $n>::new))* };
    }
    // A slot of more than 1 KiB has a page to itself, which is as long as it needs.
    let of_sizes = sizes!(0 1 2 3 4 7 8 9 100 980 996 1000 1008 1016 1024 1100 4000 8150 8192 9000 20000);
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(executor.polls(), 2 * of_sizes);
}

fn futures_of_all_alignments<R: Recorder>(executor: Executor<R>) {
    macro_rules! alignments {
        ($($n:literal)*) => { 0 $(+ {
            #[repr(align($n))]
            struct Aligned;
            spawn_some(&executor, Sized::<Aligned, 1>::new) + spawn_some(&executor, Sized::<Aligned, 700>::new)
        })* };
    }
    let of_alignments = alignments!(1 2 4 8 16 32 64 128 256 512 1024);
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(executor.polls(), 2 * of_alignments);
}

fn futures_of_many_kinds<R: Recorder>(executor: Executor<R>) {
    /// A type of its own for each number.
    fn kind<const K: usize>(done: &Rc<Cell<usize>>) -> impl Future<Output = ()> + use<K> {
        let done = done.clone();
        async move {
            let kept = [K; 4];
            yield_now().await;
            done.set(done.get() + kept[K % 4]);
        }
    }
    let done = Rc::default();
    macro_rules! kinds {
        ($($k:literal)*) => { [$({ spawn_some(&executor, || kind::<$k>(&done)); $k }),*] };
    }
    let kinds: [usize; 24] = kinds!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24);
    assert_eq!(executor.run(), End::Completed);
    assert_eq!(done.get(), 2 * EACH * kinds.iter().sum::<usize>());
}

fn futures_stay_where_they_are<R: Recorder>(executor: Executor<R>) {
    // Each keeps a pointer to itself over its polls, while others come and go.
    for i in 0..30 {
        executor.spawn_detached("looks", async move {
            let value = i;
            let reference = &value;
            for _ in 0..i % 7 {
                sleep(i % 3).await;
                yield_now().await;
            }
            assert_eq!(*reference, i);
        });
    }
    assert_eq!(executor.run(), End::Completed);
}

fn wakers_into_pages_of_large_futures<R: Recorder>(executor: Executor<R>) {
    let gates: Vec<_> = (0..4).map(|_| Gate::default()).collect();
    for (i, gate) in gates.iter().enumerate() {
        let gate = gate.clone();
        WAYS[i % 2].spawn(&executor, async move {
            let large = [i as u8; 10_000];
            gate.await;
            assert!(large.iter().step_by(99).all(|&byte| byte == i as u8));
        });
        executor.step();
    }
    let late: Vec<_> = gates.iter().map(Gate::waker).collect();
    gates[..3].iter().for_each(Gate::open);
    while executor.step().is_some() {}
    late[0].wake_by_ref();
    drop(executor);
    late.into_iter().for_each(std::task::Waker::wake);
    drop(gates[3].take());
}

#[test]
fn zero_sized_futures() {
    // In a slot of header alone, and with drops that are seen.
    thread_local! { static DROPS: Cell<u32> = const { Cell::new(0) } }
    struct Nothing;
    impl Future for Nothing {
        type Output = ();
        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            Poll::Ready(())
        }
    }
    impl Drop for Nothing {
        fn drop(&mut self) {
            DROPS.set(DROPS.get() + 1);
        }
    }
    const { assert!(size_of::<Nothing>() == 0) };
    let executor = Executor::new(());
    for _ in 0..500 {
        executor.spawn_detached("nothing", Nothing);
        drop(executor.spawn("nothing", Nothing));
        executor.spawn_detached("never", std::future::pending());
    }
    executor.drive(Until::Idle, 300);
    assert_eq!(DROPS.get(), 200);
    executor.drive(Until::Idle, u32::MAX);
    assert_eq!((DROPS.get(), executor.alive()), (1000, 500));
    executor.spawn_detached("nothing", Nothing);
    drop(executor);
    assert_eq!(DROPS.get(), 1001);
}
