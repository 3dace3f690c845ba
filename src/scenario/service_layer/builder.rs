//! Two stacks: the first layer is outermost.

use super::{backend::*, retry::*, timeout::*};
use tower::ServiceBuilder;

pub fn timeout_outside(
    backend: Backend, ms: u32, retries: u32,
) -> Timeout<Retry<Backend>> {
    ServiceBuilder::new()
        .layer(TimeoutLayer(ms))
        .layer(RetryLayer(retries))
        .service(backend)
}

pub fn timeout_inside(
    backend: Backend, ms: u32, retries: u32,
) -> Retry<Timeout<Backend>> {
    ServiceBuilder::new()
        .layer(RetryLayer(retries))
        .layer(TimeoutLayer(ms))
        .service(backend)
}
