//! A download that is awaited, and no more.

use super::{Site, traced::JsFuture};
use crate::prelude::log;

pub async fn bare(site: Site) {
    let download = site.download();
    let answer = JsFuture::from(download).await;
    log!("{answer:?}");
}
