// The workloads as JavaScript writes them: async functions and promises, run by the microtask queue. A promise cannot be
// cancelled, and its memory cannot be seen.

let done = 0;
const until = async (count) => {
  while (done < count) await globalThis.macrotask();
};

const TASKS = 1000;

async function giveWay(times) {
  for (let i = 0; i < times; i += 1) await null;
  done += 1;
}

async function complete() {
  done += 1;
}

async function link(from, tell) {
  tell((await from) + 1);
  done += 1;
}

async function held(waits) {
  await waits;
  done += 1;
}

/** By workload; each takes units and gives those that it ran. */
export const promises = {
  async yield(units) {
    done = 0;
    for (let i = 0; i < TASKS; i += 1) giveWay(units / TASKS);
    await until(TASKS);
    return (units / TASKS) * done;
  },

  async spawn_complete(units) {
    done = 0;
    for (let batch = 1; batch <= units / TASKS; batch += 1) {
      for (let i = 0; i < TASKS; i += 1) complete();
      await until(batch * TASKS);
    }
    return done;
  },

  async oneshot_chain(units) {
    done = 0;
    for (let chain = 1; chain <= units / TASKS; chain += 1) {
      let first;
      let from = new Promise((resolve) => (first = resolve));
      for (let i = 0; i < TASKS; i += 1) {
        let tell;
        const next = new Promise((resolve) => (tell = resolve));
        link(from, tell);
        from = next;
      }
      await globalThis.macrotask();
      first(0);
      await until(chain * TASKS);
    }
    return done;
  },

  async hold(units) {
    done = 0;
    const wake = [];
    for (let i = 0; i < units; i += 1) held(new Promise((resolve) => wake.push(resolve)));
    await globalThis.macrotask();
    for (const resolve of wake) resolve();
    await until(units);
    return done;
  },
};
