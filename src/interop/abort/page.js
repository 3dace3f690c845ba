// Fetches a file of this site, and reads it
// slowly, so that there is something to see.

export async function download(
  file, pace, signal, trace,
) {
  try {
    const answer = await fetch(file, {
      cache: "no-store", signal,
    });
    if (!answer.ok) throw Error(answer.status);
    const reader = readerOf(answer.body);
    let bytes = 0;
    for (;;) {
      const room = new Uint8Array(32 * 1024);
      const chunk = await reader.read(room);
      if (chunk.done) break;
      bytes += chunk.value.length;
      trace.received(chunk.value.length);
      await pause(pace, trace);
    }
    trace.settles("resolve", `${bytes} bytes`);
    return bytes;
  } catch (reason) {
    trace.settles("reject", reason.name);
    throw reason;
  }
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
