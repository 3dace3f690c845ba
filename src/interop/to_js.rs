//! Values for JavaScript: a serializer that writes them piece by piece, and JavaScript builds objects from the pieces.
//!
//! It is our own because the general one (serde-wasm-bindgen) is larger: every piece returns a result there, and every
//! object is built through handles. Nothing here can fail. Of serde's shapes there are those that the page's values have:
//! numbers, texts, lists, structs, and enums that are tagged or have only a name.

use serde::ser::{Error, Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};
use std::fmt;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/interop/to_js.js")]
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
    fn reset();
}

/// The value as a JavaScript object, list, number or text.
pub fn to_js<T: Tsify + Serialize>(value: &T) -> Ts<T> {
    reset();
    let Ok(()) = value.serialize(ToJs);
    Ts::new_unchecked(take())
}

/// The error of a serializer that cannot fail.
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

/// For shapes that no value of the page has.
fn absent<T>() -> T {
    unreachable!("what crosses is plain data")
}

type Done = Result<(), Never>;

/// Writes into the container that was begun last.
#[derive(Clone, Copy)]
struct ToJs;

fn container(is_list: bool) -> Result<ToJs, Never> {
    begin(is_list);
    Ok(ToJs)
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

impl Serializer for ToJs {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = ToJs;
    type SerializeTuple = ToJs;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Impossible<(), Never>;
    type SerializeStruct = ToJs;
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

    fn serialize_seq(self, _: Option<usize>) -> Result<ToJs, Never> {
        container(true)
    }

    fn serialize_tuple(self, _: usize) -> Result<ToJs, Never> {
        container(true)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Never> {
        absent()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<ToJs, Never> {
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

impl SerializeSeq for ToJs {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(*self)
    }

    fn end(self) -> Done {
        ended()
    }
}

impl SerializeTuple for ToJs {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(*self)
    }

    fn end(self) -> Done {
        ended()
    }
}

impl SerializeStruct for ToJs {
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
