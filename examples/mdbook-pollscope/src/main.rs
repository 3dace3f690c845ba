//! The program that mdBook calls: `supports RENDERER`, or a book on standard input and what becomes of it on standard output.

use std::io::{stdin, stdout};
use std::process::ExitCode;

use mdbook_pollscope::Pollscope;
use mdbook_preprocessor::{Preprocessor, parse_input};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [] => {}
        // Where a renderer makes no HTML, a link is left.
        [word, _] if word == "supports" => return ExitCode::SUCCESS,
        _ => {
            eprintln!("mdbook-pollscope: mdBook calls this: put [preprocessor.pollscope] into book.toml");
            return ExitCode::from(2);
        }
    }
    let done = parse_input(stdin()).and_then(|(context, book)| {
        let book = Pollscope.run(&context, book)?;
        serde_json::to_writer(stdout(), &book).map_err(Into::into)
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mdbook-pollscope: {error}");
            ExitCode::FAILURE
        }
    }
}
