//! Counts the WebAssembly instructions of every workload in a module: one object of JSON a line.
//!
//!     fuel MODULE.wasm
//!
//! *Fuel* is wasmtime's word for instructions executed: at its default costs nearly every instruction takes one. An export
//! called `executor/workload` is run for a million units and for none, each in a fresh instance; the difference, by the
//! million, is what a unit costs. The same module gives the same figures on every machine.

use std::process::ExitCode;
use wasmtime::{Config, Engine, Error, Instance, Module, Store};

const UNITS: u32 = 1_000_000;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: fuel MODULE.wasm");
        return ExitCode::from(2);
    };
    match measure(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fuel: {path}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(path: &str) -> Result<(), Error> {
    let engine = Engine::new(Config::new().consume_fuel(true))?;
    let module = Module::from_file(&engine, path)?;
    if let Some(import) = module.imports().next() {
        return Err(Error::msg(format!(
            "it imports {}.{}: not all of its work would be counted",
            import.module(),
            import.name()
        )));
    }
    for export in module.exports() {
        let Some((executor, workload)) = export.name().split_once('/') else { continue };
        let (empty, _) = run(&engine, &module, export.name(), 0)?;
        let (full, bytes) = run(&engine, &module, export.name(), UNITS)?;
        let by_unit = |n: u64| n as f64 / f64::from(UNITS);
        let fuel = by_unit(full - empty);
        let bytes = if bytes > 0 { format!("{:.2}", by_unit(bytes.into())) } else { "null".to_owned() };
        println!(r#"{{"executor":"{executor}","workload":"{workload}","fuel":{fuel:.2},"bytes":{bytes}}}"#);
    }
    Ok(())
}

/// The fuel used and the bytes taken by a run.
fn run(engine: &Engine, module: &Module, export: &str, units: u32) -> Result<(u64, u32), Error> {
    let mut store = Store::new(engine, ());
    store.set_fuel(u64::MAX)?;
    let instance = Instance::new(&mut store, module, &[])?;
    let workload = instance.get_typed_func::<u32, u32>(&mut store, export)?;
    let before = store.get_fuel()?;
    let ran = workload.call(&mut store, units)?;
    let fuel = before - store.get_fuel()?;
    if ran != units {
        return Err(Error::msg(format!("{export} ran {ran} units of {units}")));
    }
    let bytes = instance.get_typed_func::<(), u32>(&mut store, "bytes")?.call(&mut store, ())?;
    Ok((fuel, bytes))
}
