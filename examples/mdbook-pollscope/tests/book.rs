//! The directive, and the program over the book that stands beside this package.

use std::io::Write;
use std::process::{Command, Stdio};

use mdbook_pollscope::{Problem, expand};
use serde_json::{Value, json};

const SITE: &str = "https://your.site/p/";

fn html(chapter: &str) -> String {
    expand(chapter, SITE, true).unwrap()
}

#[test]
fn a_directive_becomes_an_element_with_a_link_for_readers_without_scripts() {
    assert_eq!(
        html("Look: {{#pollscope lost-wake at=t1.p1 params=\"leaf=keeps_waker&ring=20\"}}!\n"),
        "Look: <script type=\"module\" src=\"https://your.site/p/element.js\"></script>\
         <poll-scope scenario=\"lost-wake\" at=\"t1.p1\" params=\"leaf=keeps_waker&amp;ring=20\">\
         <a href=\"https://your.site/p/?s=lost-wake&amp;leaf=keeps_waker&amp;ring=20&amp;at=t1.p1\">\
         <img src=\"https://your.site/p/embed/lost-wake.svg\" alt=\"lost-wake\"></a></poll-scope>!\n"
    );
}

#[test]
fn the_script_stands_once_in_a_chapter() {
    assert_eq!(html("{{#pollscope lazy}} {{#pollscope moving}}").matches("<script").count(), 1);
}

#[test]
fn code_and_what_is_behind_a_backslash_stay() {
    for chapter in [
        "```\n{{#pollscope lazy}}\n```\n",
        "~~~text\n{{#pollscope lazy}}\n```\n~~~\n",
        "\\{{#pollscope lazy}}\n",
        "{{#include a.rs}}\n",
        "",
    ] {
        assert_eq!(html(chapter), chapter);
    }
}

#[test]
fn a_renderer_of_something_else_gets_a_link() {
    assert_eq!(
        expand("{{#pollscope lazy at=t1}}", SITE, false).unwrap(),
        "[lazy](<https://your.site/p/?s=lazy&at=t1>)"
    );
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    for (directive, why) in [
        ("{{#pollscope}}", "which scenario? {{#pollscope lost-wake}} names one"),
        ("{{#pollscope lazy", "{{#pollscope has no }} in its line"),
        ("{{#pollscope \"<b>\"}}", "\"<b>\" is no name of a scenario: those have small letters, digits and hyphens"),
        ("{{#pollscope lazy held}}", "\"held\" is no name=value"),
        ("{{#pollscope lazy to=3}}", "there is no \"to\": a scenario takes at, params, view, theme, lang"),
        ("{{#pollscope lazy at=1 at=2}}", "\"at\" stands there twice"),
        ("{{#pollscope lazy at=\"1}}", "a quote is not closed"),
    ] {
        assert_eq!(expand(&format!("one\n{directive}\n"), SITE, true), Err(Problem { line: 2, why: why.to_owned() }));
    }
}

#[test]
fn no_text_of_a_chapter_becomes_markup() {
    let made = html("{{#pollscope lazy params=\"a=<script>&b='\"}}");
    assert!(made.contains("params=\"a=&lt;script&gt;&amp;b='\""), "{made}");
}

/// What the program makes of a book, as mdBook asks.
fn run(content: &str, site: Option<&str>) -> Result<String, String> {
    let chapter = json!({ "Chapter": {
        "name": "Wakes", "content": content, "number": [1], "sub_items": [], "path": "wakes.md", "source_path": "wakes.md", "parent_names": [],
    } });
    let settings = site.map_or(json!({}), |site| json!({ "site": site }));
    let given = json!([
        { "root": ".", "config": { "book": { "title": "A book" }, "preprocessor": { "pollscope": settings } }, "renderer": "html", "mdbook_version": "0.5.4" },
        { "items": [chapter] },
    ]);
    let mut program = Command::new(env!("CARGO_BIN_EXE_mdbook-pollscope"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let done = program.wait_with_output().unwrap();
    if !done.status.success() {
        return Err(String::from_utf8(done.stderr).unwrap());
    }
    let book: Value = serde_json::from_slice(&done.stdout).unwrap();
    Ok(book["items"][0]["Chapter"]["content"].as_str().unwrap().to_owned())
}

#[test]
fn the_example_goes_through_the_program() {
    let made = run(include_str!("../../book/src/wakes.md"), Some("https://your.site/pollscope")).unwrap();
    assert_eq!(made.matches("<poll-scope scenario=\"lost-wake\"").count(), 2);
    assert!(made.contains("https://your.site/pollscope/element.js"));
    assert!(made.contains("```text\n{{#pollscope lost-wake at=t1.p1.end}}\n```"), "what is shown as code stays");
}

#[test]
fn the_program_says_what_is_wrong() {
    assert_eq!(
        run("\n{{#pollscope lazy to=3}}", Some("x")).unwrap_err(),
        "mdbook-pollscope: wakes.md:2: there is no \"to\": a scenario takes at, params, view, theme, lang\n"
    );
    assert!(run("", None).unwrap_err().contains("[preprocessor.pollscope] wants a site"));
}

#[test]
fn any_renderer_is_supported() {
    let status = Command::new(env!("CARGO_BIN_EXE_mdbook-pollscope")).args(["supports", "html"]).status().unwrap();
    assert!(status.success());
}
