//! Values as they cross: told to JavaScript piece by piece, which makes its own of them.
//!
//! A serializer of our own, because the general one weighs as much as a scenario: it asks at every piece whether that
//! went well, and makes each object through handles. Nothing here can fail, so nothing asks. Of serde's shapes there are
//! those that the frames have: numbers, texts, lists, structs, and enums that are tagged or only named.

use serde::ser::{Error, Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};
use std::fmt;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/wasm/value.js")]
extern "C" {
    #[wasm_bindgen(js_name = put)]
    fn number(value: f64);
    #[wasm_bindgen(js_name = put)]
    fn text(value: &str);
    #[wasm_bindgen(js_name = put)]
    fn flag(value: bool);
    #[wasm_bindgen(js_name = put)]
    fn undefined();
    fn property(name: &str);
    fn begin(is_list: bool);
    fn end();
    fn take() -> JsValue;
    fn anew();
}

/// The value as JavaScript has it.
pub(super) fn cross<T: Tsify + Serialize>(value: &T) -> Ts<T> {
    anew();
    let Ok(()) = value.serialize(Teller);
    Ts::new_unchecked(take())
}

/// Nothing goes wrong.
#[derive(Debug)]
enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        absent()
    }
}

/// What is asked for by none of the frames.
fn absent<T>() -> T {
    unreachable!("what crosses is plain data")
}

type Done = Result<(), Never>;

/// Tells what it is given, where the one who began the value is.
#[derive(Clone, Copy)]
struct Teller;

fn container(is_list: bool) -> Result<Teller, Never> {
    begin(is_list);
    Ok(Teller)
}

fn ended() -> Done {
    end();
    Ok(())
}

macro_rules! numbers {
    ($($method:ident: $number:ty),*) => {
        $(fn $method(self, value: $number) -> Done {
            self.serialize_f64(value as f64)
        })*
    };
}

impl Serializer for Teller {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Teller;
    type SerializeTuple = Teller;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Impossible<(), Never>;
    type SerializeStruct = Teller;
    type SerializeStructVariant = Impossible<(), Never>;

    numbers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32
    );

    fn serialize_f64(self, value: f64) -> Done {
        number(value);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Done {
        flag(value);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Done {
        text(value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Done {
        text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        value.serialize(self)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        undefined();
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        begin(false);
        property(variant);
        let Ok(()) = value.serialize(self);
        ended()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Teller, Never> {
        container(true)
    }

    fn serialize_tuple(self, _: usize) -> Result<Teller, Never> {
        container(true)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Never> {
        absent()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Teller, Never> {
        container(false)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Never> {
        absent()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        absent()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        absent()
    }
}

impl SerializeSeq for Teller {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(*self)
    }

    fn end(self) -> Done {
        ended()
    }
}

impl SerializeTuple for Teller {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(*self)
    }

    fn end(self) -> Done {
        ended()
    }
}

impl SerializeStruct for Teller {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        property(name);
        value.serialize(*self)
    }

    fn end(self) -> Done {
        ended()
    }
}
