// The instruction counts of a module, and the names in it: what the table and the tests are made from.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** @typedef {{ executor: string, workload: string, fuel: number, bytes: number | null }} Count */

const fromBuild = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this runs by './build.sh'`);
  return value;
};

/** The path of a module that build.sh has built: bare, peers, zero-cost, traits, record, replay or watch. */
export const modulePath = (name) => join(fromBuild('BENCH_MODULES'), `${name}.wasm`);

/**
 * Counts every workload of a module. The same module always gives the same counts.
 * @param {string} name
 * @returns {Promise<Count[]>}
 */
export async function count(name) {
  const { stdout } = await promisify(execFile)(fromBuild('FUEL'), [modulePath(name)]);
  return stdout.trim().split('\n').map((line) => JSON.parse(line));
}

/** Ours, in every module: what is recorded, and what is compared with it. */
export async function countOurs() {
  const counts = (await Promise.all(['bare', 'zero-cost', 'traits', 'record', 'replay', 'watch'].map(count))).flat();
  return counts.filter((c) => c.executor === 'pollscope');
}

/**
 * The names of the functions in a module, mangled, from its name section.
 * @param {string} name
 * @returns {string[]}
 */
export function functionNames(name) {
  const path = modulePath(name);
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(path)), 'name');
  if (!section) throw new Error(`${path} has no name section`);
  const bytes = new Uint8Array(section);
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const names = [];
  while (at < bytes.length) {
    const kind = bytes[at++];
    const end = number() + at;
    // 1 is the list of functions: a count, then number and name of each.
    for (let left = kind === 1 ? number() : 0; left > 0; left -= 1) {
      number();
      const length = number();
      names.push(new TextDecoder().decode(bytes.subarray(at, (at += length))));
    }
    at = end;
  }
  return names;
}
