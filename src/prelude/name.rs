//! Names of tasks that are spawned without one: the function that the future comes from.
//!
//! It is read off the name of the future's type, as the compiler writes it, of which nothing is guaranteed: so a name is for
//! people, and no rule depends on it.

use std::panic::Location;

/// A name for a future of a type: of the function whose `async` block or body it is, or of the type. Where that says
/// nothing, as of a trait object, it is the place where the task is spawned.
pub(super) fn task_name(type_name: &str, at: &Location<'static>) -> String {
    let name = last_segment(unwrapped(type_name));
    if name.is_empty() {
        let file = at.file().rsplit(['/', '\\']).next().unwrap_or_default();
        return format!("{file}:{}", at.line());
    }
    name.to_owned()
}

/// The type that boxes, pins and `poll_fn`s are around.
fn unwrapped(mut name: &str) -> &str {
    loop {
        name = name.trim_start_matches('&').trim_start_matches("mut ");
        let Some((path, arguments)) = name.strip_suffix('>').and_then(|name| name.split_once('<')) else { return name };
        if !matches!(path.rsplit(':').next(), Some("Pin" | "Box" | "PollFn" | "AssertUnwindSafe" | "Called")) {
            return name;
        }
        name = arguments;
    }
}

/// The last part of a path that names something, without its generic arguments: of `<S as Work>::run::{{closure}}` that is
/// `run`, and nothing of `dyn Future<Output = ()>`.
fn last_segment(path: &str) -> &str {
    if path.starts_with("dyn ") {
        return "";
    }
    let (mut depth, mut start, mut last) = (0_u32, 0, "");
    for (at, c) in path.char_indices().chain([(path.len(), ':')]) {
        match c {
            '<' | '(' | '[' => depth += 1,
            // Of `->`, too, which stands within a depth.
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => {
                let segment = path.get(start..at).and_then(|part| part.split('<').next()).unwrap_or_default();
                if !segment.is_empty() && !segment.starts_with('{') {
                    last = segment;
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    last
}

/// A short name for a type: its paths without the modules, a function for the future of its body, and no associated types.
/// `Pin<Box<dyn Future>>`, `read_all<Source>`, `Source::read`.
pub(super) fn short_name(type_name: &str) -> String {
    let name = type_name.replace("::{{closure}}", "").replace("'_, ", "");
    let mut out = String::new();
    shorten(&name, &mut out);
    out
}

fn shorten(name: &str, out: &mut String) {
    // A method of a trait: of whom it is, then what it is called.
    if let Some(rest) = name.strip_prefix('<')
        && let Some((of, rest)) = rest.split_once(" as ")
        && let Some((_, method)) = rest.rsplit_once(">::")
    {
        shorten(of, out);
        out.push_str("::");
        return shorten(method, out);
    }
    let mut segment = 0;
    let mut chars = name.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = name.get(at..).unwrap_or_default();
        if rest.starts_with("::") {
            // What was written of the path was a module of it.
            out.truncate(segment);
            chars.next();
        } else if c == '<' && rest.split(['>', '<']).nth(1).is_some_and(|inside| inside.contains(" = ")) {
            while chars.next_if(|&(_, c)| c != '>').is_some() {}
            chars.next();
        } else {
            out.push(c);
            if !(c.is_alphanumeric() || c == '_') {
                segment = out.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{short_name, task_name};
    use std::panic::Location;

    fn check(type_name: &str, expected: &str) {
        assert_eq!(task_name(type_name, Location::caller()), expected, "{type_name}");
    }

    #[test]
    fn task_is_called_as_the_function_it_comes_from() {
        check("app::caller::{{closure}}", "caller");
        check("app::caller::{{closure}}::{{closure}}", "caller");
        check("app::generic<u32>::{{closure}}", "generic");
        check("<app::S as app::Work>::boxed::{{closure}}", "boxed");
        check("<app::S<alloc::vec::Vec<u8>> as app::Work<u8>>::run::{{closure}}", "run");
        check("app::G<app::T>::method::{{closure}}", "method");
        check("<app::G<app::T>>::method::{{closure}}", "method");
    }

    #[test]
    fn types_are_called_without_their_modules() {
        let check = |type_name: &str, expected: &str| assert_eq!(short_name(type_name), expected);
        let future = "dyn core::future::future::Future<Output = usize>";
        check(&format!("core::pin::Pin<alloc::boxed::Box<{future}>>"), "Pin<Box<dyn Future>>");
        check("app::read_all<app::source::Source>::{{closure}}", "read_all<Source>");
        check("app::read_all<dyn app::native::Read>::{{closure}}", "read_all<dyn Read>");
        check("<app::source::Source as app::native::Read>::read::{{closure}}", "Source::read");
        check("core::pin::Pin<alloc::boxed::Box<app::boxed::count::{{closure}}>>", "Pin<Box<count>>");
        check("app::ReadFuture<'_, dyn app::Read>", "ReadFuture<dyn Read>");
    }

    #[test]
    fn task_is_called_as_what_is_boxed() {
        check("core::pin::Pin<alloc::boxed::Box<app::f::{{closure}}>>", "f");
        check("core::pin::Pin<alloc::boxed::Box<<app::S as app::Work>::run::{{closure}}>>", "run");
        check("core::future::poll_fn::PollFn<app::g::{{closure}}>", "g");
        check("&mut app::f::{{closure}}", "f");
    }

    #[test]
    fn task_is_called_as_its_type_or_place() {
        check("pollscope::prelude::sleep::Sleep", "Sleep");
        check("pollscope::prelude::ready::Pending<()>", "Pending");
        let (at, line) = (Location::caller(), line!());
        let name = "core::pin::Pin<alloc::boxed::Box<dyn core::future::future::Future<Output = ()>>>";
        assert_eq!(task_name(name, at), format!("name.rs:{line}"));
    }
}
