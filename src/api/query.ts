import { z } from 'zod';
import { AppError } from '../kernel/errors';
import { vnDay, vnInstant } from '../kernel/vn-time';
import { isPeriodOf } from '../reporting/deadlines';
import { FORMS } from '../reporting/forms';
import { cadenceOf } from '../reporting/periods';
import { THREAD_STATES } from '../handover/thread';
import { DUTY_STATUSES } from '../reporting/duties';

/** What each address of the API may be asked with. A parameter given twice, empty or of another shape is refused; one that is not known is left alone. */

const code = z.string().min(1).max(100);
const period = code.refine(isPeriod, {
  error: 'must be a period such as 2026-03, 2026-W12, 2026 or the id of a one-off',
});
const day = z.string().refine(isDay, { error: 'must be a day such as 2026-03-17' });

export const unitsQuery = z.object({ parent: code.optional(), at: day.optional() });
export const dutiesQuery = z.object({
  period,
  form: code.optional(),
  unit: code.optional(),
  status: z.enum(DUTY_STATUSES).optional(),
});
export const submissionsQuery = z.object({
  form: code,
  period,
  unit: code,
  history: z.enum(['0', '1']).optional(),
});
export const auditQuery = z.object({
  from: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(1),
  unit: code.optional(),
});
export const tasksQuery = z.object({ unit: code.optional(), status: z.enum(DUTY_STATUSES).optional() });
const releaseForm = code.default('village-month');
export const releasesQuery = z.object({ form: releaseForm, period });
export const releaseQuery = z.object({ form: releaseForm });
export const rollupQuery = z.object({ form: code, period, unit: code });

export const threadsQuery = z.object({ unit: code.optional(), state: z.enum(THREAD_STATES).optional() });
export const classesQuery = z.object({
  unit: code.optional(),
  week: code
    .refine((value) => cadenceOf(value) === 'week', { error: 'must be a week such as 2026-W12' })
    .optional(),
});

/** The parameters as the schema says; throws `bad_request` that names each faulty one with what is wrong with it. */
export function readQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const read = schema.safeParse(query);
  if (read.success) return read.data;
  const faults = Object.fromEntries(read.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
  throw new AppError('bad_request', faults);
}

function isPeriod(value: string): boolean {
  return cadenceOf(value) !== null || [...FORMS.values()].some((form) => isPeriodOf(form, value));
}

function isDay(value: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (!match) return false;
  try {
    return vnDay(vnInstant(Number(match[1]), Number(match[2]), Number(match[3]))) === value;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
