//! What a chapter says of a scenario, and what stands in its place: `{{#pollscope lost-wake at=t1.p1}}` becomes a `<poll-scope>`, which
//! holds a link and a still picture for readers without scripts.
//!
//! It knows the element's attributes and no scenario: which there are is the site's to say.

use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

/// The attributes that a directive may give.
const ATTRIBUTES: [&str; 5] = ["at", "params", "view", "theme", "lang"];
const OPENING: &str = "{{#pollscope";

/// The preprocessor. A book names where Pollscope is served: `[preprocessor.pollscope] site = "https://your.site/pollscope/"`.
pub struct Pollscope;

impl Preprocessor for Pollscope {
    fn name(&self) -> &str {
        "pollscope"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let site: Option<String> = context.config.get("preprocessor.pollscope.site")?;
        let site = site.ok_or_else(|| {
            Error::msg("book.toml does not say where Pollscope is: [preprocessor.pollscope] wants a site")
        })?;
        let site = format!("{}/", site.trim_end_matches('/'));
        let mut failed = None;
        book.for_each_mut(|item| {
            let BookItem::Chapter(chapter) = item else { return };
            match expand(&chapter.content, &site, context.renderer == "html") {
                Ok(content) => chapter.content = content,
                Err(problem) => {
                    let named = chapter
                        .source_path
                        .as_ref()
                        .map_or_else(|| chapter.name.clone(), |path| path.display().to_string());
                    failed.get_or_insert(format!("{named}:{}: {}", problem.line, problem.why));
                }
            }
        });
        failed.map_or(Ok(book), |why| Err(Error::msg(why)))
    }
}

/// What is wrong with a directive, and in which line of its chapter.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1.
    pub line: usize,
    /// A sentence without its full stop.
    pub why: String,
}

/// A chapter with each directive replaced; for renderers other than of HTML by a link alone. What stands in a block of code, or behind a
/// backslash, stays as it is.
pub fn expand(chapter: &str, site: &str, is_html: bool) -> std::result::Result<String, Problem> {
    let mut out = String::with_capacity(chapter.len());
    // What the block of code began with that a line is in.
    let mut fence: Option<&str> = None;
    let mut is_first = true;
    for (number, line) in chapter.split_inclusive('\n').enumerate() {
        let start = line.trim_start();
        let marks = ["```", "~~~"].into_iter().find(|marks| start.starts_with(marks));
        match (fence, marks) {
            (None, Some(_)) => fence = marks,
            (Some(open), Some(marks)) if open == marks => fence = None,
            _ => {}
        }
        if fence.is_some() || marks.is_some() {
            out.push_str(line);
            continue;
        }
        let mut rest = line;
        while let Some(at) = rest.find(OPENING) {
            let (before, directive) = rest.split_at(at);
            out.push_str(before);
            if before.ends_with('\\') {
                out.push_str(OPENING);
                rest = &directive[OPENING.len()..];
                continue;
            }
            let problem = |why: String| Problem { line: number + 1, why };
            let end = directive.find("}}").ok_or_else(|| problem(format!("{OPENING} has no }}}} in its line")))?;
            let asked = Asked::read(&directive[OPENING.len()..end]).map_err(problem)?;
            out.push_str(&if is_html { asked.element(site, is_first) } else { asked.link(site) });
            is_first = false;
            rest = &directive[end + 2..];
        }
        out.push_str(rest);
    }
    Ok(out)
}

/// What a directive asks for.
struct Asked {
    scenario: String,
    attributes: Vec<(String, String)>,
}

impl Asked {
    fn read(words: &str) -> std::result::Result<Self, String> {
        let mut words = split(words)?.into_iter();
        let scenario = words.next().ok_or("which scenario? {{#pollscope lost-wake}} names one")?;
        if !scenario.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return Err(format!(
                "\"{scenario}\" is no name of a scenario: those have small letters, digits and hyphens"
            ));
        }
        let mut attributes: Vec<(String, String)> = Vec::new();
        for word in words {
            let (name, value) = word.split_once('=').ok_or_else(|| format!("\"{word}\" is no name=value"))?;
            if !ATTRIBUTES.contains(&name) {
                return Err(format!("there is no \"{name}\": a scenario takes {}", ATTRIBUTES.join(", ")));
            }
            if attributes.iter().any(|(known, _)| known == name) {
                return Err(format!("\"{name}\" stands there twice"));
            }
            attributes.push((name.to_owned(), value.to_owned()));
        }
        Ok(Self { scenario, attributes })
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Where it is opened by itself.
    fn address(&self, site: &str) -> String {
        let params = self.get("params").map(|params| format!("&{params}")).unwrap_or_default();
        let at = self.get("at").map(|at| format!("&at={at}")).unwrap_or_default();
        format!("{site}?s={}{params}{at}", self.scenario)
    }

    /// The script once in a chapter: a browser runs it once, however often it is named.
    fn element(&self, site: &str, is_first: bool) -> String {
        let script = if is_first {
            format!("<script type=\"module\" src=\"{}element.js\"></script>", escape(site))
        } else {
            String::new()
        };
        let attributes: String =
            self.attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
        let Self { scenario, .. } = self;
        format!(
            "{script}<poll-scope scenario=\"{scenario}\"{attributes}><a href=\"{}\"><img src=\"{}embed/{scenario}.svg\" alt=\"{scenario}\"></a></poll-scope>",
            escape(&self.address(site)),
            escape(site),
        )
    }

    fn link(&self, site: &str) -> String {
        format!("[{}](<{}>)", self.scenario, self.address(site))
    }
}

/// The words of a directive; what is quoted is one, and may have spaces.
fn split(text: &str) -> std::result::Result<Vec<String>, String> {
    let mut words = Vec::new();
    let (mut word, mut is_quoted) = (String::new(), false);
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if c.is_whitespace() && !is_quoted => {
                words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()))
            }
            c => word.push(c),
        }
    }
    if is_quoted {
        return Err("a quote is not closed".to_owned());
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    Ok(words)
}

/// Text as an attribute's value.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
