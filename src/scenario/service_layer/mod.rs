//! `service-layer`: the same requests through two stacks of layers around one slow service that fails at first, on one clock. A
//! layer and a service are what `tower-service` and `tower-layer` say they are; the layers are written here, to their traits, after
//! those of tower 0.5, for a clock that is virtual. `tests/tower.rs` holds them against tower's own.

#[allow(missing_docs, missing_debug_implementations, unreachable_pub)]
#[rustfmt::skip] // set for the width of the page's pane
mod backend;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod builder;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod concurrency_limit;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod load_shed;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod log;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod permits;
#[allow(missing_docs, unreachable_pub)]
#[allow(clippy::redundant_async_block)] // an await has a line of its own
#[rustfmt::skip]
mod rate_limit;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod request;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod retry;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod stack;
#[allow(missing_docs, unreachable_pub)]
#[rustfmt::skip]
mod timeout;

use super::checks::Recorded;
use super::job::Job;
use super::params::{Listed, params};
use super::setup::{RecordedExecutor, Setup};
use super::spec::{CodeFile, Hero, Module, Question, ShownWith, Spec, Stage, file, shown};
use crate::prelude::Rc;
use crate::trace::{Event, Trace};
use backend::{Backend, Inner};
use stack::AnyLayer;

params! {
    ServiceLayerParams {
        call_takes: (0..=500, "ms") = 40,
        failures: (0..=20) = 1,
        time_limit: (0..=500, "ms") = 50,
        left: [[Layer]] = Listed::of(&[Layer::Timeout, Layer::Retry]),
        right: [[Layer]] = Listed::of(&[Layer::Retry, Layer::Timeout]),
        retries: (0..=5) = 1,
        requests: (1..=6) = 1,
        apart: (0..=100, "ms") = 10,
        at_once: (1..=6) = 1,
        every: (1..=200, "ms") = 60,
    }
    Layer {
        Log = "log", Timeout = "timeout", Retry = "retry", RateLimit = "rate_limit",
        ConcurrencyLimit = "concurrency_limit", LoadShed = "load_shed",
    }
}

/// The scenario.
pub(super) struct ServiceLayer;

impl Spec for ServiceLayer {
    type Params = ServiceLayerParams;

    const ID: &'static str = "service-layer";
    const PART: u8 = 7;
    const MINUTES: u8 = 5;
    const PICTURED_TO: Option<&str> = Some("t1.p3");
    const STAGE: Stage = Stage::Program;
    const HERO: Hero = Hero::Shells;
    const MODULE: Module = Module::Ecosystem;
    const SEEDED: bool = false;
    const FILES: &'static [CodeFile] = &[
        file("builder.rs", include_str!("builder.rs")),
        file("timeout.rs", include_str!("timeout.rs")),
        file("retry.rs", include_str!("retry.rs")),
        file("log.rs", include_str!("log.rs")),
        file("rate_limit.rs", include_str!("rate_limit.rs")),
        file("concurrency_limit.rs", include_str!("concurrency_limit.rs")),
        file("permits.rs", include_str!("permits.rs")),
        file("load_shed.rs", include_str!("load_shed.rs")),
        file("request.rs", include_str!("request.rs")),
        file("backend.rs", include_str!("backend.rs")),
        file("stack.rs", include_str!("stack.rs")),
    ];
    const SHOWN_WITH: &'static [ShownWith] = &[
        shown(&["builder.rs"], &[("left", "timeout.retry")]),
        shown(&["builder.rs"], &[("right", "timeout.retry")]),
        shown(&["builder.rs"], &[("left", "retry.timeout")]),
        shown(&["builder.rs"], &[("right", "retry.timeout")]),
        shown(&["timeout.rs"], &[("left", "timeout")]),
        shown(&["timeout.rs"], &[("right", "timeout")]),
        shown(&["retry.rs"], &[("left", "retry")]),
        shown(&["retry.rs"], &[("right", "retry")]),
        shown(&["log.rs", "stack.rs"], &[("left", "log")]),
        shown(&["log.rs", "stack.rs"], &[("right", "log")]),
        shown(&["rate_limit.rs", "stack.rs"], &[("left", "rate_limit")]),
        shown(&["rate_limit.rs", "stack.rs"], &[("right", "rate_limit")]),
        shown(&["concurrency_limit.rs", "permits.rs", "stack.rs"], &[("left", "concurrency_limit")]),
        shown(&["concurrency_limit.rs", "permits.rs", "stack.rs"], &[("right", "concurrency_limit")]),
        shown(&["load_shed.rs", "stack.rs"], &[("left", "load_shed")]),
        shown(&["load_shed.rs", "stack.rs"], &[("right", "load_shed")]),
    ];
    const QUESTION: Question = Question { options: &["both", "left", "right", "neither"] };
    const RECORDED: &'static [Recorded] = &[
        Recorded::new("service-layer", &[], "right"),
        Recorded::new("service-layer-enough-time", &[("time_limit", "100")], "both"),
        Recorded::new(
            "service-layer-limits",
            &[
                ("requests", "3"),
                ("left", "load_shed.concurrency_limit"),
                ("right", "concurrency_limit.load_shed"),
                ("failures", "0"),
            ],
            "right",
        ),
    ];

    fn start(params: Self::Params, _seed: u32, setup: Setup) -> Option<Job> {
        let executor = setup.executor();
        for (name, layers) in [(LEFT, params.left), (RIGHT, params.right)] {
            let layers: Vec<Layer> = layers.iter().collect();
            let backend = Backend { takes: params.call_takes, fails: params.failures, calls: Default::default() };
            let (limit, retries) = (params.time_limit, params.retries);
            let requests = Requests { executor: &executor, name, params: &params, layers: &layers };
            match layers[..] {
                [Layer::Timeout, Layer::Retry] => requests.spawn(builder::timeout_outside(backend, limit, retries)),
                [Layer::Retry, Layer::Timeout] => requests.spawn(builder::timeout_inside(backend, limit, retries)),
                _ => {
                    let layers: Vec<AnyLayer> = layers.iter().map(|&layer| params.made(layer)).collect();
                    requests.spawn(stack::stack(&layers, backend));
                }
            }
        }
        Some(Job::of_tasks(executor))
    }

    /// Through which stack every request comes.
    fn answer(trace: &Trace) -> Option<&'static str> {
        let come_through = |name: &str| {
            (0..trace.len()).all(|i| match trace.event(i) {
                Event::Logged { task, text, .. } if trace.task_name(task) == name => {
                    let text = trace.name(text);
                    !text.starts_with("request ") || !text.contains("Err(")
                }
                _ => true,
            })
        };
        Some(match (come_through(LEFT), come_through(RIGHT)) {
            (true, true) => "both",
            (true, false) => "left",
            (false, true) => "right",
            (false, false) => "neither",
        })
    }
}

/// The tasks of each stack.
const LEFT: &str = "left";
const RIGHT: &str = "right";

impl ServiceLayerParams {
    /// A layer, as each request logs it.
    fn written(&self, layer: Layer) -> String {
        match layer {
            Layer::Log => "Log".to_owned(),
            Layer::Timeout => format!("Timeout {} ms", self.time_limit),
            Layer::Retry => format!("Retry {}", self.retries),
            Layer::RateLimit => format!("RateLimit {} ms", self.every),
            Layer::ConcurrencyLimit => format!("ConcurrencyLimit {}", self.at_once),
            Layer::LoadShed => "LoadShed".to_owned(),
        }
    }

    fn made(&self, layer: Layer) -> AnyLayer {
        match layer {
            Layer::Log => AnyLayer::Log(log::LogLayer),
            Layer::Timeout => AnyLayer::Timeout(timeout::TimeoutLayer(self.time_limit)),
            Layer::Retry => AnyLayer::Retry(retry::RetryLayer(self.retries)),
            Layer::RateLimit => AnyLayer::RateLimit(rate_limit::RateLimitLayer(self.every)),
            Layer::ConcurrencyLimit => {
                AnyLayer::ConcurrencyLimit(concurrency_limit::ConcurrencyLimitLayer(self.at_once))
            }
            Layer::LoadShed => AnyLayer::LoadShed(load_shed::LoadShedLayer),
        }
    }
}

/// The requests that go through a stack.
struct Requests<'a> {
    executor: &'a RecordedExecutor,
    name: &'static str,
    params: &'a ServiceLayerParams,
    layers: &'a [Layer],
}

impl Requests<'_> {
    /// A task a request, each with a clone of the stack.
    fn spawn(&self, stack: impl Inner) {
        let params = self.params;
        let mut layers: Vec<String> = self.layers.iter().map(|&layer| params.written(layer)).collect();
        layers.push(format!("Backend {} ms", params.call_takes));
        let layers: Rc<str> = layers.join(" > ").into();
        for nth in 1..=params.requests {
            let comes = (nth - 1) * params.apart;
            self.executor.spawn_detached(self.name, request::request(stack.clone(), layers.clone(), nth, comes));
        }
    }
}
