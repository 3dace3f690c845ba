//! The compiler, as tests ask it about code of the scenarios.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler that compiled this test.
pub(crate) fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// The compiler that compiled this test, with the library that the test was linked with, which lies beside it.
pub(crate) fn beside_the_library() -> Command {
    let test = std::env::current_exe().expect("a test is a program");
    let libraries = test.parent().expect("it lies in a folder");
    let mut rustc = rustc();
    rustc
        .arg("-L")
        .arg(format!("dependency={}", libraries.display()))
        .arg("--extern")
        .arg(format!("pollscope={}", library(libraries, "pollscope").display()));
    rustc
}

/// The same with the crates that programs project to fields with.
#[allow(dead_code)] // not all tests ask about those
pub(crate) fn with_crates() -> Command {
    let mut rustc = beside_the_library();
    let test = std::env::current_exe().expect("a test is a program");
    let libraries = test.parent().expect("it lies in a folder");
    for name in ["pin_project", "pin_project_lite"] {
        rustc.arg("--extern").arg(format!("{name}={}", library(libraries, name).display()));
    }
    rustc
}

/// The library of that name that was built last: its name carries a hash, and older builds may lie beside it.
fn library(folder: &Path, of: &str) -> PathBuf {
    let begins = format!("lib{of}-");
    let files = folder.read_dir().expect("it can be listed").map(|file| file.expect("it can be listed").path());
    let is_library = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&begins) && name.ends_with(".rlib")
    };
    let built = |file: &PathBuf| file.metadata().and_then(|m| m.modified()).expect("it is there");
    files.filter(is_library).max_by_key(built).expect("the test was linked with it")
}
