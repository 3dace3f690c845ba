//! What a million events take as bytes, and how long they take to read.

#[path = "../../benches/page/million.rs"]
#[allow(dead_code, reason = "it is a program, too")]
mod million;

use flate2::Compression;
use flate2::write::GzEncoder;
use pollscope::trace::Trace;
use std::io::Write;

/// Nanoseconds that this thread has had a processor, where the system says so: others may want it as well.
fn spent() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|ns| ns.parse().ok()).unwrap_or(0)
}

#[test]
fn million_events_take_few_bytes() {
    let trace = million::million();
    let bytes = trace.write();
    let mut zip = GzEncoder::new(Vec::new(), Compression::default());
    zip.write_all(&bytes).expect("a list takes all bytes");
    let zipped = zip.finish().expect("a list takes all bytes");
    let per_event = |bytes: usize| bytes as f64 / trace.len() as f64;
    let began = spent();
    let read = Trace::read(&bytes);
    let took = spent() - began;
    println!(
        "{:.2} bytes an event, {:.2} compressed; {} ms to read",
        per_event(bytes.len()),
        per_event(zipped.len()),
        took / 1_000_000
    );
    assert!(read == Ok(trace.clone()), "what is read is what was written");
    assert!(per_event(bytes.len()) <= 8.0 && per_event(zipped.len()) <= 1.0);
}
