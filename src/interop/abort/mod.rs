//! `abort`: two downloads whose futures are dropped; only one of them is told. Recorded as it happens.
//!
//! The file is one of the page's own site, and is fetched from there. The page sees what its script reads, and when: how far
//! the browser has come with it by then, it does not see.

#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod bare;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod give_up;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod kept;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod tied;

use super::devtools::spawn;
use super::driver::in_macrotask;
use super::live::{Extent, PATIENCE, Page, record as record_live};
use super::traced::{self, AbortController};
use crate::executor::{Executor, Schedule};
use crate::record::TraceRecorder;
use crate::scenario::{AbortParams, Controller, Setup};
use crate::trace::ids::{PromiseId, TaskId};
use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen(module = "/src/interop/abort/page.js")]
extern "C" {
    fn download(file: &str, pace: u32, signal: &JsValue, trace: &Object) -> Promise;
}

/// What is fetched, as its address is beside the page: the module that every trace is shown by.
pub(super) const FILE: &str = "engine/viewer_bg.wasm";

/// The page's own site.
#[derive(Clone)]
pub(super) struct Site {
    page: Page,
    pace: u32,
}

impl Site {
    /// The script's promise of the file.
    pub(super) fn download(&self) -> Promise {
        self.begin_download(self.page.next_promise(), &JsValue::UNDEFINED)
    }

    /// The same, until the controller aborts it.
    pub(super) fn download_with(&self, controller: &AbortController) -> Promise {
        let number = self.page.next_promise();
        self.begin_download(number, &controller.signal(&self.page, number))
    }

    /// It is a part of the run until it is settled, and its reactions, and what they woke, have run.
    fn begin_download(&self, number: PromiseId, signal: &JsValue) -> Promise {
        let page = self.page.clone();
        let promise = download(FILE, self.pace, signal, &page.for_js(number));
        page.promise_created(number, "download()", &promise);
        let settled = promise.clone();
        spawn_local(async move {
            // Why it failed, the trace says.
            let _ = JsFuture::from(settled).await;
            in_macrotask(0, move || page.part_is_over());
        });
        promise
    }
}

/// A task that can be cancelled.
pub(super) struct Cancel(Executor<TraceRecorder, Schedule>, TaskId);

impl Cancel {
    pub(super) fn cancel(&self) {
        // It may be done.
        let _ = self.0.cancel(self.1);
    }
}

/// Records one run: until both downloads are over, and nobody is left to give up.
pub(crate) async fn record(params: AbortParams, setup: Setup) -> TraceRecorder {
    // A chunk has many KB, so that there are some dozens of pauses.
    let patience = params.drop_at.max(100 * params.pace) + PATIENCE;
    record_live(setup, Extent { parts: 3, patience, grace: 0 }, move |page| begin(page, &params)).await
}

/// The script: the tasks that download, and the one that gives up.
fn begin(page: &Page, params: &AbortParams) {
    let executor = page.executor();
    let site = Site { page: page.clone(), pace: params.pace };
    let bare = spawn(executor, "bare", bare::bare(site.clone())).id();
    let second = match params.controller {
        Controller::Aborts => spawn(executor, "tied", tied::tied(site)).id(),
        Controller::Kept => spawn(executor, "kept", kept::kept(site)).id(),
    };
    let tasks = [bare, second].map(|task| Cancel(executor.clone(), task));
    let (part, ms) = (page.part(), params.drop_at);
    drop(spawn(executor, "give_up", async move {
        give_up::give_up(ms, tasks).await;
        part.part_is_over();
    }));
}
