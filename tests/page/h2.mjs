// The built site as a static host sends it: over HTTP/2, compressed with brotli. For benchmarks of loading, which a plain server
// would make a matter of its own connections.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { dist, types } from './support.mjs';

/** A key of its own, that nobody trusts: browsers speak HTTP/2 only where it is encrypted. */
function ownKey() {
  const folder = mkdtempSync(join(tmpdir(), 'pollscope-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=localhost'], { stdio: 'ignore' });
  const read = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return read;
}

/** Serves the site until it is closed; says where. @returns {Promise<{ site: string, close: () => void }>} */
export function serveAsHosted() {
  // All of it ahead: no request waits for the compression.
  const files = new Map(readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.map')).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [`/${path.slice(dist.length + 1)}`, { type: types[extname(path)] ?? 'application/octet-stream', body: brotliCompressSync(readFileSync(path)) }];
  }));
  const server = createSecureServer(ownKey());
  server.on('stream', (stream, headers) => {
    const [path] = headers[':path'].split('?');
    const found = files.get(path === '/' ? '/index.html' : path);
    if (!found) {
      stream.respond({ ':status': 404 });
      stream.end();
      return;
    }
    stream.respond({ ':status': 200, 'content-type': found.type, 'content-encoding': 'br', 'cache-control': 'max-age=600' });
    stream.end(found.body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ site: `https://localhost:${server.address().port}/`, close: () => server.close() })));
}
