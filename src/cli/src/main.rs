//! `pollscope explain TRACE [--json]`: what is wrong with a recorded run, with the chain of events that proves it, and what
//! each task waited for. `-` reads the trace from the standard input.
//! `pollscope export --perfetto TRACE` and `--firefox` write the run to the standard output, as that tool opens it.
//!
//! The exit code is 0 where nothing is wrong, 1 where something was found, and 2 where the file could not be read.

use pollscope::trace::format::Reader;
use pollscope::trace::{Damage, TimeUnit, Trace};
use pollscope_cli::{Report, firefox, perfetto};
use std::io::{Read, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: pollscope explain TRACE [--json]
       pollscope export --perfetto|--firefox TRACE

TRACE is a file that the page, or a program that records its tasks, has saved; - is the standard input.";

/// So many bytes are read at a time.
const CHUNK: usize = 1 << 16;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (options, rest): (Vec<&str>, Vec<&str>) =
        args.iter().map(String::as_str).partition(|arg| arg.starts_with("--"));
    match (&rest[..], &options[..]) {
        (["explain", path], []) => explain(path, false),
        (["explain", path], ["--json"]) => explain(path, true),
        (["export", path], ["--perfetto"]) => export(path, |trace| Ok(perfetto(trace))),
        (["export", path], ["--firefox"]) => export(path, |trace| Ok(firefox(trace)?.into_bytes())),
        (_, ["--help"]) | (["help"], []) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn explain(path: &str, as_json: bool) -> ExitCode {
    let report = match read(path) {
        Ok((trace, damage)) => Report::of(&trace, damage),
        Err(why) => return refuse(&format!("{path}: {why}")),
    };
    let text =
        if as_json { serde_json::to_string_pretty(&report).map(|json| json + "\n") } else { Ok(report.to_string()) };
    match text.map_err(std::io::Error::from).and_then(|text| write(text.as_bytes())) {
        Err(why) => refuse(&why.to_string()),
        Ok(()) => ExitCode::from(u8::from(!report.findings.is_empty())),
    }
}

/// Writes a run as another tool reads it. What is known of a damaged one is written, and the damage told.
fn export(path: &str, to: impl FnOnce(&Trace) -> std::io::Result<Vec<u8>>) -> ExitCode {
    let (trace, damage) = match read(path) {
        Ok(read) => read,
        Err(why) => return refuse(&format!("{path}: {why}")),
    };
    if let Some(damage) = damage {
        eprintln!("pollscope: {path}: {damage}");
    }
    match to(&trace).and_then(|bytes| write(&bytes)) {
        Err(why) => refuse(&why.to_string()),
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("pollscope: {why}");
    ExitCode::from(2)
}

fn write(bytes: &[u8]) -> std::io::Result<()> {
    match std::io::stdout().write_all(bytes) {
        // A reader that has seen enough is no failure.
        Err(why) if why.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Reads a trace a chunk at a time, and as far as it is good.
fn read(path: &str) -> Result<(Trace, Option<Damage>), String> {
    let mut input: Box<dyn Read> = match path {
        "-" => Box::new(std::io::stdin()),
        _ => Box::new(std::fs::File::open(path).map_err(|why| why.to_string())?),
    };
    let (mut reader, mut trace) = (Reader::default(), Trace::new(TimeUnit::default()));
    let mut chunk = vec![0; CHUNK];
    loop {
        let len = input.read(&mut chunk).map_err(|why| why.to_string())?;
        if len == 0 || reader.append(&mut trace, &chunk[..len]).is_err() {
            break;
        }
    }
    match reader.finish().err() {
        Some(damage) if trace.is_empty() => Err(damage.to_string()),
        damage => Ok((trace, damage)),
    }
}
