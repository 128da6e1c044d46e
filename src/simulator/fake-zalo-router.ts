import express, { type Request, type Response, type Router } from 'express';
import type { Clock } from '../kernel/clock';
import { sleep } from '../kernel/retry';
import { MINUTE } from '../kernel/vn-time';
import type { FakeOAuth } from './fake-oauth';
import type { OpenApi } from './fake-openapi';
import type { ApiAnswer, ApiCall } from './fake-openapi-reads';
import { isFields } from './fake-zalo-messages';
import type { Fault, FaultQueue } from './faults';
import type { Feed, LogEntry } from './feed';

/** Zalo's hosts as one Express router: token endpoint, API guard, rate limit, and the trouble that was ordered. */

export interface ZaloRouterOptions {
  readonly clock: Clock;
  readonly oauth: FakeOAuth;
  readonly openapi: OpenApi;
  readonly faults: FaultQueue;
  readonly feed: Feed;
  readonly oaId: string;
  readonly rate: () => number;
  /** Waits until the echoes of a send are out, where they are to overtake the answer. */
  readonly beforeAnswer: () => Promise<void>;
}

const HTML_ERROR =
  '<html><head><title>500 Internal Server Error</title></head><body><center><h1>500 Internal Server Error</h1></center><hr><center>nginx</center></body></html>';
/** Templates are sent outside the OA's own limit. */
const UNCOUNTED = '/v3.0/oa/message/template';

export function createZaloRouter(options: ZaloRouterOptions): Router {
  const router = express.Router();
  const rate = createRateWindow(options);

  router.get('/v4/oa/permission', (req, res) => {
    const { redirect_uri: back, state, code_challenge: challenge } = req.query;
    if (typeof back !== 'string' || !URL.canParse(back)) {
      res.status(400).send('-14003');
      return;
    }
    const url = new URL(back);
    url.searchParams.set('code', options.oauth.issueCode(typeof challenge === 'string' ? challenge : null));
    url.searchParams.set('oa_id', options.oaId);
    if (typeof state === 'string') url.searchParams.set('state', state);
    res.redirect(url.href);
  });

  router.post('/v4/oa/access_token', express.urlencoded({ extended: false }), async (req, res) => {
    const form = req.is('application/x-www-form-urlencoded') && isFields(req.body) ? req.body : null;
    const fault = options.faults.take(req.path, undefined);
    const log = (status: number | null, answer: unknown): void =>
      options.feed.log({
        at: options.clock.now().getTime(),
        side: 'oauth',
        method: 'POST',
        path: req.path,
        request: { grant_type: form?.['grant_type'] },
        status,
        answer,
        ...(fault ? { note: fault.kind } : {}),
      });
    if (fault && !isAccepted(fault)) return refuseByFault(fault, res, log);
    const answer = options.oauth.exchange(req.get('secret_key'), form);
    const shown = 'error' in answer ? answer : { access_token: '…', refresh_token: '…' };
    await answerWith(fault, answer, res, (status) => log(status, shown));
  });

  for (const [key, endpoint] of Object.entries(options.openapi.endpoints)) {
    const [method, path] = key.split(' ') as [string, string];
    const handle = (req: Request, res: Response): Promise<void> => serve(endpoint, req, res);
    if (method === 'GET') router.get(path, handle);
    else router.post(path, express.json({ limit: '2mb' }), handle);
  }

  router.use((req, res) => {
    options.feed.log({
      at: options.clock.now().getTime(),
      side: 'api',
      method: req.method,
      path: req.path,
      request: null,
      status: 404,
      answer: null,
      note: 'unknown_path',
    });
    res.status(404).type('html').send('<html><body>404 Not Found</body></html>');
  });
  router.use(
    (error: Error & { status?: number }, _req: Request, res: Response, next: express.NextFunction) => {
      if (error.status === undefined || error.status >= 500) return next(error);
      // A body that is no JSON is Zalo's «parameter invalid», with HTTP 200 as ever.
      res.json({ error: -201, message: 'body is invalid' });
    },
  );

  async function serve(endpoint: (call: ApiCall) => ApiAnswer, req: Request, res: Response): Promise<void> {
    const call: ApiCall = { path: req.path, query: req.query, body: req.body as unknown };
    const user = userOf(call);
    const fault = options.faults.take(call.path, user);
    const log = (status: number | null, answer: unknown): void =>
      options.feed.log({
        at: options.clock.now().getTime(),
        side: 'api',
        method: req.method,
        path: call.path,
        request: call.body ?? call.query,
        status,
        answer,
        ...(user === undefined ? {} : { user }),
        ...(fault ? { note: fault.kind } : {}),
      } satisfies Omit<LogEntry, 'seq'>);
    if (fault && !isAccepted(fault) && fault.kind !== 'code') return refuseByFault(fault, res, log);
    const refusal = options.oauth.refusal(req.get('access_token'));
    if (refusal !== null) {
      const message = refusal === -216 ? 'Access token is invalid' : 'Access token is expired';
      return answerWith(null, { error: refusal, message }, res, log);
    }
    if (rate.isOver(call.path, res))
      return answerWith(null, { error: -32, message: 'Rate limit exceeded' }, res, log);
    if (fault?.kind === 'code') return refuseByFault(fault, res, log);
    const answer = endpoint(call);
    if (answer.error === 0) await options.beforeAnswer();
    await answerWith(fault, answer, res, log);
  }

  return router;
}

/** Counts calls of the present minute of the clock and says when there are too many. */
function createRateWindow(options: Pick<ZaloRouterOptions, 'clock' | 'rate'>) {
  let minute = 0;
  let used = 0;
  return {
    isOver(path: string, res: Response): boolean {
      const now = Math.floor(options.clock.now().getTime() / MINUTE);
      if (now !== minute) [minute, used] = [now, 0];
      const limit = options.rate();
      if (path !== UNCOUNTED) used += 1;
      res.set('X-RateLimit-Limit', String(limit));
      res.set('X-RateLimit-Remain', String(Math.max(0, limit - used)));
      return path !== UNCOUNTED && used > limit;
    },
  };
}

type Log = (status: number | null, answer: unknown) => void;

/** Whether Zalo does the work in spite of the fault. */
function isAccepted(fault: Fault): boolean {
  return !['code', 'html', 'reset', 'timeout'].includes(fault.kind);
}

function refuseByFault(fault: Fault, res: Response, log: Log): void {
  if (fault.kind === 'code') {
    const error = fault.asString ? String(fault.code) : fault.code;
    const answer = { error, message: fault.message ?? 'Injected failure' };
    log(200, answer);
    res.json(answer);
  } else if (fault.kind === 'html') {
    log(fault.status ?? 500, 'HTML');
    res
      .status(fault.status ?? 500)
      .type('html')
      .send(HTML_ERROR);
  } else {
    log(null, null);
    // Of a time-out nothing is ever said: the caller hangs up.
    if (fault.kind === 'reset') res.socket?.destroy();
  }
}

async function answerWith(fault: Fault | null, answer: object, res: Response, log: Log): Promise<void> {
  if (fault?.kind === 'timeout_after_accept') return log(null, answer);
  if (fault?.kind === 'reset_after_accept') {
    log(null, answer);
    res.socket?.destroy();
    return;
  }
  if (fault?.kind === 'slow') await sleep(fault.ms);
  const odd = fault ? oddly(fault, answer) : answer;
  log(200, odd);
  res.json(odd);
}

function oddly(fault: Fault, answer: object): object {
  if (!('error' in answer)) return answer;
  const data = 'data' in answer ? answer.data : undefined;
  if (fault.kind === 'string_error') return { ...answer, error: String(answer.error) };
  if (fault.kind === 'nested_data') return { ...answer, data: { data } };
  if (fault.kind === 'numeric_remain' && isFields(data) && isFields(data['quota']))
    return {
      ...answer,
      data: { ...data, quota: { ...data['quota'], remain: Number(data['quota']['remain'] ?? 0) } },
    };
  return answer;
}

function userOf(call: ApiCall): string | undefined {
  const body = isFields(call.body) ? call.body : undefined;
  const recipient = isFields(body?.['recipient']) ? body['recipient'] : undefined;
  const user = recipient?.['user_id'] ?? body?.['user_id'];
  return typeof user === 'string' ? user : undefined;
}
