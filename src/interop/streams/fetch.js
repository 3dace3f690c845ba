// The body of a fetch. What the browser holds
// of it is not seen: it is read here, and goes
// on through a stream whose queue is.

export async function fetchBody(want, trace) {
  try {
    const answer = await fetch(want.file, {
      cache: "no-store",
    });
    if (!answer.ok) throw Error(answer.status);
    const body = handOn(answer, want, trace);
    trace.settles("resolve", "a stream");
    return body;
  } catch (reason) {
    trace.settles("reject", reason.message);
    throw reason;
  }
}

function handOn(answer, want, trace) {
  const { size, ms, mark, type } = want;
  const body = readerOf(answer.body);
  let isOver = false;
  const source = {
    type,
    async pull(controller) {
      trace.pulled(controller.desiredSize);
      await pause(ms, trace);
      const room = new Uint8Array(size);
      const part = await body.read(room);
      if (isOver) return;
      if (part.done) {
        trace.closed();
        controller.close();
        controller.byobRequest?.respond(0);
        return;
      }
      const bytes = part.value.length;
      controller.enqueue(part.value);
      trace.made(bytes, controller.desiredSize);
    },
    cancel() {
      isOver = true;
      trace.cancelled();
      // The download ends here.
      return body.cancel();
    },
  };
  const queue = { highWaterMark: mark };
  const stream = new ReadableStream(
    source,
    type ? queue : bytesOf(queue),
  );
  trace.opened();
  return stream;
}

// A queue that counts bytes, and not chunks.
function bytesOf(queue) {
  return new ByteLengthQueuingStrategy(queue);
}

// Not all browsers fill a given room: others
// give chunks as large as they come.
function readerOf(body) {
  try {
    return body.getReader({ mode: "byob" });
  } catch {
    return body.getReader();
  }
}

function pause(ms, trace) {
  return new Promise((resolve) => {
    trace.timeoutSet(ms);
    setTimeout(() => {
      trace.timeoutBegins();
      resolve();
      trace.timeoutEnds();
    }, ms);
  });
}
