// A source that makes chunks, each when it is
// asked for one. trace records what it does.

export function streamOf(want, trace) {
  const { chunks, size, ms, mark, type } = want;
  let [made, timer] = [0, 0];
  const source = {
    type,
    async pull(controller) {
      trace.pulled(controller.desiredSize);
      const set = (id) => { timer = id; };
      await pause(ms, trace, set);
      made += 1;
      controller.enqueue(chunkOf(size, made));
      trace.made(size, controller.desiredSize);
      if (made < chunks) return;
      trace.closed();
      end(controller);
    },
    cancel() {
      clearTimeout(timer);
      trace.cancelled();
    },
  };
  // Below this mark, pull() is called.
  const queue = { highWaterMark: mark };
  return new ReadableStream(source, queue);
}

// The same without a queue: it runs on to the
// next yield when somebody calls next().
export async function* generatorOf(
  want, trace,
) {
  const { chunks, size, ms } = want;
  let isOver = false;
  try {
    let made = 0;
    while (made < chunks) {
      trace.pulled();
      await pause(ms, trace);
      made += 1;
      trace.made(size);
      yield chunkOf(size, made);
    }
    isOver = true;
    trace.closed();
  } finally {
    if (!isOver) trace.cancelled();
  }
}

function chunkOf(size, number) {
  return new Uint8Array(size).fill(number);
}

function end(controller) {
  controller.close();
  // A room that a reader brought goes back.
  controller.byobRequest?.respond(0);
}

function pause(ms, trace, set) {
  return new Promise((resolve) => {
    trace.timeoutSet(ms);
    const id = setTimeout(() => {
      trace.timeoutBegins();
      resolve();
      trace.timeoutEnds();
    }, ms);
    set?.(id);
  });
}
