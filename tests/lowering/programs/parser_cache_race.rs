// level: 5
#[derive(Debug, Clone, PartialEq)]
enum Tok { Num(f64), Op(char), LParen, RParen }
fn lex(s: &str) -> Vec<Tok> {
    let mut out = Vec::new();
    let chars: Vec<char> = s.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        if c.is_ascii_digit() {
            let start = i;
            while i < chars.len() && (chars[i].is_ascii_digit() || chars[i] == '.') { i += 1; }
            let t: String = chars[start..i].iter().collect();
            out.push(Tok::Num(t.parse().unwrap()));
            continue;
        }
        match c { '(' => out.push(Tok::LParen), ')' => out.push(Tok::RParen), '+' | '-' | '*' | '/' => out.push(Tok::Op(c)), _ => {} }
        i += 1;
    }
    out
}
struct Parser { toks: Vec<Tok>, pos: usize, steps: u32 }
impl Parser {
    fn peek(&self) -> Option<&Tok> { self.toks.get(self.pos) }
    fn expr<'a>(&'a mut self) -> Pin<Box<dyn Future<Output = Result<f64, String>> + 'a>> {
        Box::pin(async move {
            let mut left = self.term().await?;
            while let Some(Tok::Op(op)) = self.peek().cloned() {
                if op != '+' && op != '-' { break; }
                self.pos += 1;
                let right = self.term().await?;
                if op == '+' { left += right } else { left -= right }
            }
            Ok(left)
        })
    }
    async fn term(&mut self) -> Result<f64, String> {
        let mut left = self.atom().await?;
        loop {
            match self.peek() {
                Some(Tok::Op('*')) => { self.pos += 1; left *= self.atom().await?; }
                Some(Tok::Op('/')) => { self.pos += 1; let d = self.atom().await?; if d == 0.0 { return Err("div".into()); } left /= d; }
                _ => return Ok(left),
            }
        }
    }
    async fn atom(&mut self) -> Result<f64, String> {
        self.steps += 1;
        yield_now().await;
        let tok = self.peek().cloned().ok_or_else(|| String::from("eof"))?;
        self.pos += 1;
        match tok {
            Tok::Num(n) => Ok(n),
            Tok::LParen => { let v = self.expr().await?; if self.peek() != Some(&Tok::RParen) { return Err(format!("expected ) at {}", self.pos)); } self.pos += 1; Ok(v) }
            other => Err(format!("bad {other:?}")),
        }
    }
}
async fn eval(s: &str) -> Result<f64, String> { let mut p = Parser { toks: lex(s), pos: 0, steps: 0 }; let v = p.expr().await?; log!("{} steps", p.steps); Ok(v) }
struct Cache { map: std::collections::HashMap<String, u64>, misses: u32 }
impl Cache {
    async fn get(&mut self, k: &str) -> u64 {
        if let Some(v) = self.map.get(k) { return *v; }
        self.misses += 1;
        sleep(k.len() as u32).await;
        let v = k.bytes().map(|b| b as u64).sum();
        self.map.insert(k.to_string(), v);
        v
    }
}
async fn race3<T>(a: impl Future<Output = T>, b: impl Future<Output = T>, c: impl Future<Output = T>) -> T { race(race(a, b), c).await }
async fn main() {
    for s in ["1+2*3", "(1+2)*3/2", "4/(2-2)", "(1", ""] { match eval(s).await { Ok(v) => log!("{s} = {v}"), Err(e) => log!("{s}: {e}") } }
    let mut c = Cache { map: HashMap::new(), misses: 0 };
    let x = c.get("ab").await + c.get("ab").await + c.get("c").await;
    log!("{x} {}", c.misses);
    let w = race3(async { sleep(3).await; "a" }, async { sleep(1).await; "b" }, async { sleep(2).await; "c" }).await;
    log!("{w}");
    let data = Rc::new(std::cell::RefCell::new(vec![3, 1, 2]));
    let d2 = Rc::clone(&data);
    let h = spawn(async move { for i in 0..3 { sleep(1).await; d2.borrow_mut().push(i); } d2.borrow().len() });
    sleep(2).await;
    data.borrow_mut().sort_by(|a, b| b.cmp(a));
    let n = h.await;
    let taken = std::mem::take(&mut *data.borrow_mut());
    log!("{n} {taken:?} {}", data.borrow().is_empty());
    let (tx, mut rx) = channel();
    for i in 0..3u8 { let tx = tx.clone(); spawn(async move { sleep(10 - i as u32).await; tx.send((i, vec![i; i as usize])); }); }
    drop(tx);
    while let Some((i, v)) = rx.recv().await { if v.is_empty() { log!("empty {i}"); continue; } log!("{i} {v:?}"); }
}
