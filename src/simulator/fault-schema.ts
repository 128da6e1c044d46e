import { z } from 'zod';
import type { Fault } from './faults';

const aim = {
  user: z.string().optional(),
  path: z.string().optional(),
  times: z.number().int().min(1).max(10_000).optional(),
  share: z.number().min(0).max(1).optional(),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32)
    .optional(),
};

/** A fault as it is ordered over HTTP. */
export const faultSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('code'),
      code: z.number().int(),
      message: z.string().optional(),
      asString: z.boolean().optional(),
      ...aim,
    }),
    z.strictObject({
      kind: z.literal('html'),
      status: z.number().int().min(400).max(599).optional(),
      ...aim,
    }),
    z.strictObject({
      kind: z.literal('throttled'),
      retryAfter: z.number().int().min(0).max(86_400).optional(),
      ...aim,
    }),
    z.strictObject({ kind: z.literal('slow'), ms: z.number().int().min(0).max(120_000), ...aim }),
    z.strictObject({
      kind: z.enum([
        'empty',
        'error_name',
        'no_refresh_token',
        'reset',
        'reset_after_accept',
        'timeout',
        'timeout_after_accept',
        'torn_answer',
        'string_error',
        'nested_data',
        'numeric_remain',
      ]),
      ...aim,
    }),
  ])
  // `undefined` fields are left out, so that the value is exactly a Fault.
  .transform((fault) => JSON.parse(JSON.stringify(fault)) as Fault);
