// Serves dist/ on 127.0.0.1: `node serve.mjs [--port N] [--open]`.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8000' }, open: { type: 'boolean', default: false } },
});
const port = Number(values.port);

const context = await esbuild.context({ logLevel: 'silent' });
try {
  await context.serve({ servedir: fileURLToPath(new URL('../dist', import.meta.url)), host: '127.0.0.1', port });
} catch (error) {
  const taken = /address already in use/i.test(String(error));
  console.error(taken ? `serve: port ${port} is taken: choose another with --port` : `serve: ${error}`);
  process.exit(1);
}

const url = `http://127.0.0.1:${port}/`;
console.log(`Pollscope is at ${url} (Ctrl+C stops it)`);

if (values.open) {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  // Without an opener the printed address has to do.
  spawn(opener, [url], { stdio: 'ignore', detached: true }).on('error', () => {}).unref();
}
