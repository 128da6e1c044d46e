/**
 * HTTP by nock, strictly: a request that no mock answers fails the test, and so does a mock that no request used.
 * Call `useHttpMock()` once in a describe or a file; the functions it gives are for use inside its tests.
 */
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { urlToHttpOptions } from 'node:url';
import { types } from 'node:util';
import nock from 'nock';

// Loading it puts it into Node's http; only those who use it want it there.
nock.restore();

export interface HttpMock {
  /** A scope for a host, for example `https://openapi.zalo.me`. */
  host(base: string): nock.Scope;
  /** Every request seen that no mock answered, `POST /path`; a test that expects one empties the list. */
  readonly missing: string[];
}

interface Seen {
  readonly method?: string;
  readonly path?: string;
  readonly options?: { readonly method?: string; readonly path?: string };
}

export function useHttpMock(): HttpMock {
  const missing: string[] = [];
  const noMatch = (seen: Seen): void => {
    missing.push(`${seen.method ?? seen.options?.method ?? ''} ${seen.path ?? seen.options?.path ?? ''}`);
  };
  beforeAll(() => {
    nock.restore();
    removeForeignMocks();
    nock.activate();
    nock.disableNetConnect();
    nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
  });
  afterAll(() => nock.restore());
  beforeEach(() => {
    missing.length = 0;
    nock.cleanAll();
    nock.emitter.on('no match', noMatch);
  });
  afterEach(() => {
    nock.emitter.off('no match', noMatch);
    const unused = nock.pendingMocks();
    nock.cleanAll();
    if (missing.length > 0) throw new Error(`no mock answered: ${missing.join(', ')}`);
    if (unused.length > 0) throw new Error(`mocks nobody used: ${unused.join(', ')}`);
  });
  return { host: (base) => nock(base), missing };
}

/**
 * Test files of one worker share Node's own http module, and nock of an earlier file may still sit on it, deaf: what it
 * lets through never reaches ours. Node's functions are put back as they were.
 */
function removeForeignMocks(): void {
  const { ClientRequest } = createRequire(__filename)('_http_client') as {
    ClientRequest: typeof http.ClientRequest;
  };
  if (types.isProxy(http.request)) {
    http.ClientRequest = ClientRequest;
    http.request = requester(ClientRequest, () => http.globalAgent);
    http.get = getter(http.request);
  }
  if (types.isProxy(https.request)) {
    https.request = requester(ClientRequest, () => https.globalAgent);
    https.get = getter(https.request);
  }
}

type Request = typeof http.request;
type Answered = (res: http.IncomingMessage) => void;

function requester(ClientRequest: typeof http.ClientRequest, agent: () => http.Agent): Request {
  return (...args: unknown[]) => {
    const answered = args.find((arg) => typeof arg === 'function') as Answered | undefined;
    const parts = args
      .filter((arg) => typeof arg !== 'function')
      .map((arg) =>
        typeof arg === 'string' || arg instanceof URL
          ? urlToHttpOptions(new URL(String(arg)))
          : (arg as object),
      );
    const options = parts.reduce((all, part) => ({ ...all, ...part }), { _defaultAgent: agent() });
    return new ClientRequest(options, answered);
  };
}

function getter(request: Request): Request {
  return (...args: unknown[]) => {
    const req = (request as (...all: unknown[]) => http.ClientRequest)(...args);
    req.end();
    return req;
  };
}
