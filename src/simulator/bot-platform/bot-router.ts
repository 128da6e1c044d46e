import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Clock } from '../../kernel/clock';
import { sleep } from '../../kernel/retry';
import type { Fault, FaultQueue } from '../faults';
import type { Feed } from '../feed';
import type { Fields, MethodAnswer } from './bot-methods';

/** The Bot Platform's host as an Express router: `/bot<token>/<method>`. Refusals come with HTTP 200, as the real ones do. */

export interface BotRouterOptions {
  readonly token: string;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly faults: FaultQueue;
  readonly methods: ReadonlyMap<string, (body: Fields) => MethodAnswer>;
  /** Told of every accepted call right before its answer: the path without the token, and the body. */
  readonly onCall: (path: string, body: Fields, answer: MethodAnswer) => void;
}

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>';
type Say = (status: number | null, answer: unknown) => void;

export function createBotRouter(options: BotRouterOptions): Router {
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }));
  router.use((req, res, next) => {
    const match = /^\/bot([^/]*)\/(\w+)\/?$/.exec(req.path);
    if (!match) return next();
    return serve(match[1] as string, match[2] as string, req, res);
  });
  router.use((_req, res) => res.json({ ok: false, description: 'Not Found', error_code: 404 }));
  router.use((error: Error & { status?: number }, _req: Request, res: Response, next: NextFunction) => {
    if (error.status === undefined || error.status >= 500) return next(error);
    res.json({ ok: false, description: 'Bad Request: body is invalid', error_code: 400 });
  });

  async function serve(token: string, method: string, req: Request, res: Response): Promise<void> {
    const body: Fields = typeof req.body === 'object' && req.body !== null ? (req.body as Fields) : {};
    const chat = typeof body['chat_id'] === 'string' ? body['chat_id'] : undefined;
    const path = `/${method}`;
    const fault = options.faults.take(path, chat);
    const say: Say = (status, answer) =>
      options.feed.log({
        at: options.clock.now().getTime(),
        side: 'api',
        method: req.method,
        path,
        request: shown(body),
        status,
        answer,
        ...(chat === undefined ? {} : { user: chat }),
        ...(fault ? { note: fault.kind } : {}),
      });
    if (fault && isRefusal(fault)) return refuseByFault(fault, res, say);
    const answer = call(token, method, body);
    if (answer.ok) options.onCall(path, body, answer);
    if (fault?.kind === 'timeout_after_accept') return say(null, answer);
    if (fault?.kind === 'reset_after_accept') {
      say(null, answer);
      res.socket?.destroy();
      return;
    }
    if (fault?.kind === 'slow') await sleep(fault.ms);
    say(200, answer);
    res.json(answer);
  }

  function call(token: string, method: string, body: Fields): MethodAnswer {
    if (token !== options.token) return { ok: false, error_code: 401, description: 'Unauthorized' };
    const handle = options.methods.get(method);
    return handle ? handle(body) : { ok: false, error_code: 404, description: 'Not Found' };
  }

  return router;
}

/** Whether the platform does nothing of what was asked. */
function isRefusal(fault: Fault): boolean {
  return ['code', 'html', 'reset', 'timeout', 'throttled'].includes(fault.kind);
}

function refuseByFault(fault: Fault, res: Response, say: Say): void {
  switch (fault.kind) {
    case 'code': {
      const answer = { ok: false, error_code: fault.code, description: fault.message ?? 'Injected failure' };
      say(200, answer);
      res.json(answer);
      return;
    }
    case 'html':
      say(fault.status ?? 502, null);
      res
        .status(fault.status ?? 502)
        .type('html')
        .send(HTML);
      return;
    case 'throttled':
      if (fault.retryAfter !== undefined) res.set('Retry-After', String(fault.retryAfter));
      say(429, null);
      res.status(429).json({ ok: false, error_code: 429, description: 'Too Many Requests' });
      return;
    default:
      say(null, null);
      // Of a time-out nothing is ever said: the caller hangs up.
      if (fault.kind === 'reset') res.socket?.destroy();
  }
}

/** Without the secret. */
function shown(body: Fields): Fields {
  return 'secret_token' in body ? { ...body, secret_token: '…' } : body;
}
