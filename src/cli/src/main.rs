//! `pollscope explain TRACE [--json]`: what is wrong with a recorded run, with the chain of events that proves it, and what
//! each task waited for. `-` reads the trace from the standard input.
//!
//! The exit code is 0 where nothing is wrong, 1 where something was found, and 2 where the file could not be read.

use pollscope::trace::format::Reader;
use pollscope::trace::{TimeUnit, Trace};
use pollscope_cli::Report;
use std::io::{Read, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: pollscope explain TRACE [--json]

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
        Ok(report) => report,
        Err(why) => {
            eprintln!("pollscope: {path}: {why}");
            return ExitCode::from(2);
        }
    };
    let text =
        if as_json { serde_json::to_string_pretty(&report).map(|json| json + "\n") } else { Ok(report.to_string()) };
    let written = text.map_err(std::io::Error::from).and_then(|text| std::io::stdout().write_all(text.as_bytes()));
    match written {
        // A reader that has seen enough is no failure.
        Err(why) if why.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("pollscope: {why}");
            ExitCode::from(2)
        }
        _ => ExitCode::from(u8::from(!report.findings.is_empty())),
    }
}

/// Reads a trace a chunk at a time, and as far as it is good.
fn read(path: &str) -> Result<Report, String> {
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
        damage => Ok(Report::of(&trace, damage)),
    }
}
