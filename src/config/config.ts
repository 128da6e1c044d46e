import { z } from 'zod';
import { AppError } from '../kernel/errors';
import { commaList } from '../kernel/lists';
import { isLoopback } from '../kernel/loopback';
import { channelMode, unusedVariables } from './channel-mode';
import { integer, monthMoment, text, timeOfDay, url } from './variable-kinds';
import { ZALO_VARIABLES } from './zalo-variables';

/**
 * The configuration: every variable the program reads, with its default, its check and one line of help.
 * `.env.example` holds the same lines; a conformance test compares them. Nothing else reads `process.env`.
 */

/** Places by count, poisons by word; several with commas. */
const FAILPOINT =
  /^(?:(?:^|,)(?:[a-z_]+:[1-9]\d{0,6}(?::later)?|poison_(?:throws|spins|hangs|dies):[^\s,]+))+$/;

export const VARIABLES = {
  ...ZALO_VARIABLES,
  PORT: integer(3000, 0, 65535).describe('Listening port; 0 takes any free one'),
  HOST: text('127.0.0.1').describe('Listening address'),
  SIMULATOR_ON_NETWORK: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('off')
    .describe(
      'Whether the simulator may listen on an address that other machines reach; whoever reaches it plays every person and sees every claim code',
    ),
  ROLE: z
    .enum(['all', 'web', 'worker'], { error: 'must be all, web or worker' })
    .default('all')
    .describe(
      'What this process does: all, web (webhook, console, API) or worker; with embedded stores only all',
    ),
  DATA_DIR: text('./data').describe('Folder of the embedded stores, uploads and generated files'),
  MONGODB_URI: text('').describe(
    'MongoDB 5.0 or newer, a replica set; empty means the embedded document store',
  ),
  REDIS_URL: text('').describe('Redis for the job queue; empty means timers in the process, for one machine'),
  PUBLIC_URL: url('').describe('Base of links in messages; empty means http://HOST:PORT'),
  HUMAN_TAKEOVER_MINUTES: integer(30, 0, 10_080).describe(
    'Minutes for which the bot keeps silent in a talk after a person of the office wrote in OA Manager',
  ),
  HANDOVER_PROMISE_MINUTES: integer(60, 5, 2_400).describe(
    'Minutes of working time within which somebody of the office is to answer a person who asked for one',
  ),
  OUTBOX_KEEP_DAYS: integer(400, 31, 36_500).describe(
    'Days for which finished messages are kept, as evidence of what was sent',
  ),
  ENCRYPTION_KEY: z
    .string()
    .trim()
    .default('')
    .refine((v) => v === '' || Buffer.from(v, 'base64').length === 32, {
      error: 'must be 32 bytes in base64 (make one with: openssl rand -base64 32)',
    })
    .describe(
      '32 bytes base64 for tokens and phone numbers at rest; made and kept in DATA_DIR when the stores are embedded',
    ),
  API_TOKENS: z
    .string()
    .trim()
    .default('')
    .transform((v, context) => {
      const tokens: { name: string; token: string; unit: string | null }[] = [];
      for (const entry of commaList(v)) {
        const [name = '', token = '', unit = null, ...rest] = entry.split(':') as [
          string?,
          string?,
          (string | null)?,
          ...string[],
        ];
        if (name === '' || token === '' || rest.length > 0) {
          context.addIssue('each must look like name:token or name:token:UNIT_CODE');
          return z.NEVER;
        }
        tokens.push({ name, token, unit: unit === '' ? null : unit });
      }
      return tokens;
    })
    .describe(
      'Bearer tokens of the JSON API: name:token or name:token:UNIT_CODE (only that subtree), separated by commas',
    ),
  CLOCK_START: z
    .string()
    .trim()
    .default('')
    .refine((v) => v === '' || (/(Z|[+-]\d\d:?\d\d)$/.test(v) && !Number.isNaN(Date.parse(v))), {
      error: 'must be an ISO instant with offset, such as 2026-03-12T08:00:00+07:00',
    })
    .describe(
      'Instant at which the clock of the program starts, for rehearsals; empty: the real time, or 2026-03-12T08:00+07:00 in a fresh simulator',
    ),
  DEFAULT_LOCALE: z
    .enum(['vi', 'en'], { error: 'must be vi or en' })
    .default('vi')
    .describe('Language of people whose own is not known: vi or en'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info')
    .describe('Level of the log: fatal, error, warn, info, debug, trace or silent'),
  LOG_FILE: text('').describe(
    'File the log goes to instead of the standard output; the program runs on when it cannot be written',
  ),
  CHAIR_CONFIRMS: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      'on: the chair of a commune is asked to confirm its month; the sending counts for the deadline all the same',
    ),
  MONTH_DATA_FROM: integer(15, 1, 28).describe(
    'Day of the month before on which the data of a month begin (15: from the 15th to the 14th)',
  ),
  MONTH_OPENS: monthMoment('10T08:00').describe(
    'When a month opens for reports: day of the month and time in Viet Nam',
  ),
  MONTH_VILLAGE_DUE: monthMoment('17T17:00').describe('Deadline of villages for the month'),
  MONTH_VILLAGE_LOCK: monthMoment('18T17:00').describe('When reports of villages are locked'),
  MONTH_COMMUNE_DUE: monthMoment('19T17:00').describe(
    'Deadline of communes: before the 20th, so the 19th is the last day',
  ),
  MONTH_COMMUNE_LOCK: monthMoment('24T17:00').describe(
    'When reports of communes are locked: before the 25th, so the 24th is the last day',
  ),
  OPTIONAL_FIGURES: z
    .string()
    .trim()
    .default('')
    .transform((v, context) => {
      const on: Record<string, string[]> = {};
      for (const entry of commaList(v)) {
        const match = /^(\d{4}-(?:0[1-9]|1[0-2])):([a-z0-9_+]+)$/.exec(entry);
        if (!match) {
          context.addIssue(`«${entry}» must look like 2026-04:level2_activated+vneid_confirmed`);
          return z.NEVER;
        }
        on[match[1] as string] = (match[2] as string).split('+').filter(Boolean);
      }
      return on;
    })
    .describe(
      'Further figures asked in a period, such as 2026-04:level2_activated+vneid_confirmed; several periods separated by commas',
    ),
  PILOT_COMMUNES: z
    .string()
    .trim()
    .default('')
    .transform((v) => commaList(v))
    .describe('Codes of the pilot communes, separated by commas; empty until they are named'),
  REMIND_AT: timeOfDay('08:00').describe('Time of day at which reminders leave'),
  QUIET_HOURS: z
    .string()
    .trim()
    .default('21:00-06:30,11:30-13:30')
    .refine(
      (v) =>
        v === '' ||
        v.split(',').every((r) => /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(r.trim())),
      {
        error: 'must look like 21:00-06:30,11:30-13:30',
      },
    )
    .describe('Times of day, in Viet Nam, in which nobody is written to unasked'),
  UNDO_MINUTES: integer(10, 0, 1440).describe('Minutes in which a sent report can be taken back'),
  DRAFT_GRACE_MINUTES: integer(30, 0, 1440).describe(
    'No reminder while the report was touched in the last so many minutes',
  ),
  FAILPOINT: text('').describe(
    'Rehearsals only: kills the process at a named place, such as after_store:3 (after_store:3:later counts from the signal SIGUSR2 on), or when a word is handled, such as poison_dies:WORD; refused when NODE_ENV=production',
  ),
  PROCESSING: z
    .enum(['on', 'paused'], { error: 'must be on or paused' })
    .default('on')
    .describe(
      'Rehearsals only: paused stores and acknowledges what comes, and answers nobody; refused when NODE_ENV=production',
    ),
  BANNERS_FILE: text('').describe(
    'JSON file with dated sentences over named answers; a change counts at once; empty: banners.json in DATA_DIR',
  ),
  GATHER_MS: integer(2000, 0, 10_000).describe('How long an unfinished message waits for the rest'),
} as const;

export type RawVariables = { [K in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[K]> };

export interface Config extends Readonly<RawVariables> {
  readonly mode: 'live' | 'simulator';
  readonly embeddedStore: boolean;
  readonly production: boolean;
  /** Variables that are set and do nothing, since they belong to the channel that is not used. */
  readonly unused: readonly string[];
}

/**
 * The configuration out of an environment. Throws `config_invalid` with `faults`, one line per faulty variable,
 * all of them at once. Variables it does not know are left alone.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(VARIABLES)) {
    const raw = env[name];
    const parsed = schema.safeParse(
      raw === undefined || (raw.trim() === '' && name !== 'QUIET_HOURS' && name !== 'ZALO_PAID_PURPOSES')
        ? undefined
        : raw,
    );
    if (parsed.success) values[name] = parsed.data;
    else faults.push(...parsed.error.issues.map((issue) => `${name}: ${issue.message}`));
  }
  const raw = values as unknown as RawVariables;
  const production = env['NODE_ENV'] === 'production';
  const { mode, faults: ofChannel } = channelMode(env, raw);
  faults.push(...ofChannel);
  const embeddedStore = (env['MONGODB_URI'] ?? '').trim() === '';
  const hasRedis = (env['REDIS_URL'] ?? '').trim() !== '';
  if (!embeddedStore && !/^mongodb(\+srv)?:\/\//.test(raw.MONGODB_URI ?? ''))
    faults.push('MONGODB_URI: must begin with mongodb:// or mongodb+srv://');
  if (hasRedis && !/^rediss?:\/\//.test(raw.REDIS_URL ?? ''))
    faults.push('REDIS_URL: must begin with redis:// or rediss://');
  if (!embeddedStore && (env['ENCRYPTION_KEY'] ?? '').trim() === '')
    faults.push('ENCRYPTION_KEY: required with MONGODB_URI (make one with: openssl rand -base64 32)');
  if ((embeddedStore || !hasRedis) && raw.ROLE !== undefined && raw.ROLE !== 'all')
    faults.push(`ROLE: ${raw.ROLE} needs MONGODB_URI and REDIS_URL; with embedded stores only «all» works`);
  if (production && (env['CLOCK_START'] ?? '').trim() !== '')
    faults.push('CLOCK_START: refused when NODE_ENV=production');
  if (
    mode === 'simulator' &&
    raw.SIMULATOR_ON_NETWORK === 'off' &&
    raw.HOST !== undefined &&
    !isLoopback(raw.HOST)
  )
    faults.push(
      'HOST: without an account of Zalo the simulator runs, and it listens on loopback only; SIMULATOR_ON_NETWORK=on lets other machines in',
    );
  if (production && (env['FAILPOINT'] ?? '').trim() !== '')
    faults.push('FAILPOINT: refused when NODE_ENV=production');
  if (production && raw.PROCESSING === 'paused') faults.push('PROCESSING: refused when NODE_ENV=production');
  if (raw.FAILPOINT !== undefined && raw.FAILPOINT !== '' && !FAILPOINT.test(raw.FAILPOINT))
    faults.push('FAILPOINT: must look like after_store:3 or poison_dies:WORD');
  if (raw.ZALO_FREE_WINDOW_HOURS > raw.ZALO_ALLOWED_WINDOW_HOURS)
    faults.push('ZALO_FREE_WINDOW_HOURS: must not be longer than ZALO_ALLOWED_WINDOW_HOURS');
  if (faults.length > 0) throw new AppError('config_invalid', { faults });
  const unused = unusedVariables(env, raw.CHANNEL);
  return Object.freeze({ ...raw, mode, embeddedStore, production, unused });
}
