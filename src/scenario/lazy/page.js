// The same in JavaScript. A call of an async
// function runs it, up to its first await.

async function hello(takes, trace) {
  trace.log("hello: my first line");
  await sleep(takes, trace);
  trace.goesOn();
  trace.log("hello: my last line");
  trace.returns();
}

export async function main(
  then, held, takes, trace,
) {
  trace.log("main: I call hello");
  const promise = hello(takes, trace.hello);
  trace.hello.made();
  trace.log("main: I hold a promise");

  await sleep(held, trace);
  trace.goesOn();

  trace.log(`main: ${then}`);
  if (then === "Await") {
    trace.hello.listens();
    await promise;
    trace.hello.reacts();
  }
  // A promise cannot be polled, runs without
  // a spawn, and goes on if it is let go of.
  trace.log("main: my last line");
  trace.returns();
}

function sleep(ms, trace) {
  const timer = trace.sleeps(ms);
  const promise = new Promise((resolve) => {
    timer.timeoutSet(ms);
    timer.clears(setTimeout(() => {
      timer.timeoutBegins();
      timer.settles("resolve", "undefined");
      resolve();
      timer.timeoutEnds();
    }, ms));
  });
  timer.made();
  return promise;
}
