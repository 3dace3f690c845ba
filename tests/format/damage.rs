//! Bytes that are no trace are refused with a sentence that says what is wrong with them.

use super::recorded;
use pollscope::trace::format::Reader;
use pollscope::trace::{Damage, TimeUnit, Trace};

/// Where a trace's chunks begin: each with its tag.
fn chunks(bytes: &[u8]) -> Vec<(usize, u8)> {
    let (mut at, mut found) = (12, Vec::new());
    while at < bytes.len() {
        found.push((at, bytes[at]));
        at += 5 + u32::from_le_bytes(bytes[at + 1..at + 5].try_into().expect("four bytes")) as usize;
    }
    found
}

fn check(change: impl FnOnce(&mut Vec<u8>), expected: &str) {
    let mut bytes = recorded("lazy", &[]).write();
    change(&mut bytes);
    let damage = Trace::read(&bytes).expect_err(expected);
    assert_eq!(damage.to_string(), expected);
}

#[test]
fn what_is_wrong_is_said() {
    check(Vec::clear, "these bytes are not a trace");
    check(|b| *b = b"PK\x03\x04 something else".to_vec(), "these bytes are not a trace");
    check(|b| b.truncate(7), "the trace is cut off: its end is missing");
    check(|b| b.truncate(b.len() - 1), "the trace is cut off: its end is missing");
    check(|b| b.truncate(chunks(b)[1].0), "the trace is cut off: its end is missing");
    check(
        |b| b[8..12].copy_from_slice(&7_u32.to_le_bytes()),
        "the trace is of version 7 of the format, and this program reads none later than 3",
    );
    check(|b| b[8..12].fill(0), "these bytes are not a trace");
    check(|b| b[12] = 2, "the trace is damaged at byte 17: its chunks are in another order");
    check(|b| b[12] = 9, "the trace is damaged at byte 17: an unknown chunk");
    check(|b| b[15] = 0xff, "the trace is cut off: its end is missing");
    check(|b| b[16] = 0xff, "the trace is damaged at byte 13: a chunk is too long");
    check(|b| b[19] = b'S', "the trace is damaged at byte 24: its table of events is not that of its version");
    // A chunk of no rows in eleven tables, and of an event more than a chunk may have.
    let first = chunks(&recorded("lazy", &[]).write())[1].0;
    let many = [&[2, 14, 16, 0, 0][..], &[0; 11], &[0x81, 0x20], &[0; 4097]].concat();
    let expected = format!("the trace is damaged at byte {}: a chunk has too many events", first + 18);
    check(|b| drop(b.splice(first..first, many)), &expected);
    let end = recorded("lazy", &[]).write().len();
    check(|b| b.push(0), &format!("the trace is damaged at byte {end}: there is something behind the end"));
}

#[test]
fn reading_goes_on_from_piece_to_piece_and_stops_at_the_first_damage() {
    let trace = recorded("state-machine", &[]);
    let bytes = trace.write();
    for size in [1, 7, 64, 1000] {
        let (mut reader, mut read) = (Reader::default(), Trace::new(TimeUnit::VirtualMs));
        for piece in bytes.chunks(size) {
            assert!(!reader.is_over());
            reader.append(&mut read, piece).expect("it was recorded");
        }
        assert_eq!(reader.finish(), Ok(()));
        assert_eq!(read, trace, "in pieces of {size}");
    }

    let (mut reader, mut read) = (Reader::default(), Trace::new(TimeUnit::VirtualMs));
    let damage = Damage::Damaged { byte: bytes.len() as u32, what: "there is something behind the end" };
    assert_eq!(reader.append(&mut read, &[&bytes[..], &[1]].concat()), Err(damage));
    assert_eq!(reader.append(&mut read, &bytes), Err(damage), "nothing is read after it");
    assert_eq!(reader.finish(), Err(damage));
    assert_eq!(read, trace, "what came before is kept");
}
