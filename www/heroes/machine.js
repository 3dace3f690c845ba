// A machine beside the code that it is made from: a state for each wait, an edge for each way from one to the next, and the bytes
// that the waits take turns in. Two forms of one machine stand side by side instead, state by state.

import { part } from '../describe.js';
import { DETAILS, drawMap, fitting, mapOf, nameOf, short, told } from '../machine/map.js';
import { heroOf } from './kit/hero.js';
import { code, linesOf } from './kit/code.js';
import { shape } from './kit/marks.js';
import { cells } from './kit/cells.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {import('../types.js').MachineFrame} MachineFrame */

/** Whether two machines are two forms of one: they have as many states, and the same ways. @param {MachineFrame[]} machines */
function arePair([a, b, ...more]) {
  const ways = (/** @type {MachineFrame} */ { edges }) => JSON.stringify(edges.map(({ from, to }) => [from, to]));
  return more.length === 0 && b !== undefined && a.states.length === b.states.length && ways(a) === ways(b);
}

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor }, words, host) {
  const frame = run.frame(cursor, 0);
  const isPair = arePair(frame.machines);
  // Of the ways to write one machine that run side by side, the first, which is the compiler's.
  const machines = frame.machines.slice(0, isPair ? 2 : 1);
  const event = frame.description;
  const whose = 'task' in event ? event.task : 0;
  const of = (/** @type {MachineFrame} */ m, /** @type {number} */ task) => m.states.some(({ tasks }) => tasks.some((t) => t.task === task));
  // Of many tasks under one machine, the one that the sentence speaks of, or the first that is under way; of two forms, each its own.
  const focus = machines.map((m) => (of(m, whose) ? whose : m.states.flatMap(({ tasks }) => tasks)[0]?.task ?? 0));
  const shown = focus.find((task) => task === whose) ?? focus[0] ?? 0;
  const memory = shown ? run.frame(cursor, shown).memory : undefined;
  const isChange = (event.kind === 'state_changed' || event.kind === 'bytes_changed') && event.task === shown;
  const isMove = isChange && event.kind === 'state_changed';
  const running = frame.running?.task;
  const here = machines.map((m, n) => m.states.findIndex(({ tasks }) => tasks.some((t) => t.task === focus[n])));
  const lit = machines.map((m, n) => ({
    here: (/** @type {number} */ i) => here[n] === i,
    runs: (/** @type {number} */ i) => here[n] === i && ((running !== undefined && of(m, running)) || (isMove && shown === focus[n])),
    edge: isMove,
  }));
  const [machine] = machines;
  const lines = machine && !isPair ? linesOf(host.code, machine.file) : [];
  const at = frame.lines.filter(({ file }) => file === machine?.file);
  return { machine, machines, isPair, lines, at, memory, focus, shown, here, lit, isChange };
}
/** @typedef {ReturnType<typeof model>} Model */
/** @typedef {{ width: number, low: number, narrow: boolean }} Room */

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  if (!m.machine) return;
  const narrow = width < 560;
  // The bytes have their room from the start: what stands above does not move when they come.
  const foot = narrow ? 60 : 96;
  const low = height - foot - 8;
  if (m.isPair) drawPair(pen, m, { width, low, narrow }, words);
  else drawOne(pen, m, m.machine, { width, low, narrow }, words);
  if (m.memory?.now.bytes.length) drawBytes(pen, m, { width, top: height - foot, narrow }, words);
}

/** Two forms of one machine: each state of the one beside that of the other. @param {Pen} pen @param {Model} m @param {Room} room @param {Words} words */
function drawPair(pen, m, { width, low, narrow }, words) {
  const between = narrow ? 22 : 84;
  const side = (width - 24 - between) / 2;
  const top = narrow ? 34 : 40;
  const most = Math.min(side - 4, 380);
  const how = { across: false, most, least: most };
  const room = { width: side, height: low - top };
  const fits = m.machines.map((machine) => fitting(pen, machine, how, room, words));
  // Both in the same detail: then each state stands as high as its twin.
  const least = Math.max(...fits.map(({ map }) => DETAILS.indexOf(map.detail)));
  const scale = Math.min(...fits.map((fit) => fit.scale));
  const maps = m.machines.map((machine) => mapOf(pen, machine, DETAILS[least], how, words));
  const y = top + Math.max(0, (low - top - Math.max(...maps.map((map) => map.height * scale))) / 2);
  const middle = 12 + side;
  const lefts = [middle - maps[0].width * scale, middle + between];
  maps.forEach((map, n) => {
    pen.text('mc-name bold', lefts[n], y - 14, short(m.machines[n].name), { most: n ? side : lefts[1] - lefts[0] - 10 });
    pen.group({ x: lefts[n], y, scale: scale < 1 ? scale : undefined }, () => drawMap(pen, map, m.machines[n], m.lit[n], words, { key: `map ${n}`, silent: scale < 1 }));
  });
  maps[0].placed.boxes.forEach((box, i) => {
    const twin = maps[1].placed.boxes[i];
    const isBoth = m.here[0] === i && m.here[1] === i;
    const [x0, x1] = [lefts[0] + (box.x + box.w) * scale + 6, lefts[1] + twin.x * scale - 6];
    const [y0, y1] = [y + (box.y + box.h / 2) * scale, y + (twin.y + twin.h / 2) * scale];
    for (const off of [-2.5, 2.5]) pen.line(`mc-twin${isBoth ? ' both' : ''}`, x0, y0 + off, x1, y1 + off, { key: `twin ${i} ${off}` });
    if (isBoth && !narrow) pen.text('mc-edge both', (x0 + x1) / 2, y0 - 9, words('both'), { anchor: 'middle', most: between - 8 });
  });
}

/** @param {Pen} pen @param {Model} m @param {MachineFrame} machine @param {Room} room @param {Words} words */
function drawOne(pen, m, machine, { width, low, narrow }, words) {
  // The code, if the states have room beside it: as many lines as there is room for. Else the states alone, downwards or across.
  const leftOf = (/** @type {number} */ codeW) => (codeW === 0 ? 12 : codeW + 44);
  const fit = (/** @type {number} */ codeW, across = false) => ({ codeW, ...fitting(pen, machine, { across, most: Math.min(380, width - leftOf(codeW) - 12), least: narrow ? 240 : across ? 0 : 380 }, { width: width - leftOf(codeW) - 12, height: low - 16 }, words) });
  const rank = (/** @type {{ map: { detail: import('../machine/map.js').Detail }, scale: number }} */ { map, scale }) => DETAILS.indexOf(map.detail) - scale;
  const beside = narrow || !m.lines.length ? 0 : Math.min(width * 0.5, 470);
  let best = fit(beside);
  if (rank(best) > 1) best = [...(beside ? [fit(0)] : []), fit(0, true)].reduce((a, b) => (rank(b) < rank(a) ? b : a), best);
  if (best.scale < 1) return drawFar(pen, m, machine, { width, low, narrow }, words);
  const { codeW } = best;
  const { map } = best;
  const from = Math.max(0, m.lines.findIndex(({ text }) => /^\s*pub (async )?fn/.test(text)));
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
  const left = leftOf(codeW) + (codeW ? 0 : Math.max(0, (width - 24 - map.width) / 2));
  const y = 8 + Math.max(0, (low - 16 - map.height) / 2);
  // Each wait is tied to its line, where nothing stands between.
  const { boxes } = map.placed;
  boxes.forEach((box, i) => {
    const source = shown.findIndex(({ n }) => n === machine.states[i].line);
    if (source < 0 || boxes.some((other) => other.x + other.w <= box.x && other.y < box.y + box.h && box.y < other.y + other.h)) return;
    const [x1, y1] = [left + box.x, y + box.y + box.h / 2];
    pen.path(`leader${m.lit[0].runs(i) ? ' lit' : ''}`, `M${codeW} ${lineY(source)}C${codeW + 24} ${lineY(source)} ${x1 - 24} ${y1} ${x1} ${y1}`);
  });
  pen.group({ x: left, y }, () => drawMap(pen, map, machine, m.lit[0], words, { key: 'map' }));
  if (map.detail === 'numbered' && m.here[0] >= 0) pen.text('strong', width - 12, 18, words('at', { name: nameOf(machine, m.here[0], words) }), { anchor: 'end', most: width * 0.6 });
}

/** More states than there is room for: all of them without text, and below, those around the one where the task is. @param {Pen} pen @param {Model} m @param {MachineFrame} machine @param {Room} room @param {Words} words */
function drawFar(pen, m, machine, { width, low, narrow }, words) {
  const how = { across: true, most: narrow ? 150 : 230 };
  const all = fitting(pen, machine, how, { width: width - 24, height: low * 0.4 }, words);
  pen.group({ x: 12, y: 12, scale: all.scale }, () => drawMap(pen, all.map, machine, m.lit[0], words, { key: 'all', silent: true }));
  const near = mapOf(pen, machine, 'named', how, words);
  const top = 12 + all.map.height * all.scale + 20;
  const sight = { w: width - 24, h: low - top - 8 };
  const { x, y, w, h } = near.placed.boxes[Math.max(m.here[0], 0)];
  /** @param {number} middle @param {number} room @param {number} whole */
  const from = (middle, room, whole) => (whole <= room ? (whole - room) / 2 : Math.min(Math.max(0, middle - room / 2), whole - room));
  const at = { x: from(x + w / 2, sight.w, near.width), y: from(y + h / 2, sight.h, near.height) };
  pen.line('rule', 12, top - 10, width - 12, top - 10);
  pen.window(12, top, sight.w, sight.h, () => pen.group({ x: 12 - at.x, y: top - at.y }, () => drawMap(pen, near, machine, m.lit[0], words, { key: 'near', within: { ...at, ...sight } })));
}

/** The bytes: what the last change wrote is lit. @param {Pen} pen @param {Model} m @param {{ width: number, top: number, narrow: boolean }} room @param {Words} words */
function drawBytes(pen, m, { width, top, narrow }, words) {
  const bytes = m.memory?.now.bytes ?? [];
  const { was } = m.memory ?? {};
  const changed = (/** @type {number} */ i) => m.isChange && was !== undefined && was?.[i] !== undefined && was[i] !== bytes[i] && inField(i)?.role !== 'padding';
  const fields = m.memory?.now.fields ?? [];
  const inField = (/** @type {number} */ i) => fields.find((f) => f.offset <= i && i < f.offset + f.size);
  const w = Math.min(narrow ? 22 : 30, (width - 24) / bytes.length);
  const y = top + (narrow ? 22 : 26);
  const x0 = 12;
  const count = bytes.filter((_, i) => changed(i)).length;
  pen.text('strong', x0, y - 8, words('bytes', { n: m.memory?.now.size ?? 0, task: m.shown }), { most: width * 0.45 });
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
  return m.machines.flatMap((machine, n) => {
    const isSpokenOf = m.focus[n] === m.shown;
    return told(machine, (i) => isSpokenOf && m.here[n] === i, words).map((item) => (m.isPair ? { ...item, text: `${machine.name}: ${item.text}` } : item));
  });
}

export const createHero = heroOf({ name: 'machine', model, draw, describe });
