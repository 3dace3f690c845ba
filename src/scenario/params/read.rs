//! Reading a form: what was typed into its fields becomes values of their domains.

use super::listed::{self, list_text, read_list};
use super::{Common, Domain, Field, FieldError, Params, Problem, Schema};
use crate::executor::Order;

const SEED: (Field, u32) = (Field { name: "seed", domain: Domain::Number { min: 0, max: u32::MAX, unit: "" } }, 7);
const ORDER: (Field, u32) = (Field { name: "order", domain: Domain::Choice(&["fifo", "lifo", "random"]) }, 0);

/// The common fields of a scenario that has a seed, or may be polled in another order (which may be one by chance).
pub(in crate::scenario) const fn common(seeded: bool, scheduled: bool) -> Common {
    match (seeded, scheduled) {
        (_, true) => &[ORDER, SEED],
        (true, false) => &[SEED],
        (false, false) => &[],
    }
}

/// Reads the parameters of what is not polled by a schedule, and its seed, as [`Form::read`] does.
///
/// # Errors
/// Every field that is wrong.
pub(in crate::scenario) fn read<P: Params>(given: &[(&str, &str)], seeded: bool) -> Result<(P, u32), Problem> {
    let schema = Schema::of(P::FIELDS, common(seeded, false), |i| P::default().get(i));
    let form = Form::read(&schema, given)?;
    Ok((form.params(), form.seed()))
}

/// A form that was filled in.
pub(in crate::scenario) struct Form {
    /// Each field, its default and its value: the scenario's own ones first.
    fields: Vec<(Field, u32, u32)>,
}

impl Form {
    /// Reads pairs of a field and what was typed into it; what is not given has its default.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub(in crate::scenario) fn read(schema: &Schema, given: &[(&str, &str)]) -> Result<Self, Problem> {
        let mut form = Form { fields: schema.fields.iter().map(|&(field, value)| (field, value, value)).collect() };
        let errors: Vec<FieldError> =
            given.iter().filter_map(|(name, text)| form.fill(name, text.trim()).err()).collect();
        if errors.is_empty() { Ok(form) } else { Err(Problem::Fields { errors }) }
    }

    fn fill(&mut self, name: &str, text: &str) -> Result<(), FieldError> {
        let found = self.fields.iter_mut().find(|(field, ..)| field.name == name);
        let Some((field, _, value)) = found else { return Err(FieldError::Unknown { field: name.to_owned() }) };
        *value = field.read(text)?;
        Ok(())
    }

    /// The scenario's own fields.
    pub(in crate::scenario) fn params<P: Params>(&self) -> P {
        let mut params = P::default();
        self.fields.iter().take(P::FIELDS.len()).enumerate().for_each(|(i, &(_, _, value))| params.set(i, value));
        params
    }

    fn value(&self, name: &str) -> Option<u32> {
        self.fields.iter().find(|(field, ..)| field.name == name).map(|&(_, _, value)| value)
    }

    /// The seed; its default where there is none.
    pub(in crate::scenario) fn seed(&self) -> u32 {
        self.value(SEED.0.name).unwrap_or(SEED.1)
    }

    /// The order of polls.
    pub(in crate::scenario) fn order(&self) -> Order {
        match self.value(ORDER.0.name) {
            None | Some(0) => Order::Fifo,
            Some(1) => Order::Lifo,
            Some(_) => Order::Random(self.seed()),
        }
    }

    /// Whether a field has a value, as it is typed; a list, whether that is in it.
    pub(in crate::scenario) fn has(&self, name: &str, value: &str) -> bool {
        let Some((field, _, held)) = self.fields.iter().find(|(field, ..)| field.name == name) else { return false };
        field.text(*held) == value || matches!(field.domain, Domain::List(all) if listed::has(all, *held, value))
    }

    /// What is wrong with a number that is higher than this, if it is.
    pub(in crate::scenario) fn more_than(&self, name: &str, max: u32) -> Option<FieldError> {
        let (Field { domain, .. }, _, value) = self.fields.iter().find(|(field, ..)| field.name == name)?;
        let &Domain::Number { min, .. } = domain else { return None };
        let error = FieldError::OutOfRange { field: name.to_owned(), value: value.to_string(), min, max };
        (*value > max).then_some(error)
    }

    /// The fields that do not have their defaults, as they are typed.
    pub(in crate::scenario) fn changed(&self) -> Vec<(String, String)> {
        let changed = self.fields.iter().filter(|(_, default, value)| default != value);
        changed.map(|(field, _, value)| (field.name.to_owned(), field.text(*value))).collect()
    }
}

impl Field {
    fn text(&self, value: u32) -> String {
        match self.domain {
            Domain::Number { .. } => value.to_string(),
            Domain::Choice(choices) => choices[value as usize].to_owned(),
            Domain::List(choices) => list_text(choices, value),
        }
    }

    fn read(&self, text: &str) -> Result<u32, FieldError> {
        let (field, value) = (self.name.to_owned(), text.to_owned());
        match self.domain {
            Domain::Number { min, max, .. } => {
                let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(FieldError::NotANumber { field, value, min, max });
                }
                // Digits that are no u32 are a number all the same: one out of range.
                match text.parse::<u32>() {
                    Ok(n) if (min..=max).contains(&n) => Ok(n),
                    _ => Err(FieldError::OutOfRange { field, value, min, max }),
                }
            }
            Domain::Choice(choices) => match choices.iter().position(|c| *c == text) {
                Some(choice) => Ok(choice as u32),
                None => {
                    let choices = choices.iter().map(|c| (*c).to_owned()).collect();
                    Err(FieldError::NotAChoice { field, value, choices })
                }
            },
            Domain::List(choices) => read_list(choices, text).ok_or_else(|| {
                let choices = choices.iter().map(|c| (*c).to_owned()).collect();
                FieldError::NotAList { field, value, choices }
            }),
        }
    }
}
