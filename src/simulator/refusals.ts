import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { isAppError } from '../kernel/errors';

/** How the simulator's own routes read a body and say no. */

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
  ) {
    super(detail);
  }
}

export function read<T extends z.ZodType>(schema: T, req: { readonly body: unknown }): z.output<T> {
  const parsed = schema.safeParse(req.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refused(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}

/** The last handler of a router: what was refused above, as problem+json. */
export function answerRefusal(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  const status =
    error instanceof Refused
      ? error.status
      : isAppError(error, 'clock_backwards')
        ? 409
        : notJson(error)
          ? 400
          : null;
  if (status === null) {
    next(error);
    return;
  }
  const detail =
    error instanceof Refused ? error.detail : status === 400 ? 'not JSON' : 'the clock only goes forward';
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ status, title: detail, detail }));
}

function notJson(error: unknown): boolean {
  return error instanceof SyntaxError && 'status' in error && error.status === 400;
}
