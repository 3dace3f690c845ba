// Paints the bytes of a wall on a canvas, a whole number of device pixels for each. With WebGL the bytes go from the
// module's memory to a texture as they are, and the colours are looked up there; without, here.

import { BLOCK, TONES, toneOf } from './colours.js';

/** @typedef {import('./colours.js').Colours} Colours */

/**
 * What is to be seen of a wall.
 * @typedef {object} Sight
 * @property {number} columns
 * @property {number} rows
 * @property {number} zoom device pixels on a side of each future
 * @property {number} left device pixels from the wall's left edge to the canvas's; negative where the wall is narrower
 * @property {number} top
 */

/**
 * @typedef {object} Painter
 * @property {(states: Uint8Array, table: Uint32Array, paper: number, sight: Sight) => void} paint
 */

const VERTEX = `#version 300 es
void main() {
  // One triangle that covers all.
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
uniform highp usampler2D states;
uniform sampler2D colours;
uniform ivec4 sight; // left, top, zoom, height of the canvas
uniform ivec2 size;
uniform int places;
uniform vec4 paper;
out vec4 colour;
void main() {
  ivec2 at = ivec2(int(gl_FragCoord.x), sight.w - 1 - int(gl_FragCoord.y)) + sight.xy;
  ivec2 cell = at / sight.z;
  if (at.x < 0 || at.y < 0 || cell.x >= size.x || cell.y >= size.y || cell.y * size.x + cell.x >= places) {
    colour = paper;
    return;
  }
  uvec2 block = uvec2(cell / ${BLOCK}) + 1u;
  uint hash = block.x * 0x9e3779b1u ^ block.y * 0x85ebca6bu;
  hash = (hash ^ (hash >> 15)) * 0x2c1b3c6du;
  int tone = int((hash >> 16) & ${TONES - 1}u);
  colour = texelFetch(colours, ivec2(int(texelFetch(states, cell, 0).r), tone), 0);
}`;

/** @param {WebGL2RenderingContext} gl @param {number} kind @param {string} source */
function shader(gl, kind, source) {
  const made = gl.createShader(kind);
  if (!made) return undefined;
  gl.shaderSource(made, source);
  gl.compileShader(made);
  return made;
}

/** @param {WebGL2RenderingContext} gl @param {number} unit */
function texture(gl, unit) {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
}

/**
 * @param {WebGL2RenderingContext} gl
 * @returns {Painter | undefined} undefined where it does not work after all
 */
function createGlPainter(gl) {
  const program = gl.createProgram();
  const parts = [shader(gl, gl.VERTEX_SHADER, VERTEX), shader(gl, gl.FRAGMENT_SHADER, FRAGMENT)];
  if (!program || !parts[0] || !parts[1]) return undefined;
  for (const part of parts) gl.attachShader(program, /** @type {WebGLShader} */ (part));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return undefined;
  gl.useProgram(program);
  /** @param {string} name */
  const at = (name) => gl.getUniformLocation(program, name);
  const [sightAt, sizeAt, placesAt, paperAt] = ['sight', 'size', 'places', 'paper'].map(at);
  gl.uniform1i(at('states'), 0);
  gl.uniform1i(at('colours'), 1);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  texture(gl, 1);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, 256, TONES);
  let [columns, rows] = [0, 0];
  return {
    paint(states, table, paper, sight) {
      const { width, height } = gl.canvas;
      if (columns !== sight.columns || rows !== sight.rows) {
        ({ columns, rows } = sight);
        texture(gl, 0);
        gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R8UI, columns, rows);
        gl.uniform2i(sizeAt, columns, rows);
        gl.uniform1i(placesAt, states.length);
      }
      gl.activeTexture(gl.TEXTURE0);
      const whole = Math.floor(states.length / columns);
      if (whole) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, columns, whole, gl.RED_INTEGER, gl.UNSIGNED_BYTE, states, 0);
      const rest = states.length - whole * columns;
      if (rest) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, whole, rest, 1, gl.RED_INTEGER, gl.UNSIGNED_BYTE, states, whole * columns);
      gl.activeTexture(gl.TEXTURE1);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 256, TONES, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(table.buffer));
      gl.viewport(0, 0, width, height);
      gl.uniform4i(sightAt, sight.left, sight.top, sight.zoom, height);
      gl.uniform4f(paperAt, (paper & 255) / 255, (paper >> 8 & 255) / 255, (paper >> 16 & 255) / 255, 1);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    },
  };
}

/**
 * The tone of each future.
 * @param {number} places
 * @param {number} columns
 */
function tonesOf(places, columns) {
  // Whole words, to be read as such.
  const tones = new Uint8Array((places + 3) & ~3);
  for (let from = 0, y = 0; from < places; from += columns, y += 1) {
    const blockRow = Math.floor(y / BLOCK);
    for (let x = 0; x < columns; x += BLOCK) {
      tones.fill(toneOf(x / BLOCK, blockRow), from + x, from + Math.min(x + BLOCK, columns));
    }
  }
  return tones;
}

/**
 * Looks up the colours of futures that follow each other. A million go through here in each frame, and reading is
 * what it costs: so four states are read at once, and four tones.
 * @param {Uint32Array} pixels
 * @param {Uint32Array} table
 * @param {Uint8Array} tones
 * @param {Uint8Array} states
 * @param {number} from the first future
 * @param {number} to behind the last
 * @param {number} at its pixel
 */
function lookUp(pixels, table, tones, states, from, to, at) {
  const aligned = states.byteOffset % 4 === 0;
  const [first, last] = aligned ? [Math.min(to, (from + 3) & ~3), Math.max(from, to & ~3)] : [to, to];
  for (let i = from; i < first; i += 1) pixels[at + i - from] = table[tones[i] << 8 | states[i]];
  if (first >= last) {
    for (let i = first; i < to; i += 1) pixels[at + i - from] = table[tones[i] << 8 | states[i]];
    return;
  }
  const words = new Uint32Array(states.buffer, states.byteOffset, states.length >> 2);
  const toneWords = new Uint32Array(tones.buffer);
  let pixel = at + first - from;
  for (let i = first >> 2; i < last >> 2; i += 1) {
    const state = words[i];
    const tone = toneWords[i];
    pixels[pixel] = table[(tone & 0xff) << 8 | (state & 0xff)];
    pixels[pixel + 1] = table[(tone & 0xff00) | (state >>> 8 & 0xff)];
    pixels[pixel + 2] = table[(tone >>> 8 & 0xff00) | (state >>> 16 & 0xff)];
    pixels[pixel + 3] = table[(tone >>> 16 & 0xff00) | state >>> 24];
    pixel += 4;
  }
  for (let i = last; i < to; i += 1) pixels[at + i - from] = table[tones[i] << 8 | states[i]];
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @returns {Painter}
 */
function createPlainPainter(pen) {
  const under = document.createElement('canvas');
  const underPen = /** @type {CanvasRenderingContext2D} */ (under.getContext('2d', { willReadFrequently: true }));
  /** @type {ImageData | undefined} */
  let image;
  let pixels = new Uint32Array();
  // Made once for a wall.
  let tones = new Uint8Array();
  let [painted, across] = [0, 0];
  return {
    paint(states, table, paper, { columns, rows, zoom, left, top }) {
      const { width, height } = pen.canvas;
      const [x0, y0] = [Math.max(0, Math.floor(left / zoom)), Math.max(0, Math.floor(top / zoom))];
      const [x1, y1] = [Math.min(columns, Math.ceil((left + width) / zoom)), Math.min(rows, Math.ceil((top + height) / zoom))];
      if (left < 0 || top < 0) {
        pen.fillStyle = `rgb(${paper & 255} ${paper >> 8 & 255} ${paper >> 16 & 255})`;
        pen.fillRect(0, 0, width, height);
      }
      if (x1 <= x0 || y1 <= y0) return;
      if (image?.width !== x1 - x0 || image.height !== y1 - y0) {
        image = new ImageData(x1 - x0, y1 - y0);
        pixels = new Uint32Array(image.data.buffer);
      }
      if (painted !== states.length || across !== columns) {
        tones = tonesOf(states.length, columns);
        painted = states.length;
        across = columns;
      }
      // Rows that are seen whole follow each other without a gap, here and there.
      const rowsAtOnce = x1 - x0 === columns ? y1 - y0 : 1;
      let at = 0;
      for (let y = y0; y < y1; y += rowsAtOnce) {
        const from = y * columns + x0;
        const to = from + (rowsAtOnce === 1 ? x1 - x0 : rowsAtOnce * columns);
        // Beyond the last future there is no byte, and the paper is seen.
        const end = Math.max(from, Math.min(to, states.length));
        lookUp(pixels, table, tones, states, from, end, at);
        pixels.fill(paper, at + end - from, at + to - from);
        at += to - from;
      }
      if (zoom === 1) {
        pen.putImageData(image, x0 - left, y0 - top);
        return;
      }
      [under.width, under.height] = [image.width, image.height];
      underPen.putImageData(image, 0, 0);
      pen.imageSmoothingEnabled = false;
      pen.drawImage(under, x0 * zoom - left, y0 * zoom - top, under.width * zoom, under.height * zoom);
    },
  };
}

/**
 * Whether WebGL is done by a graphics card. In software the bytes would go a longer way than they do here, and not
 * every browser counts that as the major caveat that it is.
 */
function hasCard() {
  const gl = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

/**
 * @param {HTMLCanvasElement} canvas a fresh one: what it was painted on with first, it stays with
 * @param {{ plain?: boolean }} [options] whether WebGL is not to be used
 * @returns {Painter | undefined}
 */
export function createPainter(canvas, { plain = false } = {}) {
  if (!plain && hasCard()) {
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false });
    return gl ? createGlPainter(gl) : undefined;
  }
  // Painted here, and not by a card: so it had better stay here.
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  return pen ? createPlainPainter(pen) : undefined;
}
