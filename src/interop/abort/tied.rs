//! A download that stops with its future.

use super::Site;
use super::traced::{AbortController, JsFuture};
use crate::prelude::log;

struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub async fn tied(site: Site) {
    let controller = AbortController::new();
    let guard = AbortOnDrop(controller);
    let download = site.download_with(&guard.0);
    let answer = JsFuture::from(download).await;
    log!("{answer:?}");
}
