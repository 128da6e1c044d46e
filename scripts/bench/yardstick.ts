import { hash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEYS } from './events';

/**
 * What our webhook is measured against, in a process of its own: a bare `node:http` server that reads the body,
 * verifies the signature and stores nothing. `/metrics` tells the CPU time it has used, as the program's does.
 */
const MAC = /^mac=([0-9a-f]{64})$/;

function webhook(req: IncomingMessage, res: ServerResponse): void {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => {
    const raw = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const text = raw.toString('utf8');
    const { timestamp } = JSON.parse(text) as { timestamp: string };
    const wanted = hash('sha256', `${KEYS.appId}${text}${timestamp}${KEYS.oaSecret}`, 'buffer');
    const given = Buffer.from(MAC.exec(String(req.headers['x-zevent-signature']))?.[1] ?? '', 'hex');
    res.statusCode = given.length === wanted.length && timingSafeEqual(given, wanted) ? 200 : 401;
    res.end();
  });
}

const server = createServer((req, res) => {
  if (req.method === 'POST') return webhook(req, res);
  const { user, system } = process.cpuUsage();
  res.end(`process_cpu_seconds_total ${(user + system) / 1e6}\n`);
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
