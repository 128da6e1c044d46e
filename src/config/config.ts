import { z } from 'zod';
import { AppError } from '../kernel/errors';
import { commaList } from '../kernel/lists';
import { isLoopback } from '../kernel/loopback';
import { channelMode, unusedVariables } from './channel-mode';
import { TEMPLATE_PURPOSES } from './purposes';

/**
 * The configuration: every variable the program reads, with its default, its check and one line of help.
 * `.env.example` holds the same lines; a conformance test compares them. Nothing else reads `process.env`.
 */

const text = (fallback: string) => z.string().trim().default(fallback);
const integer = (fallback: number, min: number, max: number) =>
  z
    .string()
    .trim()
    .default(String(fallback))
    .refine((v) => /^-?\d+$/.test(v) && Number(v) >= min && Number(v) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number);
const url = (fallback: string) =>
  z
    .string()
    .trim()
    .default(fallback)
    .refine((v) => v === '' || URL.canParse(v), { error: 'must be a URL such as https://example.vn' })
    .transform((v) => v.replace(/\/+$/, ''));
/** `17T17:00`: a day of the month and a time of day in Viet Nam. */
const monthMoment = (fallback: string) =>
  z
    .string()
    .trim()
    .default(fallback)
    .refine((v) => /^(0?[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d$/.test(v), {
      error: 'must look like 17T17:00 (day of the month 1-28, then the time of day)',
    })
    .transform((v) => {
      const [day, clock] = v.split('T') as [string, string];
      const [hour, minute] = clock.split(':').map(Number) as [number, number];
      return { day: Number(day), hour, minute };
    });
const timeOfDay = (fallback: string) =>
  z
    .string()
    .trim()
    .default(fallback)
    .refine((v) => /^([01]\d|2[0-3]):[0-5]\d$/.test(v), { error: 'must look like 08:00' })
    .transform((v) => {
      const [hour, minute] = v.split(':').map(Number) as [number, number];
      return { hour, minute };
    });

/** Places by count, poisons by word; several with commas. */
const FAILPOINT =
  /^(?:(?:^|,)(?:[a-z_]+:[1-9]\d{0,6}(?::later)?|poison_(?:throws|spins|hangs|dies):[^\s,]+))+$/;

export const VARIABLES = {
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
  ZALO_APP_ID: text('').describe(
    'Zalo app id; the four of app id, app secret, OA id and OA secret key come together or not at all',
  ),
  ZALO_APP_SECRET: text('').describe('Zalo app secret, for the token endpoint'),
  ZALO_OA_ID: text('').describe('Id of the Official Account'),
  ZALO_OA_SECRET_KEY: text('').describe(
    'OA secret key, for webhook signatures; two, separated by a comma, during a rotation',
  ),
  ZALO_OPENAPI_URL: url('https://openapi.zalo.me').describe('Zalo OA API'),
  ZALO_OAUTH_URL: url('https://oauth.zaloapp.com').describe('Zalo OAuth'),
  ZALO_BUSINESS_URL: url('https://business.openapi.zalo.me').describe(
    'Zalo template messages by phone number',
  ),
  ZALO_ACCESS_TOKEN: text('').describe('First access token, used only while the token store is empty'),
  ZALO_REFRESH_TOKEN: text('').describe('First refresh token, used only while the token store is empty'),
  ZALO_CALLBACK_URL: text('').describe(
    'Callback address saved in the Zalo console, letter by letter; empty means PUBLIC_URL',
  ),
  ZALO_PKCE_VERIFIER: text('').describe(
    'Fixed PKCE verifier when the console fixes the challenge; empty: a fresh one per log-in',
  ),
  ZALO_APPSECRET_PROOF: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('off')
    .describe('Whether calls carry appsecret_proof; on only when it is switched on for the app as well'),
  ZALO_SITE_VERIFICATION: z
    .string()
    .trim()
    .default('')
    .transform((v) => commaList(v).map((code) => code.replace(/^zalo_verifier(.+?)(?:\.html)?$/, '$1')))
    .refine((codes) => codes.every((code) => /^[\w-]{1,128}$/.test(code)), {
      error: 'must be codes of letters, digits, - and _, separated by commas',
    })
    .describe(
      'Codes with which Zalo verifies the domain: /zalo_verifierCODE.html and the home page show them; separated by commas',
    ),
  ZALO_TEMPLATES: z
    .string()
    .trim()
    .default('')
    .transform((v, context) => {
      const found: Record<string, string> = {};
      for (const pair of commaList(v)) {
        const match = /^([a-z_]+):([\w-]+)$/.exec(pair);
        if (!match || !(TEMPLATE_PURPOSES as readonly string[]).includes(match[1] ?? '')) {
          context.addIssue(
            `«${pair}» must look like purpose:template_id with one of the purposes ${TEMPLATE_PURPOSES.join(', ')}`,
          );
          return z.NEVER;
        }
        found[match[1] as string] = match[2] as string;
      }
      return found;
    })
    .describe(
      'Approved templates, purpose:template_id pairs separated by commas; purposes period_opening, reminder, returned, directive, notice',
    ),
  ZALO_PAID_PURPOSES: z
    .string()
    .trim()
    .default('period_opening,reminder,returned,directive,notice')
    .refine(
      (v) =>
        v === '' || v.split(',').every((p) => (TEMPLATE_PURPOSES as readonly string[]).includes(p.trim())),
      {
        error: `must be purposes out of ${TEMPLATE_PURPOSES.join(', ')}, separated by commas`,
      },
    )
    .transform(commaList)
    .describe('Purposes that may cost money: sent between the free window and the end of the allowed window'),
  ZALO_FREE_WINDOW_HOURS: integer(48, 1, 720).describe(
    'Hours after a person wrote in which messages are free',
  ),
  ZALO_ALLOWED_WINDOW_HOURS: integer(168, 1, 8760).describe(
    'Hours after a person wrote in which messages are accepted at all',
  ),
  ZALO_REQUESTS_PER_MINUTE: integer(100, 1, 1_000_000).describe(
    'Limit of requests to Zalo, shared by all workers',
  ),
  ZALO_TIMEOUT_MS: integer(8000, 100, 10_000).describe('How long an answer of Zalo is waited for'),
  CHANNEL: z
    .enum(['zalo', 'zalo-bot'], { error: 'must be zalo or zalo-bot' })
    .default('zalo')
    .describe('Messenger that carries the talk: zalo (Official Account) or zalo-bot (Zalo Bot Platform)'),
  ZALO_BOT_TOKEN: text('').describe('Token of the bot on the Zalo Bot Platform; only with CHANNEL=zalo-bot'),
  ZALO_BOT_SECRET_TOKEN: text('').describe(
    'Secret that the Zalo Bot Platform sends with each webhook, 8 to 256 characters; only with CHANNEL=zalo-bot',
  ),
  ZALO_BOT_API_URL: url('https://bot-api.zaloplatforms.com').describe('Zalo Bot Platform API'),
  HUMAN_TAKEOVER_MINUTES: integer(30, 0, 10_080).describe(
    'Minutes for which the bot keeps silent in a talk after a person of the office wrote in OA Manager',
  ),
  HANDOVER_PROMISE_MINUTES: integer(60, 5, 2_400).describe(
    'Minutes of working time within which somebody of the office is to answer a person who asked for one',
  ),
  ZALO_PHONE_TEMPLATES: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .describe(
      'Whether a template goes by phone number to members who cannot be reached by their Zalo user id',
    ),
  ZALO_MONTHLY_BUDGET_VND: integer(0, 0, 1_000_000_000).describe(
    'Most that messages may cost in a calendar month, in VND; 0 means no limit is set',
  ),
  OUTBOX_KEEP_DAYS: integer(400, 31, 36_500).describe(
    'Days for which finished messages are kept, as evidence of what was sent',
  ),
  ZALO_PRICE_MESSAGE_VND: integer(55, 0, 1_000_000).describe(
    'Price of a message in the paid window beyond the allowance of the package',
  ),
  ZALO_PRICE_TEMPLATE_VND: integer(200, 0, 1_000_000).describe('Price of a template sent by user id'),
  ZALO_PRICE_PHONE_TEMPLATE_VND: integer(200, 0, 1_000_000).describe(
    'Price of a template sent by phone number',
  ),
  ZALO_GROUP_MESSAGES: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .describe(
      'Whether the bot writes in groups; Zalo has promised that to be free only until 31 December 2026, so watch the bill after that',
    ),
  ZALO_GROUP_ADMINS: z
    .string()
    .trim()
    .default('')
    .transform((v) => commaList(v))
    .refine((ids) => ids.every((id) => /^[\w-]{1,64}$/.test(id)), {
      error: 'must be user ids of Zalo, separated by commas',
    })
    .describe(
      "Zalo user ids, as the account knows them, of the account's own administrators; they sit in every group of a commune; separated by commas; empty: no groups are made",
    ),
  ZALO_PRICE_GROUP_MESSAGE_VND: integer(0, 0, 1_000_000).describe(
    'Price of a message in a group from 1 January 2027 on; counted in the monthly budget',
  ),
  ZALO_MEDIA_HOSTS: text('zdn.vn').describe(
    'Hosts, with everything below them, from which photos and files of people are fetched; separated by commas; machines of the own network only by their IP address',
  ),
  ZALO_GROUP_OPENS_WINDOW: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('off')
    .describe('Whether a word in a group counts as an interaction of its sender, which one source says'),
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
