import { isIP } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isLoopback } from '../kernel/loopback';

/**
 * Who may drive the simulator: whoever asks for it by its own address. A page of another site that a browser of this
 * machine happens to show must neither play people nor read claim codes, be it by a form (then it has another Origin) or
 * by a name of its own that leads here (then it has another Host). Programs send no Origin and pass.
 */
export interface OwnCallersOptions {
  /** Further names under which it is reached, such as that of a proxy in front; without port. */
  readonly names?: readonly string[];
  /** Other machines may call it, by any of its addresses. */
  readonly network?: boolean;
}

export function ownCallersOnly(options: OwnCallersOptions = {}): RequestHandler {
  return (req: Request, res: Response, next: NextFunction): void => {
    if (isOwn(req, options)) return next();
    const detail = 'The simulator answers only its own page and programs that call it by its own address.';
    res
      .status(403)
      .type('application/problem+json')
      .send(JSON.stringify({ status: 403, title: 'Forbidden', detail }));
  };
}

function isOwn(req: Request, { names = [], network = false }: OwnCallersOptions): boolean {
  const host = urlOf(`http://${req.headers.host ?? ''}`);
  if (host === null || host.pathname !== '/') return false;
  const name = host.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const isNamed = names.some((known) => known.toLowerCase() === name);
  const isHere = isLoopback(name) || (network && isIP(name) !== 0);
  if (!isNamed && !(isHere && Number(host.port || 80) === req.socket.localPort)) return false;
  const { origin } = req.headers;
  return origin === undefined || isSameHost(origin, host);
}

/** A proxy may speak https to the browser and http to us. */
function isSameHost(origin: string, host: URL): boolean {
  const from = urlOf(origin);
  return from !== null && /^https?:$/.test(from.protocol) && from.host === host.host;
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
