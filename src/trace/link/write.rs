//! Writing links: what an address, a chat and a mail all let pass.

use super::{Link, VERSION};
use form_urlencoded::Serializer;

impl Link {
    /// The query of the address that says this, with its question mark, in the last version.
    pub fn write(&self) -> String {
        let mut query = Serializer::for_suffix("?".to_owned(), 1);
        if let Some(scenario) = &self.scenario {
            query.append_pair("s", scenario);
        }
        query.extend_pairs(&self.params);
        if !self.changes.is_empty() {
            query.append_pair("do", &self.changes_text());
        }
        query.extend_pairs(self.vs.iter().map(|(field, value)| ("vs", format!("{field}.{value}"))));
        if let Some(at) = self.at {
            query.append_pair("at", &at.to_string());
        }
        if let Some(show) = &self.show {
            query.append_pair("show", show);
        }
        query.extend_pairs(&self.unknown);
        // Last, for what comes before may end with a dot.
        query.append_pair("v", &VERSION.to_string());
        // The only character that a query may hold and a chat takes for its own.
        query.finish().replace('*', "%2A")
    }
}
