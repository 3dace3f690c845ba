// A view as a picture that stands by itself: SVG, in the colours that it has now. Shapes stay shapes, texts stay texts, and what is
// painted is put in as an image. No font is included: a text names the families that the page asks for, to the generic one, and
// the width that it has here, which a reader without that font holds to.

import { svg } from '../dom.js';

const NS = 'http://www.w3.org/2000/svg';

/** What a shape has of the page's styles; those of the first list go down to what it holds. */
const INHERITED = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-dashoffset', 'stroke-linecap', 'stroke-linejoin',
  'font-family', 'font-size', 'font-weight', 'font-style', 'letter-spacing', 'text-anchor', 'dominant-baseline', 'paint-order', 'marker-start', 'marker-end'];
/** And what the others are if nobody says. @type {Record<string, string>} */
const OWN = { opacity: '1', transform: 'none', 'clip-path': 'none', mask: 'none', 'vector-effect': 'none', 'alignment-baseline': 'auto', 'baseline-shift': '0px' };
/** The values with which SVG begins, as browsers write them. @type {Record<string, string>} */
const INITIAL = {
  fill: 'rgb(0, 0, 0)', stroke: 'none', 'fill-opacity': '1', 'stroke-opacity': '1', 'stroke-width': '1px', 'stroke-dasharray': 'none', 'stroke-dashoffset': '0px', 'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter', 'letter-spacing': 'normal', 'text-anchor': 'start', 'dominant-baseline': 'auto', 'paint-order': 'normal', 'marker-start': 'none', 'marker-end': 'none', 'font-style': 'normal', 'font-weight': '400',
};
/** What is pressed is no part of a picture. */
const CONTROLS = '.tool, .seg, .zooms, input, select, textarea';

const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** A colour as every reader of SVG knows it. @param {string} value */
function plain(value) {
  if (!/^(color|oklab|oklch|lab|lch|hsl)/.test(value) || !pixel) return value;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = value;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
  return a === 255 ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${(a / 255).toFixed(3)})`;
}
/** @param {string} colour */
const isSeen = (colour) => colour !== 'transparent' && !/(?:, |\/ )0\)$/.test(colour);
/** @param {number} value */
const px = (value) => String(Math.round(value * 100) / 100);

/** A shape with all that it holds, and its styles in itself. @param {Element} el @param {Record<string, string>} given what it would have without them @returns {Element | undefined} */
function shapeOf(el, given) {
  const style = getComputedStyle(el);
  const isShown = style.display !== 'none' && !['title', 'desc', 'style', 'script'].includes(el.localName);
  const isKept = el.closest('defs, clipPath, mask, pattern, marker') !== null;
  if (!isShown && !isKept) return undefined;
  const made = document.createElementNS(NS, el.localName);
  for (const { name, value } of el.attributes) if (!/^(class|style|data-|aria-|role|tabindex|on|xmlns|lang)/.test(name)) made.setAttribute(name, value);
  const has = { ...given };
  for (const name of INHERITED) {
    const value = plain(style.getPropertyValue(name));
    if (value && value !== given[name]) made.setAttribute(name, value);
    has[name] = value || given[name];
  }
  for (const [name, initial] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    if (value && value !== initial && !(name === 'transform' && el.hasAttribute('transform'))) made.setAttribute(name, value);
  }
  if (style.visibility !== 'visible' && !isKept) made.setAttribute('visibility', 'hidden');
  // A transform of the styles may turn about another point than the first.
  if (made.hasAttribute('transform') && !el.hasAttribute('transform') && el instanceof SVGGraphicsElement) {
    const [x, y] = style.transformOrigin.split(' ').map(parseFloat);
    const box = style.transformBox === 'fill-box' ? el.getBBox() : { x: 0, y: 0 };
    made.setAttribute('transform', `translate(${px(box.x + x)} ${px(box.y + y)}) ${style.transform} translate(${px(-box.x - x)} ${px(-box.y - y)})`);
  }
  if (el instanceof SVGTextContentElement && el.localName === 'text') {
    const length = el.getComputedTextLength();
    if (length > 0) {
      made.setAttribute('textLength', px(length));
      made.setAttribute('lengthAdjust', 'spacingAndGlyphs');
    }
    if (style.whiteSpace.startsWith('pre')) made.setAttribute('xml:space', 'preserve');
  }
  for (const child of el.childNodes) {
    if (child instanceof Text) made.append(child.data);
    else if (child instanceof Element) {
      const shape = shapeOf(child, has);
      if (shape) made.append(shape);
    }
  }
  return made;
}

/** @typedef {{ x: number, y: number, clips: number, root: SVGElement }} Place where a picture's first point lies on the page */

/** The lines of a text, each with where it stands. @param {Text} node */
function linesOf(node) {
  const range = document.createRange();
  /** @type {{ words: string, box: { left: number, top: number, right: number, bottom: number } }[]} */
  const lines = [];
  const { data } = node;
  for (let at = 0; at < data.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const [box] = range.getClientRects();
    if (!box || box.width === 0) continue;
    const line = lines[lines.length - 1];
    if (line && Math.abs(line.box.top - box.top) < 2 && box.left - line.box.right < 2) {
      line.words += data[at];
      line.box = { left: line.box.left, top: line.box.top, right: Math.max(line.box.right, box.right), bottom: box.bottom };
    } else lines.push({ words: data[at], box: { left: box.left, top: box.top, right: box.right, bottom: box.bottom } });
  }
  return lines.filter(({ words }) => words.trim());
}

/** The box of an element: ground, border, and what masks cut out of its colour. @param {Element} el @param {CSSStyleDeclaration} style @param {Place} place */
function boxOf(el, style, place) {
  const rect = el.getBoundingClientRect();
  const [x, y, width, height] = [rect.left - place.x, rect.top - place.y, rect.width, rect.height].map((n) => Math.round(n * 100) / 100);
  /** @type {Element[]} */
  const made = [];
  const ground = plain(style.backgroundColor);
  const [, image] = style.maskImage.match(/^url\("(data:[^"]*)"\)/) ?? [];
  if (image) {
    const id = `m${place.clips += 1}`;
    made.push(svg('mask', { id, 'mask-type': 'alpha' }, svg('image', { href: image, x, y, width, height })), svg('rect', { x, y, width, height, fill: ground, mask: `url(#${id})` }));
    return made;
  }
  const sides = /** @type {const} */ (['Top', 'Right', 'Bottom', 'Left']).map((side) => ({
    width: style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`]), colour: plain(style[`border${side}Color`]), dash: style[`border${side}Style`],
  }));
  const rx = Math.min(parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  const isFramed = sides.every((side) => side.width > 0 && side.width === sides[0].width && side.colour === sides[0].colour && isSeen(side.colour));
  const [{ width: w, colour, dash }] = sides;
  /** @param {string} kind @param {number} wide @returns {Record<string, string>} */
  const dashes = (kind, wide) => (kind === 'dashed' ? { 'stroke-dasharray': `${3 * wide}` } : kind === 'dotted' ? { 'stroke-dasharray': `${wide}` } : {});
  if (isSeen(ground) || isFramed) {
    const inset = isFramed ? w / 2 : 0;
    made.push(svg('rect', { x: x + inset, y: y + inset, width: Math.max(0, width - 2 * inset), height: Math.max(0, height - 2 * inset), rx, fill: isSeen(ground) ? ground : 'none', ...(isFramed ? { stroke: colour, 'stroke-width': w, ...dashes(dash, w) } : {}) }));
  }
  if (!isFramed) {
    const ends = [[x, y, x + width, y], [x + width, y, x + width, y + height], [x, y + height, x + width, y + height], [x, y, x, y + height]];
    sides.forEach((side, i) => {
      if (!side.width || !isSeen(side.colour)) return;
      const [dx, dy] = [[0, 1], [-1, 0], [0, -1], [1, 0]][i].map((n) => n * side.width / 2);
      const [x1, y1, x2, y2] = ends[i];
      made.push(svg('line', { x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy, stroke: side.colour, 'stroke-width': side.width, ...dashes(side.dash, side.width) }));
    });
  }
  return made;
}

/** @param {Text} node @param {CSSStyleDeclaration} style @param {Place} place */
const textOf = (node, style, place) => linesOf(node).map(({ words, box }) => {
  const size = parseFloat(style.fontSize);
  const text = svg('text', {
    // On the line that most fonts write on.
    x: px(box.left - place.x), y: px((box.top + box.bottom) / 2 - place.y + size * 0.35), fill: plain(style.color),
    'font-family': style.fontFamily, 'font-size': px(size), 'font-weight': style.fontWeight, 'font-style': style.fontStyle, 'xml:space': 'preserve',
    textLength: px(box.right - box.left), lengthAdjust: 'spacingAndGlyphs',
  });
  text.append(words);
  return text;
});

/** @param {Element} el @param {Place} place @returns {Element[]} */
function partsOf(el, place) {
  const style = getComputedStyle(el);
  const isHidden = style.display === 'none' || style.visibility !== 'visible' || style.clipPath.startsWith('inset(50%') || el.matches(CONTROLS);
  if (isHidden) return [];
  const { left, top, width, height } = el.getBoundingClientRect();
  if (el instanceof SVGSVGElement) {
    const shape = shapeOf(el, INITIAL);
    if (!shape || !width || !height) return [];
    for (const [name, value] of Object.entries({ x: left - place.x, y: top - place.y, width, height })) shape.setAttribute(name, px(value));
    if (style.overflow === 'visible') shape.setAttribute('overflow', 'visible');
    return [shape];
  }
  if (el instanceof HTMLCanvasElement) return el.width && el.height ? [svg('image', { href: el.toDataURL(), x: px(left - place.x), y: px(top - place.y), width: px(width), height: px(height) })] : [];
  const inside = [...el.childNodes].flatMap((node) => {
    if (node instanceof Text) return textOf(node, style, place);
    return node instanceof Element ? partsOf(node, place) : [];
  });
  const box = style.display === 'contents' ? [] : boxOf(el, style, place);
  const isCut = style.overflowX !== 'visible' && inside.length > 0;
  const isPale = style.opacity !== '1';
  if (!isCut && !isPale) return [...box, ...inside];
  const group = svg('g', isPale ? { opacity: style.opacity } : {}, ...box);
  if (isCut) {
    const id = `c${place.clips += 1}`;
    group.append(svg('clipPath', { id }, svg('rect', { x: px(left - place.x), y: px(top - place.y), width: px(width), height: px(height) })), svg('g', { 'clip-path': `url(#${id})` }, ...inside));
  } else group.append(...inside);
  return [group];
}

/** The ground that an element stands on. @param {Element | null} el @returns {string} */
const groundOf = (el) => {
  if (!el) return 'white';
  const { backgroundColor } = getComputedStyle(el);
  return isSeen(backgroundColor) ? plain(backgroundColor) : groundOf(el.parentElement);
};

/** Px around a picture. */
const MARGIN = 16;

/**
 * @param {Element} view
 * @param {{ title: string, width?: number }} given `width`: of the picture, in px; without it, as wide as it stands on the page
 */
export function snapshot(view, { title, width }) {
  const rect = view.getBoundingClientRect();
  const [across, down] = [rect.width + 2 * MARGIN, rect.height + 2 * MARGIN].map(Math.ceil);
  const scale = (width ?? across) / across;
  const size = { width: Math.round(across * scale), height: Math.round(down * scale) };
  const root = svg('svg', { viewBox: `0 0 ${across} ${down}`, ...size });
  const named = svg('title');
  named.append(title);
  root.append(named, svg('rect', { width: across, height: down, fill: groundOf(view) }), ...partsOf(view, { x: rect.left - MARGIN, y: rect.top - MARGIN, clips: 0, root }));
  return { ...size, text: new XMLSerializer().serializeToString(root) };
}

/** The same by the pixel. @param {{ text: string, width: number, height: number }} picture @returns {Promise<Blob>} */
export async function png({ text, width, height }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  return new Promise((done, fail) => { canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture')))); });
}
