/**
 * The one HTTP server of the program. Raw handlers come first and see every request before Express does (the webhook
 * must not pay for it); the routers handed in follow, then the answer for what nobody knows. Slow and silent clients
 * are shown out, and closing lets requests in hand finish.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { AppError } from '../kernel/errors';
import type { Logger } from '../observability/logger';
import { problemHandler } from './problem';

/** True when it took the request; then nobody else sees it. */
export type RawHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

export interface Mounted {
  readonly path: string;
  readonly router: Router | RequestHandler;
}

export interface ClientLimits {
  /** A client has so long to send its headers, and a new connection to say anything, in milliseconds. */
  readonly headersMs: number;
  /** And so long for the whole request. */
  readonly requestMs: number;
  /** How often these are looked at. */
  readonly checkMs: number;
  /** An open connection without a request is kept so long. */
  readonly idleMs: number;
}

const LIMITS: ClientLimits = { headersMs: 8_000, requestMs: 12_000, checkMs: 2_000, idleMs: 12_000 };

export interface HttpServerOptions {
  readonly first: readonly RawHandler[];
  readonly routers: readonly Mounted[];
  readonly log: Logger;
  readonly limits?: Partial<ClientLimits>;
}

export interface HttpServer {
  readonly server: Server;
  /** Resolves with the address once it listens; `port_taken` when somebody else does. Port 0 takes any free one. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Takes no new connections, lets requests in hand finish, and cuts what is left after `withinMs`. */
  close(withinMs: number): Promise<void>;
}

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const limits = { ...LIMITS, ...options.limits };
  const app = createApp(options);
  const first = options.first;
  let closing = false;
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      keepAliveTimeout: limits.idleMs,
    },
    (req, res) => {
      if (closing) res.shouldKeepAlive = false;
      for (let i = 0; i < first.length; i += 1) if ((first[i] as RawHandler)(req, res)) return;
      app(req, res);
    },
  );
  return {
    server,
    listen: (port, host) => listen(server, port, host),
    close: (withinMs) => {
      closing = true;
      return close(server, withinMs);
    },
  };
}

function createApp(options: HttpServerOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(
    helmet({
      // Pages are opened over plain HTTP in an office network as well: do not send browsers to an https that is not there.
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null, imgSrc: ["'self'", 'data:'] } },
    }),
  );
  for (const { path, router } of options.routers) app.use(path, router);
  app.use((req) => {
    throw new AppError('not_found', { path: req.path.slice(0, 200) });
  });
  app.use(problemHandler(options.log));
  return app;
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      reject(
        error.code === 'EADDRINUSE' ? new AppError('port_taken', { port, host }, { cause: error }) : error,
      );
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(server.address() as AddressInfo);
    });
  });
}

function close(server: Server, withinMs: number): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    // A connection that falls idle after its last answer would be kept open: look again until all are gone.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    const cut = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
