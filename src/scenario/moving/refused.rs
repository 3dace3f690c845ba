//! What one would like to write: a state that
//! borrows from its own neighbour.

pub struct Telephone(pub u32);

pub enum CallerState<'a> {
    ListeningForTarget(&'a mut Telephone),
    Done,
}

pub struct State<'a> {
    pub var_telephone: Telephone,
    pub ref_caller: CallerState<'a>,
}

pub fn caller<'a>() -> State<'a> {
    let mut var_telephone = Telephone(12345);
    let ref_caller = CallerState::
        ListeningForTarget(&mut var_telephone);
    State { var_telephone, ref_caller }
}
