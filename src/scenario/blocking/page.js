// The page's side of the worker. A job is a
// message to it, and so is the answer.

export function ready(worker) {
  return new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => {
      event.preventDefault();
      reject(event.message || "not loaded");
    };
  });
}

export function spawnBlocking(
  worker, ms, trace,
) {
  const run = (resolve, reject) => {
    worker.onmessage = ({ data: found }) => {
      trace.eventBegins("worker");
      trace.logs(`${found} primes were found`);
      trace.settles("resolve", String(found));
      resolve(found);
      trace.eventEnds("worker");
    };
    worker.onerror = (event) => {
      event.preventDefault();
      trace.eventBegins("worker");
      trace.settles("reject", event.message);
      reject(event.message);
      trace.eventEnds("worker");
    };
  };
  const answer = new Promise(run);
  trace.made(answer);
  worker.postMessage({ ms });
  return answer;
}
