// Rules of async code, each broken or kept: the program, what the compiler says to it, at the very columns that it names, and
// what comes of it in the run. Where the compiler says nothing, only the run shows it: another task is late.

import { axis, hatching, now, part } from './kit/clock.js';
import { code, linesOf } from './kit/code.js';
import { heroOf } from './kit/hero.js';
import { lane, latesOf, stateAt } from './kit/lane.js';
import { check, cross } from './kit/marks.js';
import { lanesOf } from './kit/run.js';
import { createScale } from './kit/scale.js';

/** @typedef {import('./kit/pen.js').Pen} Pen */
/** @typedef {import('./kit/hero.js').State} State */
/** @typedef {import('./kit/hero.js').Size} Size */
/** @typedef {import('./kit/hero.js').Words} Words */
/** @typedef {{ kind: 'error' | 'warning' | 'silent', title: string, labels: { line: number, from: number, to: number, text: string, main: boolean }[], notes: string[] }} Message */

/** What a compiler's message says, and to which columns. @param {string | undefined} text @returns {Message | undefined} */
export function readMessage(text) {
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const [, kind, title] = /^(error|warning)(?:\[\w+\])?: (.*)$/.exec(lines[0]) ?? [];
  if (!kind) return { kind: 'silent', title: '', labels: [], notes: [] };
  /** @type {Message['labels']} */
  const labels = [];
  let [line, margin] = [0, 0];
  for (const one of lines) {
    const shown = /^(\s*)(\d+) \| /.exec(one);
    if (shown) [line, margin] = [Number(shown[2]), shown[0].length];
    const under = /^\s+\| (.*)$/.exec(one);
    if (!under || !line) continue;
    // Marks stand first; the words at the end belong to the last of them.
    const [marked] = /^[\s^-]*/.exec(one.slice(margin)) ?? [''];
    const said = one.slice(margin + marked.length);
    const marks = [...marked.matchAll(/\^+|-+/g)];
    marks.forEach(({ 0: mark, index }, i) => labels.push({ line, from: index, to: index + mark.length, text: i === marks.length - 1 ? said : '', main: mark.startsWith('^') }));
  }
  return { kind: kind === 'error' ? 'error' : 'warning', title, labels, notes: lines.flatMap((one) => /= note: (futures .*)$/.exec(one)?.[1] ?? []) };
}

/** @param {State} state @param {Words} words @param {import('./kit/hero.js').Host} host */
function model({ run, cursor, deciding, params }, words, host) {
  const files = host.code?.files ?? [];
  const names = [...new Set(files.map(({ name }) => name.replace(/_(broken|kept)\.\w+$/, '')))].filter((name) => !name.includes('.'));
  const rule = params.rule ?? 'forgotten_await';
  const program = params.program ?? 'broken';
  const source = (/** @type {string} */ name) => files.find((file) => file.name === name)?.source;
  const cards = names.map((name) => ({ name, message: readMessage(source(`${name}_broken.stderr`)), isOpen: name === rule }));
  const file = [`${rule}_${program}.rs`, `${rule}_kept.rs`].find((name) => source(name) !== undefined) ?? '';
  const lines = linesOf(host.code, file);
  const from = lines.findIndex(({ text }) => /^pub (async )?fn/.test(text));
  const message = program === 'broken' ? cards.find(({ isOpen }) => isOpen)?.message : undefined;
  const { lanes } = lanesOf(run);
  const tasks = lanes.map(({ name }, i) => ({ task: i + 1, name, state: stateAt(run, i + 1, cursor), lates: latesOf(run, i + 1) }));
  return {
    run, cursor, rule, program, cards, file, lines: lines.slice(Math.max(0, from)), message,
    /** The compiler speaks before anything runs. */
    isCompiled: cursor > 0,
    isRefused: !lanes.some(({ name }) => name !== 'other'),
    tasks: tasks.toReversed(),
    hasRun: cursor >= run.length,
    shown: { cursor, now: run.time(cursor), isKnown: deciding.isKnown }, end: Math.max(run.duration, 1) * 1.08,
  };
}
/** @typedef {ReturnType<typeof model>} Model */

const HUES = /** @type {const} */ ({ error: 'panicked', warning: 'cancelled', silent: 'none' });

/** @param {Pen} pen @param {Model} m @param {Size} size @param {Words} words */
function draw(pen, m, { width, height }, words) {
  hatching(pen);
  const narrow = width < 560;
  const cardH = narrow ? 0 : 66;
  const split = narrow ? height * 0.57 : height - cardH - 22;
  const codeAt = narrow ? { x: 8, y: 4, w: width - 16, h: split - 8 } : { x: 20, y: 8, w: width * 0.47 - 20, h: split - 8 };
  const runAt = narrow ? { x: 0, y: split + 4, w: width, h: height - split - 4 } : { x: width * 0.47 + 12, y: 8, w: width * 0.53 - 12, h: split - 8 };

  // The program, with the message at its columns.
  const hue = m.message && m.isCompiled ? HUES[m.message.kind] : 'none';
  pen.rect(`station ${m.message && m.isCompiled && hue !== 'none' ? `st ${hue} said` : 'plain'}`, codeAt.x, codeAt.y, codeAt.w, codeAt.h, { r: 3 });
  pen.text('code bold small', codeAt.x + 14, codeAt.y + 24, m.file, { most: codeAt.w - 150 });
  const verdict = !m.file ? '' : !m.isCompiled ? words('not_compiled') : !m.message ? words('accepted') : words(`verdict_${m.message.kind}`);
  pen.text(hue === 'none' ? 'strong' : `state little st ${hue}`, narrow ? codeAt.x + 14 : codeAt.x + codeAt.w - 14, codeAt.y + (narrow ? 42 : 24), verdict, { anchor: narrow ? 'start' : 'end', most: codeAt.w - 40 - (narrow ? 0 : pen.width('code bold small', m.file)) });
  const charW = pen.width('code', '0');
  let y = codeAt.y + (narrow ? 68 : 58);
  const x0 = codeAt.x + 14;
  for (const line of m.lines) {
    if (y > codeAt.y + codeAt.h - 12) break;
    code(pen, x0, y, line, { most: codeAt.w - 24 });
    const labels = m.isCompiled ? m.message?.labels.filter((label) => label.line === line.n) ?? [] : [];
    for (const label of labels) {
      const [a, b] = [x0 + label.from * charW, x0 + label.to * charW];
      const isSeen = b < codeAt.x + codeAt.w;
      if (isSeen) pen.path(`under st ${label.main ? hue : 'none'}`, `M${a} ${y + 6}H${b}`);
    }
    const said = labels.find(({ text, main }) => text && main) ?? labels.find(({ text }) => text);
    if (said) {
      const lines = pen.measure.lines('bad', said.text, codeAt.w - 40);
      const wide = Math.max(...lines.map((one) => pen.width('bad', one)));
      const at = Math.min(x0 + said.from * charW, codeAt.x + codeAt.w - wide - 14);
      lines.forEach((one, i) => pen.text(`state little st ${said.main ? hue : 'none'}`, at, y + 24 + i * 17, one));
      y += 12 + 17 * lines.length;
    }
    y += narrow ? 22 : 27;
  }
  if (m.message && m.isCompiled && y < codeAt.y + codeAt.h - 34) {
    const text = m.message.kind === 'silent' ? words('nothing_said') : m.message.notes[0] ?? m.message.title;
    pen.measure.lines('note', text, codeAt.w - 28, 3).forEach((one, i, all) => pen.text('note', x0, codeAt.y + codeAt.h - 14 - (all.length - 1 - i) * 18, one));
  }

  // What comes of it.
  const [left, right] = [runAt.x + (narrow ? 70 : 84), runAt.x + runAt.w - (narrow ? 24 : 40)];
  const scale = createScale(m.end, left, right);
  const bottom = runAt.y + runAt.h - 28;
  const top = runAt.y + (narrow ? 14 : 24);
  axis(pen, scale, top, bottom, { unit: 'ms', apart: narrow ? 56 : 80 });
  const pitch = Math.min(120, (bottom - top) / Math.max(2, m.tasks.length));
  m.tasks.forEach((row, i) => {
    const laneY = top + pitch * (i + 0.5);
    pen.text(narrow ? 'name little' : 'name', runAt.x + 4 + (narrow ? 4 : 0), laneY + 5, row.name, { most: left - runAt.x - 14 });
    pen.line('bed-line', left, laneY, right, laneY);
    const h = Math.min(46, pitch * 0.5);
    lane(pen, scale, m.run, row.task, m.shown, { y: laneY, h, late: true });
    const late = row.lates.filter(({ at }) => at <= m.cursor).toSorted((a, b) => b.to - b.from - a.to + a.from)[0];
    const seen = late && part(late, m.shown);
    if (late && seen) {
      const text = words('late', { ms: Math.round(seen.to - seen.from) });
      const wide = pen.width('late-text', text) + 14;
      const x = (scale.x(seen.from) + scale.x(seen.to)) / 2;
      if (wide + 6 < (seen.to - seen.from) * scale.pxPerMs) {
        pen.rect('late-ground-text', x - wide / 2, laneY - 10, wide, 20);
        pen.text('late-text', x, laneY + 5, text, { anchor: 'middle' });
      }
    }
  });
  // A future that was made and never polled: what it would have done is missing.
  const main = m.tasks.findIndex(({ name, state }) => name !== 'other' && state === 'done');
  if (main >= 0 && m.message?.kind === 'warning') {
    cross(pen, left + 26, top + pitch * (main + 0.5), 'cancelled', 'unsaved', 5);
    pen.text('state st cancelled', left + 42, top + pitch * (main + 0.5) + 5, words('unsaved'), { most: right - left - 44 });
  }
  if (m.isRefused) pen.text('state st panicked', left + 6, top + pitch * m.tasks.length + 22, words(m.isCompiled ? 'no_program' : 'not_compiled'), { most: right - left });
  now(pen, scale, m.shown.now, top - 10, bottom);

  // All rules: who says what to the broken program. That of this run is told when the compiler has spoken.
  const cardW = (width - 40 - 12 * (m.cards.length - 1)) / Math.max(1, m.cards.length);
  if (!narrow) {
    m.cards.forEach(({ name, message, isOpen }, i) => {
      const x = 20 + i * (cardW + 12);
      const cy = height - cardH - 6;
      const isTold = !isOpen || m.isCompiled;
      const kind = message?.kind ?? 'silent';
      pen.rect(`station ${isOpen ? 'solid' : 'sunk'}`, x, cy, cardW, cardH, { r: 3 });
      pen.text('strong', x + 14, cy + 26, words(name), { most: cardW - 24 });
      if (!isTold) return pen.text('tiny', x + 14, cy + 49, words('not_compiled'), { most: cardW - 24 });
      const word = words(`broken_${kind}`);
      pen.group({ cls: `st ${HUES[kind]}` }, () => {
        if (kind === 'error') cross(pen, x + 20, cy + 45, '', undefined, 4);
        else if (kind === 'warning') pen.path('warn', `M${x + 20} ${cy + 38}l7 13h-14z`);
        else pen.path('warn', `M${x + 14} ${cy + 45}h12`);
      });
      pen.text(`state little st ${HUES[kind]}`, x + 36, cy + 49, word, { most: cardW - 46 });
    });
  }
  if (m.hasRun && !m.isRefused && !narrow && m.program === 'kept') check(pen, right + 14, top + 12, 8);
}

/** @param {Model} m @param {Words} words */
function describe(m, words) {
  return [
    { text: `${m.file}: ${!m.isCompiled ? words('not_compiled') : m.message ? words(`verdict_${m.message.kind}`) : words('accepted')}`, now: m.cursor > 0 && m.isRefused && !m.tasks.some(({ state }) => state === 'running'), parts: m.isCompiled && m.message?.title ? [{ text: m.message.title }] : [] },
    ...m.tasks.map((row) => ({
      text: row.name, now: row.state === 'running',
      parts: row.lates.filter(({ at }) => at <= m.cursor).map((late) => ({ text: words('late', { ms: Math.round((part(late, m.shown)?.to ?? late.to) - late.from) }) })),
    })),
  ];
}

export const createHero = heroOf({ name: 'rules', model, draw, describe });
