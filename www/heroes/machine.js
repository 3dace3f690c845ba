// A machine beside the code that it is made from: a state for each wait, in the order of the source, an edge for each way
// from one to the next, and the bytes that the waits take turns in.

import { part } from '../describe.js';
import { heroOf } from './kit/hero.js';
import { code, linesOf } from './kit/code.js';
import { head, shape } from './kit/marks.js';
import { cells } from './kit/cells.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').MachineFrame} MachineFrame */

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor }, words, host) {
  const frame = run.frame(cursor, 0);
  // The first machine that the run has: of the ways to write one that run side by side, the compiler's.
  const machine = frame.machines[0];
  const event = frame.description;
  const whose = 'task' in event ? event.task : 0;
  const of = (/** @type {MachineFrame} */ m, /** @type {number} */ task) => m.states.some(({ tasks }) => tasks.some((t) => t.task === task));
  const task = machine?.states.flatMap(({ tasks }) => tasks)[0]?.task ?? 0;
  const focus = machine && of(machine, whose) ? whose : task;
  const memory = focus ? run.frame(cursor, focus).memory : undefined;
  const isChange = (event.kind === 'state_changed' || event.kind === 'bytes_changed') && event.task === focus;
  const lastEdge = machine?.edges.find(({ last }) => last);
  const running = frame.running && machine && of(machine, frame.running.task) ? frame.running : undefined;
  const lines = machine ? linesOf(host.code, machine.file) : [];
  const at = frame.lines.filter(({ file }) => file === machine?.file);
  const others = frame.machines.slice(1).map((m) => ({ name: m.name, at: m.states.find(({ tasks }) => tasks.length)?.name ?? '' }));
  const here = machine?.states.findIndex(({ tasks }) => tasks.some((t) => t.task === focus)) ?? -1;
  /** @param {number} i */
  const nameOf = (i) => machine?.states[i].name.replace(/\.await$/, '') || words(i === 0 ? 'start' : 'end');
  return { run, cursor, machine, lines, at, memory, isChange, lastEdge, running, others, focus, here, nameOf, isLit: isChange && event.kind === 'state_changed' };
}
/** @typedef {ReturnType<typeof model>} Model */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  const { machine } = m;
  if (!machine) return;
  const narrow = width < 560;
  const bytes = m.memory?.now.bytes ?? [];
  const foot = bytes.length ? (narrow ? 60 : 96) : 0;
  const low = height - foot - 8;
  // The code: as many lines as there is room for, around those at which somebody waits.
  const codeW = narrow || !m.lines.length ? 0 : Math.min(width * 0.5, 470);
  const states = machine.states;
  const lineOf = (/** @type {number | undefined} */ n) => m.lines.findIndex((line) => line.n === n);
  const fn = m.lines.findIndex(({ text }) => /^\s*pub (async )?fn/.test(text));
  const from = Math.max(0, fn);
  const shown = codeW === 0 ? [] : m.lines.slice(from, from + Math.floor((low - 16) / 22));
  const lineH = shown.length ? Math.min(44, (low - 16) / shown.length) : 0;
  const lineY = (/** @type {number} */ i) => 12 + lineH * (i + 0.5);
  shown.forEach((line, i) => {
    const marks = m.at.filter((mark) => mark.line === line.n);
    const first = marks.find(({ state }) => state === 'running') ?? marks[0];
    if (first) {
      pen.rect(`code-line st ${first.state}`, 8, lineY(i) - lineH / 2, codeW - 8, lineH, { r: 0, key: `line ${line.n}` });
      pen.rect(`code-bar st ${first.state}`, 8, lineY(i) - lineH / 2, 3, lineH, { r: 0, key: `bar ${line.n}` });
      pen.group({ cls: `st ${first.state}` }, () => shape(pen, 52, lineY(i), first.state));
    }
    pen.text('axis-text', 36, lineY(i) + 4.5, String(line.n), { anchor: 'end' });
    code(pen, 68, lineY(i) + 5, line, { most: codeW - 76 });
  });
  // The states, one below the other; a loop or a leap runs at their right.
  const left = codeW === 0 ? 12 : codeW + 44;
  const edgeW = narrow ? 54 : Math.min(96, (width - left) * 0.16);
  const boxW = width - left - edgeW - 12;
  const gap = narrow ? 18 : 30;
  const boxH = Math.min(narrow ? 46 : 64, (low - 10 - gap * (states.length - 1)) / states.length);
  const top = 8 + Math.max(0, (low - 8 - boxH * states.length - gap * (states.length - 1)) / 2);
  const yOf = (/** @type {number} */ i) => top + i * (boxH + gap);
  states.forEach((state, i) => {
    const y = yOf(i);
    const isHere = m.here === i;
    const lit = isHere && (m.running !== undefined || m.isLit);
    const source = shown.findIndex(({ n }) => n === state.line);
    if (source >= 0) pen.path(`leader${isHere ? ' lit' : ''}`, `M${codeW} ${lineY(source)}C${codeW + 24} ${lineY(source)} ${left - 24} ${y + boxH / 2} ${left} ${y + boxH / 2}`);
    pen.rect(`station state-box ${lit ? 'lit tint' : ''} ${state.visits || isHere ? '' : 'none'}`, left, y, boxW, boxH, { r: 3, key: `state ${i}` });
    const name = m.nameOf(i);
    const visits = words('times', { n: state.visits });
    const room = boxW - 28 - pen.width('code small', visits);
    const middle = boxH < 54 ? y + boxH / 2 + 5 : y + 24;
    pen.text(`code ${isHere ? 'bold' : state.visits ? '' : 'dim'}`, left + 14, middle, name, { most: room });
    const nameW = Math.min(room, pen.width('code bold', name));
    if (state.line && !narrow && nameW + 60 < room) pen.text('code small', left + 22 + nameW, middle, `:${state.line}`);
    pen.text('code small', left + boxW - 12, middle, visits, { anchor: 'end' });
    if (boxH < 54) return;
    const who = state.tasks.length;
    const holds = state.holds.filter(Boolean).join(', ');
    pen.text('tiny', left + 14, y + boxH - 12, holds ? words('holds', { holds }) : state.visits ? '' : words('never'), { most: boxW - 40 - 30 * Math.min(who, 3) });
    state.tasks.slice(0, 2).forEach((t, n) => pen.group({ cls: `st ${t.state}`, x: left + boxW - 22 - n * 42, y: y + boxH - 16, key: `task ${t.task}` }, () => {
      shape(pen, 0, 0, t.state);
      pen.text('state little', -12, 4.5, String(t.task), { anchor: 'end' });
    }));
    if (who > 2) pen.text('tiny', left + boxW - 100, y + boxH - 12, words('more', { n: who - 2 }), { anchor: 'end' });
  });
  // Edges that were taken, and those down the source that were not yet.
  const taken = (/** @type {number} */ a, /** @type {number} */ b) => machine.edges.find((edge) => edge.from === a && edge.to === b);
  for (let i = 0; i + 1 < states.length; i++) {
    const edge = taken(i, i + 1);
    const lit = m.isLit && edge?.last;
    const x = left + Math.min(60, boxW / 3);
    pen.line(`edge ${lit ? 'lit' : edge ? 'taken' : 'open'}`, x, yOf(i) + boxH + 2, x, yOf(i + 1) - 3, { key: `edge ${i}` });
    head(pen, x, yOf(i + 1) - 3, 90, lit ? 'poll' : edge ? 'past' : 'open');
    if (gap >= 24) pen.text(lit ? 'state st running' : 'tiny', x + 12, yOf(i) + boxH + gap / 2 + 5, edge ? words('times', { n: edge.count }) : words('not_yet'), { most: boxW - 80 });
  }
  const leaps = machine.edges.filter(({ from: a, to: b }) => b !== a + 1 && a !== b && a < states.length && b < states.length);
  leaps.slice(0, 4).forEach((edge, n) => {
    const lit = m.isLit && edge.last;
    const x = left + boxW;
    const out = x + 18 + n * 16;
    const [ya, yb] = [yOf(edge.from) + boxH * 0.65, yOf(edge.to) + boxH * 0.35];
    pen.path(`edge ${lit ? 'lit' : 'taken'}`, `M${x + 2} ${ya}H${out - 8}Q${out} ${ya} ${out} ${ya + (yb > ya ? 8 : -8)}V${yb + (yb > ya ? -8 : 8)}Q${out} ${yb} ${out - 8} ${yb}H${x + 4}`, { key: `leap ${edge.from} ${edge.to}` });
    head(pen, x + 4, yb, 180, lit ? 'poll' : 'past');
    pen.text(lit ? 'state st running' : 'tiny', out + 6, (ya + yb) / 2 + 4, words('times', { n: edge.count }));
  });
  // The bytes: what the last change wrote is lit.
  if (!bytes.length) return;
  const { was } = m.memory ?? {};
  const changed = (/** @type {number} */ i) => m.isChange && was !== undefined && was?.[i] !== undefined && was[i] !== bytes[i] && inField(i)?.role !== 'padding';
  const fields = m.memory?.now.fields ?? [];
  const inField = (/** @type {number} */ i) => fields.find((f) => f.offset <= i && i < f.offset + f.size);
  const w = Math.min(narrow ? 22 : 30, (width - 24) / bytes.length);
  const y = height - foot + (narrow ? 22 : 26);
  const x0 = 12;
  const count = bytes.filter((_, i) => changed(i)).length;
  pen.text('strong', x0, y - 8, words('bytes', { n: m.memory?.now.size ?? 0, task: m.focus }), { most: width * 0.45 });
  if (count) pen.text('state st running', width - 12, y - 8, words('changed', { n: count }), { anchor: 'end', most: width * 0.5 });
  cells(pen, { x: x0, y, w, h: narrow ? 24 : 30, key: 'bytes' }, bytes, (i) => (changed(i) ? 'changed' : inField(i)?.role === 'padding' ? 'pad' : inField(i)?.role === 'discriminant' ? 'tagged' : ''));
  if (narrow) return;
  for (const field of fields.filter(({ role }) => role !== 'padding')) {
    const name = field.role === 'discriminant' ? words('tag') : part(field.name);
    pen.path('brace', `M${x0 + field.offset * w + 1} ${y + 33}v5H${x0 + (field.offset + field.size) * w - 1}v-5`);
    pen.text('tiny', x0 + (field.offset + field.size / 2) * w, y + 52, name, { anchor: 'middle', most: Math.max(field.size * w - 2, 20) });
  }
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  const { machine } = m;
  if (!machine) return [];
  return machine.states.map((state, i) => ({
    text: `${m.nameOf(i)}: ${state.visits ? words('told', { n: state.visits }) : words('never')}`,
    now: m.here === i,
    parts: state.tasks.map(({ task }) => ({ text: words('task', { task }) })),
  }));
}

export const createHero = heroOf({ name: 'machine', model, draw, describe });
