//! A download with a controller, and nobody
//! who calls it.

use super::Site;
use super::traced::{AbortController, JsFuture};
use crate::prelude::log;

pub async fn kept(site: Site) {
    let abort = AbortController::new();
    let download = site.download_with(&abort);
    let answer = JsFuture::from(download).await;
    log!("{answer:?}");
}
