//! rustc itself, on programs of the language: its MIR and its sizes, for wasm32.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A compiler, with the prelude compiled for it.
pub(crate) struct Rustc {
    dir: PathBuf,
}

/// The program as a module, whose coroutines are made because their sizes are asked for.
fn wrapped(program: &Path) -> String {
    format!(
        "#![allow(unused, dropping_references, dropping_copy_types)]\nextern crate playground;\npub mod prog {{ use playground::*; include!({:?});\n  \
         pub(crate) fn __run() {{ playground::run(main()) }} }}\n#[unsafe(no_mangle)] pub extern \"C\" fn go() {{ prog::__run() }}\n",
        program.display()
    )
}

/// What an executable for this machine consists of: it prints the program's transcript, or with an argument its trace.
fn native(program: &Path) -> String {
    format!(
        "#![allow(unused, dropping_references, dropping_copy_types)]\nextern crate playground;\nmod prog {{ use playground::*; include!({:?}); \
         pub(crate) fn __run() {{ playground::run(main()) }} }}\nfn main() {{ playground::set_trace(std::env::args().len() > 1); \
         prog::__run(); print!(\"{{}}\", playground::transcript()) }}\n",
        program.display()
    )
}

fn run(command: &mut Command) -> Result<Output, String> {
    let output = command.env("RUSTC_BOOTSTRAP", "1").output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(output) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// The version of rustc, `1.99.1` or `1.101.0-nightly`.
#[allow(dead_code)]
pub(crate) fn version() -> String {
    let output = Command::new("rustc").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).split(' ').nth(1).unwrap_or_default().to_owned()
}

#[allow(dead_code)]
impl Rustc {
    /// Compiles the prelude; none if there is no rustc with the target wasm32-unknown-unknown.
    pub(crate) fn new() -> Option<Rustc> {
        let dir = std::env::temp_dir().join(format!("pollscope-rustc-{}", std::process::id()));
        let prelude = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lowering/playground.rs");
        for (name, options) in [("wasm", &["--target=wasm32-unknown-unknown"][..]), ("native", &[])] {
            let out = dir.join(name);
            std::fs::create_dir_all(&out).ok()?;
            let mut command = Command::new("rustc");
            command.args(["--edition=2024", "--crate-type=rlib", "--crate-name=playground", "-O", "--out-dir"]);
            run(command.arg(out).args(options).arg(&prelude)).ok()?;
        }
        Some(Rustc { dir })
    }

    /// The MIR of every coroutine of a program before the transform, and what `-Zprint-type-sizes` says.
    pub(crate) fn dumps(&self, program: &Path) -> Result<(Vec<String>, String), String> {
        let (input, mir) = (self.dir.join("w.rs"), self.dir.join("mir"));
        std::fs::remove_dir_all(&mir).ok();
        std::fs::write(&input, wrapped(&program.canonicalize().map_err(|e| e.to_string())?))
            .map_err(|e| e.to_string())?;
        let mut command = Command::new("rustc");
        command.args(["--edition=2024", "--crate-type=cdylib", "--target=wasm32-unknown-unknown", "-Copt-level=0"]);
        command
            .args(["-Zdump-mir=coroutine_before", "-Zprint-type-sizes", "--emit=obj", "-o"])
            .arg(self.dir.join("w.o"));
        command.arg(format!("-Zdump-mir-dir={}", mir.display())).arg("-L").arg(self.dir.join("wasm")).arg(&input);
        let output = run(&mut command)?;
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(&mir).map_err(|e| e.to_string())?.flatten().map(|entry| entry.path()).collect();
        files.sort();
        let dumps = files.iter().map(|file| std::fs::read_to_string(file).map_err(|e| e.to_string()));
        Ok((dumps.collect::<Result<_, _>>()?, String::from_utf8_lossy(&output.stdout).into_owned()))
    }

    /// What the program prints, compiled for this machine: its transcript, or its trace.
    pub(crate) fn transcript(&self, program: &Path, is_trace: bool) -> Result<String, String> {
        let (input, binary) = (self.dir.join("n.rs"), self.dir.join("n"));
        std::fs::write(&input, native(&program.canonicalize().map_err(|e| e.to_string())?))
            .map_err(|e| e.to_string())?;
        let mut command = Command::new("rustc");
        command.args(["--edition=2024", "-L"]).arg(self.dir.join("native")).arg("-o").arg(&binary).arg(&input);
        run(&mut command)?;
        let output = run(Command::new(&binary).args(is_trace.then_some("--trace")))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The errors of a program, as JSON.
    pub(crate) fn errors(&self, program: &Path) -> Vec<serde_json::Value> {
        let input = self.dir.join("refused.rs");
        std::fs::write(&input, wrapped(&program.canonicalize().expect("a program"))).expect("a folder");
        let mut command = Command::new("rustc");
        command.args(["--edition=2024", "--crate-type=lib", "--target=wasm32-unknown-unknown", "--emit=metadata"]);
        command.args(["--error-format=json", "-L"]).arg(self.dir.join("wasm"));
        let output = command.arg("-o").arg(self.dir.join("refused.rmeta")).arg(&input).output().expect("rustc");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let messages = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        messages.filter(|message| message["level"] == "error").collect()
    }
}

impl Drop for Rustc {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.dir).ok();
    }
}
