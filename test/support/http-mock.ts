/**
 * HTTP by nock, strictly: a request that no mock answers fails the test, and so does a mock that no request used.
 * Call `useHttpMock()` once in a describe or a file; the functions it gives are for use inside its tests.
 */
import nock from 'nock';

export interface HttpMock {
  /** A scope for a host, for example `https://openapi.zalo.me`. */
  host(base: string): nock.Scope;
  /** Every request seen that no mock answered, `POST https://…`; a test that expects one empties the list. */
  readonly missing: string[];
}

export function useHttpMock(): HttpMock {
  const missing: string[] = [];
  const noMatch = (request: {
    method?: string;
    path?: string;
    options?: { method?: string; path?: string };
  }): void => {
    missing.push(
      `${request.method ?? request.options?.method ?? ''} ${request.path ?? request.options?.path ?? ''}`,
    );
  };
  beforeEach(() => {
    missing.length = 0;
    nock.cleanAll();
    if (!nock.isActive()) nock.activate();
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
