//! A layer: a task of ours turns their loop.

use super::sockets::Sockets;
use crate::prelude::*;

pub async fn layer(
    theirs: Rc<Sockets>,
    mut system: Receiver<()>,
) {
    // The system tells us when it has something
    // for them: a model.
    while system.recv().await.is_some() {
        theirs.turn();
    }
}
