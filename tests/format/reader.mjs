// A second reader of traces, written from the description of the byte format (`src/trace/format/mod.rs`) alone. It checks
// that bytes are laid out as they should be, and nothing of what they mean.

const MAGIC = [0x89, 0x50, 0x4f, 0x4c, 0x4c, 0x53, 0x0d, 0x0a];
const VERSION = 3;
const [HEAD, EVENTS, END] = [1, 2, 3];

/** A body that is read. */
class Body {
  #bytes;
  #at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  /** @param {number} count */
  take(count) {
    if (this.#at + count > this.#bytes.length) throw new Error('the chunk ends too early');
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  number() {
    for (let n = 0, place = 1; ; place *= 128) {
      const [byte] = this.take(1);
      n += (byte & 127) * place;
      if (byte < 128) return n;
    }
  }

  signed() {
    const folded = this.number();
    return folded % 2 ? -(folded + 1) / 2 : folded / 2;
  }

  bytes() {
    return this.take(this.number());
  }

  text() {
    return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes());
  }

  /** @template T @param {() => T} item @returns {T[]} */
  list(item) {
    return Array.from({ length: this.number() }, item);
  }

  /** @template T @param {() => T} value @returns {T | null} */
  option(value) {
    return this.number() ? value() : null;
  }

  numbers(count) {
    return Array.from({ length: count }, () => this.number());
  }

  end() {
    if (this.#at !== this.#bytes.length) throw new Error('the chunk is longer than what is in it');
  }
}

function readHead(body, version) {
  const kinds = body.list(() => ({
    code: body.text(),
    fields: body.list(() => ({ name: body.text(), count: body.number() })),
  }));
  const pair = () => [body.text(), body.text()];
  const head = {
    unit: body.number(),
    build: body.text(),
    scenario: body.text(),
    title: body.text(),
    params: body.list(pair),
    order: body.text(),
    changes: body.text(),
    seed: body.number(),
    mode: body.number(),
    files: body.list(pair),
    telling: version >= 2 ? pair() : ['', ''],
    regions: version >= 3 ? body.list(() => body.numbers(2)) : [],
  };
  return { kinds, head };
}

/** Of each table, how a row of it is read. */
const ROWS = {
  names: (body) => body.text(),
  sites: (body) => body.numbers(3),
  snapshots: (body) => [...body.numbers(2), [...body.bytes()], body.list(() => body.numbers(4))],
  machines: (body) => [...body.numbers(2), body.list(() => body.numbers(2))],
  tasks: (body) => body.numbers(7),
  places: (body) => body.numbers(3),
  timers: (body) => body.number(),
  sources: (body) => body.numbers(2),
  future_kinds: (body) => body.numbers(2),
  ways: (body) => body.numbers(3),
  nested: (body) => body.numbers(5),
};

/** What came with a later version than the first. */
const SINCE = { ways: 3, nested: 3 };

/** Reads the events of a chunk: each is its time, its kind's code and its fields. */
function readEvents(body, kinds, last) {
  const count = body.number();
  const times = Array.from({ length: count }, () => (last.time += body.number()));
  const which = [...body.take(count)];
  const columns = kinds.map(({ fields }, kind) => {
    const events = which.filter((k) => k === kind).length;
    return fields.map(({ count: numbers }, field) =>
      Array.from({ length: numbers }, (_, number) => {
        const key = `${kind} ${field} ${number}`;
        return Array.from({ length: events }, () => {
          last[key] = (last[key] ?? 0) + body.signed();
          return last[key];
        });
      }));
  });
  const used = kinds.map(() => 0);
  return which.map((kind, i) => {
    const nth = used[kind]++;
    const field = ({ name }, f) => {
      const numbers = columns[kind][f].map((column) => column[nth]);
      return [name, numbers.length === 1 ? numbers[0] : numbers];
    };
    return [times[i], kinds[kind].code, Object.fromEntries(kinds[kind].fields.map(field))];
  });
}

function readEnd(body) {
  const pair = () => body.numbers(2);
  const track = () => [
    body.number(), body.number() === 1, ...body.numbers(4), body.option(() => body.number()), body.list(() => body.numbers(4)),
  ];
  return {
    lost: body.number(),
    missed: body.number(),
    holders: body.list(pair),
    keepers: body.list(pair),
    tracks: body.list(track),
    spent_in: body.list(pair),
    answer: body.option(() => body.text()),
  };
}

/**
 * What a file says: its head, its tables, its events, and its end.
 * @param {Uint8Array} file
 */
export function readTrace(file) {
  if (MAGIC.some((byte, i) => file[i] !== byte)) throw new Error('it is not a trace');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(MAGIC.length, true);
  if (version > VERSION) throw new Error(`it is of version ${version}`);
  const tables = Object.fromEntries(Object.keys(ROWS).map((table) => [table, []]));
  const last = { time: 0 };
  const events = [];
  let start;
  let end;
  for (let at = MAGIC.length + 4; at < file.length;) {
    const [tag, length] = [file[at], view.getUint32(at + 1, true)];
    at += 5;
    if (at + length > file.length) throw new Error('it is cut off');
    const body = new Body(file.subarray(at, at + length));
    if (tag === HEAD && !start) start = readHead(body, version);
    else if (tag === EVENTS && start && !end) {
      for (const [table, row] of Object.entries(ROWS)) if (version >= (SINCE[table] ?? 1)) tables[table].push(...body.list(() => row(body)));
      events.push(...readEvents(body, start.kinds, last));
    } else if (tag === END && start && !end) end = readEnd(body);
    else throw new Error(`a chunk of tag ${tag} stands where it cannot`);
    body.end();
    at += length;
  }
  if (!end) throw new Error('it is cut off');
  return { head: start.head, tables, events, end };
}
