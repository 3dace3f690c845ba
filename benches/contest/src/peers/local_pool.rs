//! `futures::executor::LocalPool`.

#![cfg(feature = "peers")]

use super::{Peer, Run, Work};
use futures::executor::{LocalPool as Pool, LocalSpawner};
use futures::task::LocalSpawnExt;

pub(crate) struct LocalPool {
    pool: Pool,
    spawner: LocalSpawner,
}

impl Peer for LocalPool {
    type For<F: Work> = LocalPool;
}

impl<F: Work> Run<F> for LocalPool {
    fn new(_: usize) -> Self {
        let pool = Pool::new();
        LocalPool { spawner: pool.spawner(), pool }
    }

    fn spawn(&mut self, future: F) {
        self.spawner.spawn_local(future).expect("the pool is there");
    }

    fn run(&mut self, _: impl Fn() -> bool) {
        self.pool.run_until_stalled();
    }
}
