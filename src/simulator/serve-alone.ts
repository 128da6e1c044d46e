import express, { type Router } from 'express';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  readonly base: string;
  close(): Promise<void>;
}

/** Serves a router alone, on loopback; port 0 takes any free one. */
export async function serveAlone(router: Router, port: number): Promise<Served> {
  const server = http.createServer(express().use(router));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
