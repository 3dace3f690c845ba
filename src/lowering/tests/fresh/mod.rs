//! Fresh programs, by a grammar and a seed: each compiles with rustc, ends, and prints something.
//!
//! The generator knows the types of its variables and which of them are still there, so that nothing is used after it was moved.

use std::fmt::Write;

/// xorshift64*: the same program for the same seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.below(2);
        random
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n.max(1)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    U8,
    U32,
    U64,
    Bool,
    Text,
    Numbers,
    Noisy,
    Pair,
    Maybe,
    Outcome,
    Buffer,
}

const KINDS: [Kind; 11] = [
    Kind::U8,
    Kind::U32,
    Kind::U64,
    Kind::Bool,
    Kind::Text,
    Kind::Numbers,
    Kind::Noisy,
    Kind::Pair,
    Kind::Maybe,
    Kind::Outcome,
    Kind::Buffer,
];

impl Kind {
    fn ty(self) -> &'static str {
        match self {
            Kind::U8 => "u8",
            Kind::U32 => "u32",
            Kind::U64 => "u64",
            Kind::Bool => "bool",
            Kind::Text => "String",
            Kind::Numbers => "Vec<u32>",
            Kind::Noisy => "Noisy",
            Kind::Pair => "(u32, String)",
            Kind::Maybe => "Option<String>",
            Kind::Outcome => "Result<u32, String>",
            Kind::Buffer => "[u8; 6]",
        }
    }

    fn is_copy(self) -> bool {
        matches!(self, Kind::U8 | Kind::U32 | Kind::U64 | Kind::Bool | Kind::Buffer)
    }
}

#[derive(Clone, Debug)]
struct Var {
    name: String,
    kind: Kind,
}

/// An async function of the program: its name, parameters and result.
#[derive(Clone, Debug)]
struct Function {
    name: String,
    params: Vec<Kind>,
    result: Kind,
}

struct Generator {
    random: Random,
    out: String,
    indent: usize,
    next: usize,
    functions: Vec<Function>,
    /// How deep blocks are, and how many statements are left.
    depth: usize,
    left: usize,
}

/// A program for a seed.
pub(crate) fn program(seed: u64) -> String {
    let mut g = Generator {
        random: Random::new(seed),
        out: String::new(),
        indent: 0,
        next: 0,
        functions: Vec::new(),
        depth: 0,
        left: 0,
    };
    g.line("struct Noisy(u32);");
    g.line("impl Drop for Noisy { fn drop(&mut self) { log!(\"drop {}\", self.0); } }");
    g.line("fn maybe(n: u32) -> Option<String> { if n % 2 == 0 { Some(format!(\"even {n}\")) } else { None } }");
    g.line(
        "fn outcome(n: u32) -> Result<u32, String> { if n % 3 == 0 { Err(format!(\"three {n}\")) } else { Ok(n) } }",
    );
    for i in 0..1 + g.random.below(3) {
        let count = g.random.below(3);
        let params: Vec<Kind> = (0..count).map(|_| g.kind()).collect();
        let result = g.kind();
        g.function(&Function { name: format!("step{i}"), params, result });
    }
    g.function(&Function { name: "main".into(), params: Vec::new(), result: Kind::Bool });
    g.out
}

impl Generator {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "    ".repeat(self.indent));
    }

    fn kind(&mut self) -> Kind {
        KINDS[self.random.below(KINDS.len())]
    }

    fn name(&mut self) -> String {
        self.next += 1;
        format!("v{}", self.next)
    }

    fn open(&mut self, text: &str) {
        self.line(text);
        self.indent += 1;
        self.depth += 1;
    }

    fn close(&mut self, text: &str) {
        self.indent -= 1;
        self.depth -= 1;
        self.line(text);
    }

    fn function(&mut self, function: &Function) {
        let is_main = function.name == "main";
        let mut vars = Vec::new();
        let mut params = Vec::new();
        for &kind in &function.params {
            let name = self.name();
            params.push(format!("{name}: {}", kind.ty()));
            vars.push(Var { name, kind });
        }
        let result = if is_main { String::new() } else { format!(" -> {}", function.result.ty()) };
        self.open(&format!("async fn {}({}){result} {{", function.name, params.join(", ")));
        self.left = 8 + self.random.below(10);
        self.statements(&mut vars, function.result, is_main);
        if !is_main {
            let value = self.value(&mut vars, function.result);
            self.line(&value);
        }
        self.close("}");
        if !is_main {
            self.functions.push(function.clone());
        }
    }

    fn statements(&mut self, vars: &mut Vec<Var>, result: Kind, is_main: bool) {
        for _ in 0..2 + self.random.below(4) {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            self.statement(vars, result, is_main);
        }
    }

    /// A block: what is declared in it is gone after it, and what it moves, too.
    fn block(&mut self, vars: &mut Vec<Var>, result: Kind, is_main: bool) {
        let mut inner = vars.clone();
        self.statements(&mut inner, result, is_main);
        vars.retain(|var| inner.iter().any(|other| other.name == var.name));
    }

    fn statement(&mut self, vars: &mut Vec<Var>, result: Kind, is_main: bool) {
        match self.random.below(18) {
            0..=3 => {
                let (kind, name) = (self.kind(), self.name());
                let value = self.value(vars, kind);
                self.line(&format!("let {name}: {} = {value};", kind.ty()));
                vars.push(Var { name, kind });
            }
            4 | 5 => self.wait(vars),
            6 | 7 => self.show(vars),
            8 if self.depth < 4 => {
                let cond = self.value(vars, Kind::Bool);
                self.open(&format!("if {cond} {{"));
                let mut other = vars.clone();
                self.block(vars, result, is_main);
                self.else_block(&mut other, result, is_main);
                self.close("}");
                vars.retain(|var| other.iter().any(|o| o.name == var.name));
            }
            9 if self.depth < 4 => {
                let name = self.name();
                let turns = 1 + self.random.below(3);
                self.open(&format!("for {name} in 0..{turns}u32 {{"));
                // What is moved in a loop would be gone in its second turn.
                let mut inner: Vec<Var> = vars.iter().filter(|var| var.kind.is_copy()).cloned().collect();
                inner.push(Var { name, kind: Kind::U32 });
                self.statements(&mut inner, result, is_main);
                self.wait(&mut inner);
                self.close("}");
            }
            10 if self.depth < 4 => {
                self.open("{");
                self.block(vars, result, is_main);
                self.close("}");
            }
            11 if self.depth < 4 => self.match_option(vars, result, is_main),
            12 if self.depth < 4 => self.match_result(vars, result, is_main),
            13 => {
                if let Some(var) = self.take(vars, |kind| !kind.is_copy()) {
                    self.line(&format!("drop({});", var.name));
                }
            }
            14 => self.call(vars),
            15 => self.join(vars),
            16 => {
                let (name, kind) = (self.name(), self.kind());
                let value = self.value(vars, kind);
                self.line(&format!("let {name} = spawn(async move {{ yield_now().await; {value} }}).await;"));
                vars.push(Var { name, kind });
            }
            17 if self.depth < 4 => {
                let cond = self.value(vars, Kind::Bool);
                self.open(&format!("if {cond} {{"));
                if is_main {
                    self.line("return;");
                } else {
                    let mut inner = vars.clone();
                    let value = self.value(&mut inner, result);
                    self.line(&format!("return {value};"));
                }
                self.close("}");
            }
            _ => self.show(vars),
        }
    }

    fn wait(&mut self, vars: &mut [Var]) {
        let number = vars.iter().rev().find(|var| var.kind == Kind::U32).map(|var| var.name.clone());
        match (self.random.below(3), number) {
            (0, _) => self.line("yield_now().await;"),
            (1, Some(name)) => self.line(&format!("sleep({name} % 5).await;")),
            _ => {
                let ms = 1 + self.random.below(4);
                self.line(&format!("sleep({ms}).await;"));
            }
        }
    }

    fn show(&mut self, vars: &[Var]) {
        let Some(var) = vars.get(self.random.below(vars.len())) else { return self.line("log!(\"here\");") };
        let name = &var.name;
        let text = match var.kind {
            Kind::Noisy => format!("log!(\"noisy {{}}\", {name}.0);"),
            Kind::U8 | Kind::U32 | Kind::U64 | Kind::Bool | Kind::Text => format!("log!(\"{{{name}}}\");"),
            _ => format!("log!(\"{{:?}}\", {name});"),
        };
        self.line(&text);
    }

    fn match_option(&mut self, vars: &mut Vec<Var>, result: Kind, is_main: bool) {
        let head = self.value(vars, Kind::Maybe);
        let name = self.name();
        let mut other = vars.clone();
        self.open(&format!("if let Some({name}) = {head} {{"));
        let mut inner = vars.clone();
        inner.push(Var { name, kind: Kind::Text });
        self.statements(&mut inner, result, is_main);
        self.wait(&mut inner);
        vars.retain(|var| inner.iter().any(|o| o.name == var.name));
        if self.random.below(2) == 0 {
            self.else_block(&mut other, result, is_main);
        }
        self.close("}");
        vars.retain(|var| other.iter().any(|o| o.name == var.name));
    }

    /// What stands behind `else`, up to its brace.
    fn else_block(&mut self, vars: &mut Vec<Var>, result: Kind, is_main: bool) {
        self.close("} else {");
        self.indent += 1;
        self.depth += 1;
        self.block(vars, result, is_main);
    }

    fn match_result(&mut self, vars: &mut Vec<Var>, result: Kind, is_main: bool) {
        let head = self.value(vars, Kind::Outcome);
        let (ok, err) = (self.name(), self.name());
        let mut other = vars.clone();
        self.open(&format!("match {head} {{"));
        self.open(&format!("Ok({ok}) => {{"));
        let mut inner = vars.clone();
        inner.push(Var { name: ok, kind: Kind::U32 });
        self.statements(&mut inner, result, is_main);
        vars.retain(|var| inner.iter().any(|o| o.name == var.name));
        self.close("}");
        let is_bound = self.random.below(2) == 0;
        self.open(&if is_bound { format!("Err({err}) => {{") } else { "Err(_) => {".to_owned() });
        if is_bound {
            other.push(Var { name: err.clone(), kind: Kind::Text });
        }
        self.statements(&mut other, result, is_main);
        self.wait(&mut other);
        self.close("}");
        self.close("}");
        vars.retain(|var| other.iter().any(|o| o.name == var.name));
    }

    fn call(&mut self, vars: &mut Vec<Var>) {
        let Some(call) = self.future(vars) else { return };
        let name = self.name();
        self.line(&format!("let {name} = {}.await;", call.0));
        vars.push(Var { name, kind: call.1 });
    }

    fn join(&mut self, vars: &mut Vec<Var>) {
        let (Some(a), Some(b)) = (self.future(vars), self.future(vars)) else { return };
        let (x, y) = (self.name(), self.name());
        self.line(&format!("let ({x}, {y}) = join!({}, {}).await;", a.0, b.0));
        vars.push(Var { name: x, kind: a.1 });
        vars.push(Var { name: y, kind: b.1 });
    }

    /// A call of an async function, not awaited.
    fn future(&mut self, vars: &mut Vec<Var>) -> Option<(String, Kind)> {
        let count = self.functions.len();
        let function = self.functions.get(self.random.below(count))?.clone();
        let args: Vec<String> = function.params.iter().map(|&kind| self.value(vars, kind)).collect();
        Some((format!("{}({})", function.name, args.join(", ")), function.result))
    }

    fn take(&mut self, vars: &mut Vec<Var>, is_wanted: impl Fn(Kind) -> bool) -> Option<Var> {
        let found: Vec<usize> = (0..vars.len()).filter(|&i| is_wanted(vars[i].kind)).collect();
        let &at = found.get(self.random.below(found.len()))?;
        let var = vars[at].clone();
        if !var.kind.is_copy() {
            vars.remove(at);
        }
        Some(var)
    }

    /// An expression of a type; it may move variables.
    fn value(&mut self, vars: &mut Vec<Var>, kind: Kind) -> String {
        if self.random.below(2) == 0
            && let Some(var) = self.take(vars, |k| k == kind)
        {
            return var.name;
        }
        let n = self.random.below(20);
        match kind {
            Kind::U8 => format!("{n}u8"),
            Kind::U32 => match vars.iter().find(|var| var.kind == Kind::Numbers) {
                Some(var) if n.is_multiple_of(3) => format!("{}.len() as u32", var.name),
                _ => format!("{n}u32"),
            },
            Kind::U64 => format!("{n}u64"),
            Kind::Bool => match vars.iter().find(|var| var.kind == Kind::U32) {
                Some(var) => format!("({} % 2 == {})", var.name, n % 2),
                None => n.is_multiple_of(2).to_string(),
            },
            Kind::Text => format!("String::from(\"t{n}\")"),
            Kind::Numbers => format!("vec![{n}u32, {}]", n + 1),
            Kind::Noisy => format!("Noisy({n})"),
            Kind::Pair => format!("({n}u32, String::from(\"p{n}\"))"),
            Kind::Maybe => format!("maybe({n})"),
            Kind::Outcome => format!("outcome({n})"),
            Kind::Buffer => format!("[{n}u8; 6]"),
        }
    }
}
