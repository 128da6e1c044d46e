import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../kernel/errors';

/** A token of the configuration. `unit`: only this unit and what is below it; null: everything. */
export interface ApiToken {
  readonly name: string;
  readonly token: string;
  readonly unit: string | null;
}

/** Who calls: all of a token but the secret. */
export type ApiCaller = Pick<ApiToken, 'name' | 'unit'>;

/** The caller of an `Authorization` header; throws `token_missing` for one that names nobody. */
export type ReadCaller = (authorization: string | undefined) => ApiCaller;

/**
 * Reads bearer tokens. Every token is compared, each in constant time and by its hash, so that neither the length nor
 * the beginning of a right one can be found out by the time an answer takes. Without tokens nobody gets in.
 */
export function readCallers(tokens: readonly ApiToken[]): ReadCaller {
  const known = tokens.map(({ name, unit, token }) => ({ caller: { name, unit }, digest: digestOf(token) }));
  return (authorization) => {
    const given = /^Bearer +([^\s]+) *$/i.exec(authorization ?? '')?.[1];
    if (given === undefined) throw new AppError('token_missing');
    const digest = digestOf(given);
    let found: ApiCaller | null = null;
    for (const one of known) if (timingSafeEqual(one.digest, digest)) found = one.caller;
    if (!found) throw new AppError('token_missing');
    return found;
  };
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
