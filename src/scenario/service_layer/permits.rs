//! Permits: so many at once, and a line for
//! those who come later.

use crate::prelude::*;
use std::cell::RefCell;

#[derive(Clone)]
pub struct Permits(Rc<RefCell<State>>);

struct State {
    free: u32,
    line: VecDeque<Sender<Permit>>,
}

impl Permits {
    pub fn new(free: u32) -> Permits {
        let line = VecDeque::new();
        let state = State { free, line };
        Permits(Rc::new(RefCell::new(state)))
    }

    pub async fn take(self) -> Permit {
        let mut turn = {
            let mut state = self.0.borrow_mut();
            if state.free > 0 {
                state.free -= 1;
                return Permit(self.clone());
            }
            let (to, turn) = channel();
            state.line.push_back(to);
            turn
        };
        log!("concurrency limit: full");
        let permit = turn.recv().await;
        permit.expect("the line is kept")
    }
}

pub struct Permit(Permits);

/// It goes to the first in line. If nobody is
/// there any more, it is dropped again.
impl Drop for Permit {
    fn drop(&mut self) {
        let permits = self.0.clone();
        let state = &permits.0;
        let next =
            state.borrow_mut().line.pop_front();
        match next {
            Some(to) => {
                to.send(Permit(permits));
            }
            None => {
                state.borrow_mut().free += 1;
            }
        }
    }
}
