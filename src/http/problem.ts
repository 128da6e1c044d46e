import type { ErrorRequestHandler, Response } from 'express';
import { AppError, isAppError } from '../kernel/errors';
import type { Logger } from '../observability/logger';

/** An answer in the form of RFC 9457. `code` is the one of our catalogue; facts are shown only where the caller caused the error. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export function problemOf(error: AppError): Problem {
  const { status } = error.kind;
  const shown = status < 500 && Object.keys(error.facts).length > 0 ? { facts: error.facts } : {};
  return { type: 'about:blank', title: error.code.replaceAll('_', ' '), status, code: error.code, ...shown };
}

/** What was thrown, as one of our errors: those of body readers by their status, anything unknown as `internal`. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const { status, type } = (typeof error === 'object' && error !== null ? error : {}) as {
    status?: unknown;
    type?: unknown;
  };
  if (status === 413) return new AppError('body_too_large', {}, { cause: error });
  if (type === 'entity.parse.failed') return new AppError('not_json', {}, { cause: error });
  if (status === 404) return new AppError('not_found', {}, { cause: error });
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new AppError('bad_request', {}, { cause: error });
  return new AppError('internal', {}, { cause: error });
}

export function sendProblem(res: Response, error: AppError): void {
  const problem = problemOf(error);
  if (error.kind.retry && problem.status !== 409) res.setHeader('retry-after', '1');
  if (problem.status === 401) res.setHeader('www-authenticate', 'Bearer');
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The last handler of the app. What is our fault is logged; an answer that has begun is cut off. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, req, res, _next) => {
    const error = toAppError(thrown);
    if (error.kind.status >= 500)
      log.error({ method: req.method, route: req.baseUrl || '/', err: thrown }, 'request failed');
    if (res.headersSent) res.destroy();
    else sendProblem(res, error);
  };
}
