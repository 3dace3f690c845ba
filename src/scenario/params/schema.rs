//! The JSON Schema of a form.

use super::listed::list_text;
use super::{Common, Domain, Field};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The JSON Schema (2020-12) of a form; units stand in `x-unit`, what a list is made of in `x-list`.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Each field, and its default.
    pub(super) fields: Vec<(Field, u32)>,
}

impl Schema {
    /// The schema of these fields and the common ones.
    pub(in crate::scenario) fn of(fields: &[Field], common: Common, default: fn(usize) -> u32) -> Self {
        let own = fields.iter().enumerate().map(|(i, field)| (*field, default(i)));
        Schema { fields: own.chain(common.iter().copied()).collect() }
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Schema", 3)?;
        object.serialize_field("type", "object")?;
        object.serialize_field("properties", &Properties(self))?;
        object.serialize_field("additionalProperties", &false)?;
        object.end()
    }
}

struct Properties<'a>(&'a Schema);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = &self.0.fields;
        let mut object = serializer.serialize_struct("Properties", fields.len())?;
        for &(field, default) in fields {
            object.serialize_field(field.name, &Property { domain: field.domain, default })?;
        }
        object.end()
    }
}

struct Property {
    domain: Domain,
    default: u32,
}

impl Serialize for Property {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Property", 5)?;
        match self.domain {
            Domain::Number { min, max, unit } => {
                object.serialize_field("type", "integer")?;
                object.serialize_field("minimum", &min)?;
                object.serialize_field("maximum", &max)?;
                object.serialize_field("default", &self.default)?;
                if !unit.is_empty() {
                    object.serialize_field("x-unit", unit)?;
                }
            }
            Domain::Choice(choices) => {
                object.serialize_field("type", "string")?;
                object.serialize_field("enum", choices)?;
                object.serialize_field("default", choices[self.default as usize])?;
            }
            Domain::List(choices) => {
                // Each at most once: none stands before itself.
                let mut pattern = r"^(?:none|(?!.*\b(\w+)\b.*\b\1\b)".to_owned();
                for (begin, end) in [("(?:", ")"), (r"(?:\.(?:", "))*")] {
                    pattern.push_str(begin);
                    for (i, choice) in choices.iter().enumerate() {
                        pattern.push_str(if i > 0 { "|" } else { "" });
                        pattern.push_str(choice);
                    }
                    pattern.push_str(end);
                }
                pattern.push_str(")$");
                object.serialize_field("type", "string")?;
                object.serialize_field("pattern", &pattern)?;
                object.serialize_field("x-list", choices)?;
                object.serialize_field("default", &list_text(choices, self.default))?;
            }
        }
        object.end()
    }
}
