import { createHmac } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { stopwatch, type Clock } from '../kernel/clock';
import { MINUTE } from '../kernel/vn-time';
import { answerWith, isAccepted, refuseByFault } from './answer-faults';
import type { FakeOAuth } from './fake-oauth';
import type { FaultQueue } from './faults';
import type { Feed, LogEntry } from './feed';
import type { MediaStore } from './media-store';
import { readFileField } from './multipart';
import type { AccountContext } from './openapi/account';
import {
  fromQuery,
  isFields,
  type ApiCall,
  type Endpoint,
  type Endpoints,
  type Fields,
  type Refusal,
} from './openapi/answers';
import { isByPhone } from './openapi/zbs-values';

/** Zalo's hosts as one Express router: token endpoint, API guard, rate limit, and the trouble that was ordered. */

export interface ZaloRouterOptions {
  readonly clock: Clock;
  readonly oauth: FakeOAuth;
  readonly endpoints: Endpoints;
  readonly account: AccountContext;
  readonly faults: FaultQueue;
  readonly feed: Feed;
  readonly media: MediaStore;
  readonly appSecret: string;
  readonly oaId: string;
  readonly rate: () => number;
  /** Waits until the echoes of a send are out, where they are to overtake the answer. */
  readonly beforeAnswer: () => Promise<void>;
}

/** Templates are sent outside the OA's own limit. */
const UNCOUNTED = '/v3.0/oa/message/template';
/** The largest file and what stands around it. */
const UPLOAD_MAX = '8mb';

export function createZaloRouter(options: ZaloRouterOptions): Router {
  const router = express.Router();
  const rate = createRateWindow(options);
  router.use(createOAuthRoutes(options));

  router.get('/media/:id/:name', (req, res) => {
    const found = options.media.find(req.params.id);
    if (!found) return void res.status(404).end();
    res.type(/\.\w+$/.exec(found.name)?.[0] ?? 'bin').send(found.bytes);
  });

  // One look into a map; a route for each call would be tried one after the other, in load runs too.
  const endpoints = new Map(Object.entries(options.endpoints));
  const json = express.json({ limit: '2mb' });
  const file = express.raw({ limit: UPLOAD_MAX, type: '*/*' });
  router.use((req, res, next) => {
    const endpoint = endpoints.get(`${req.method} ${req.path}`);
    if (!endpoint) return next();
    const go = (error?: unknown): void =>
      error === undefined ? void serve(endpoint, req, res).catch(next) : next(error);
    if (req.method === 'GET') go();
    else (isUpload(req) ? file : json)(req, res, go);
  });

  router.use((req, res) => {
    note(req, { request: null, status: 404, answer: null, note: 'unknown_path' });
    res.status(404).type('html').send('<html><body>404 Not Found</body></html>');
  });
  router.use(
    (error: Error & { status?: number }, req: Request, res: Response, next: express.NextFunction) => {
      if (error.status === undefined || error.status >= 500) return next(error);
      // A body that is no JSON is Zalo's «parameter invalid», with HTTP 200 as ever.
      const answer = { error: isByPhone(req.path) ? -122 : -201, message: 'body is invalid' };
      note(req, { request: null, status: 200, answer });
      res.json(answer);
    },
  );

  function note(req: Request, entry: Pick<LogEntry, 'request' | 'status' | 'answer' | 'note'>): void {
    const at = options.clock.now().getTime();
    options.feed.log({ at, side: 'api', method: req.method, path: req.path, ...entry });
  }

  async function serve(endpoint: Endpoint, req: Request, res: Response): Promise<void> {
    const since = stopwatch();
    const call = callOf(req);
    const user = addresseeOf(call);
    const fault = options.faults.take(call.path, user);
    const log = (status: number | null, answer: unknown): void =>
      options.feed.log({
        at: options.clock.now().getTime(),
        side: 'api',
        method: req.method,
        path: call.path,
        request: shownRequest(call),
        status,
        answer,
        tookMs: Math.round(since()),
        ...(user === undefined ? {} : { user }),
        ...(fault ? { note: fault.kind } : {}),
      } satisfies Omit<LogEntry, 'seq'>);
    if (fault && !isAccepted(fault) && fault.kind !== 'code') return refuseByFault(fault, res, log);
    const closed = guard(req, call.path);
    if (closed) return answerWith(null, closed, res, log);
    if (rate.isOver(call.path, res))
      return answerWith(null, { error: -32, message: 'Rate limit exceeded' }, res, log);
    if (fault?.kind === 'code') return refuseByFault(fault, res, log);
    const answer = endpoint(call);
    if (answer.error === 0) await options.beforeAnswer();
    await answerWith(fault, answer, res, log);
  }

  /** Why the caller is not let in at all. */
  function guard(req: Request, path: string): Refusal | null {
    const byPhone = isByPhone(path);
    const token = req.get('access_token');
    const refusal = options.oauth.refusal(token);
    if (refusal !== null) {
      const message = refusal === -216 ? 'Access token is invalid' : 'Access token is expired';
      return { error: byPhone ? -124 : refusal, message };
    }
    if (options.account.now.proof && req.get('appsecret_proof') !== proofOf(token ?? ''))
      return { error: byPhone ? -1241 : -242, message: 'appsecret_proof is invalid' };
    return options.account.refusal(path, byPhone);
  }

  function proofOf(token: string): string {
    return createHmac('sha256', options.appSecret).update(token).digest('hex');
  }

  return router;
}

function createOAuthRoutes(options: ZaloRouterOptions): Router {
  const router = express.Router();
  router.get('/v4/oa/permission', (req, res) => {
    const { redirect_uri: back, state, code_challenge: challenge, app_id: app } = req.query;
    const refused = options.oauth.consentRefusal(app, back);
    if (refused !== null || typeof back !== 'string') return void res.status(400).send(String(refused));
    const url = new URL(back);
    url.searchParams.set('code', options.oauth.issueCode(typeof challenge === 'string' ? challenge : null));
    url.searchParams.set('oa_id', options.oaId);
    if (typeof state === 'string') url.searchParams.set('state', state);
    res.redirect(url.href);
  });

  router.post('/v4/oa/access_token', express.urlencoded({ extended: false }), async (req, res) => {
    const since = stopwatch();
    const form = tokenParameters(req);
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
        tookMs: Math.round(since()),
        ...(fault ? { note: fault.kind } : {}),
      });
    if (fault && !isAccepted(fault)) return refuseByFault(fault, res, log);
    const answer = options.oauth.exchange(req.get('secret_key'), form, fault?.kind === 'no_refresh_token');
    if (answer === null) {
      log(200, '');
      return void res.status(200).end();
    }
    const shown = 'error' in answer ? answer : { access_token: '…', refresh_token: '…' };
    await answerWith(fault, answer, res, (status) => log(status, shown));
  });
  return router;
}

/** Those of a form, or, as several clients do it, of the query; null for a body of any other kind. */
function tokenParameters(req: Request): Fields | null {
  const body: unknown = req.body;
  if (req.is('application/x-www-form-urlencoded') && isFields(body)) return { ...req.query, ...body };
  return req.get('content-type') === undefined && Object.keys(req.query).length > 0 ? req.query : null;
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
      const isCounted = path !== UNCOUNTED && !isByPhone(path);
      if (isCounted) used += 1;
      res.set('X-RateLimit-Limit', String(limit));
      res.set('X-RateLimit-Remain', String(Math.max(0, limit - used)));
      return isCounted && used > limit;
    },
  };
}

function isUpload(req: Request): boolean {
  return req.path.includes('/upload/');
}

function callOf(req: Request): ApiCall {
  const raw = req.body as unknown;
  if (Buffer.isBuffer(raw))
    return {
      path: req.path,
      query: req.query,
      body: undefined,
      file: readFileField(req.get('content-type'), raw),
    };
  if (isUpload(req)) return { path: req.path, query: req.query, body: undefined, file: null };
  // An empty body of JSON is read as an object without fields; to Zalo it is no body.
  const isEmpty = req.get('content-length') === '0' && req.get('transfer-encoding') === undefined;
  return { path: req.path, query: req.query, body: isEmpty ? undefined : raw };
}

/** What the log shows of a request; of a file only its name and size. */
function shownRequest(call: ApiCall): unknown {
  if (call.file !== undefined)
    return call.file ? { file: call.file.name, bytes: call.file.bytes.length } : { file: null };
  return call.body ?? call.query;
}

/** Whom a call is about, for faults and the log. */
function addresseeOf(call: ApiCall): string | undefined {
  const asked = call.query['data'] === undefined ? call.query : fromQuery(call.query);
  const body = isFields(call.body) ? call.body : isFields(asked) ? asked : {};
  const recipient = isFields(body['recipient']) ? body['recipient'] : body;
  const user =
    recipient['user_id'] ?? recipient['group_id'] ?? recipient['anonymous_id'] ?? recipient['phone'];
  return typeof user === 'string' ? user : undefined;
}
