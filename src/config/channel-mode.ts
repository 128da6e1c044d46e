import type { RawVariables } from './config';

/**
 * Which messenger carries the talk, and whether it is the real one. Each messenger has variables of its own: all of
 * them set means live, none the simulator, some of them is a mistake. Variables of the other messenger are left alone,
 * but where they are the only ones set, a simulator would come up in place of the account that was meant: refused.
 */

const ACCOUNT = ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_ID', 'ZALO_OA_SECRET_KEY'] as const;
const BOT = ['ZALO_BOT_TOKEN', 'ZALO_BOT_SECRET_TOKEN'] as const;
const KEYS = { zalo: ACCOUNT, 'zalo-bot': BOT } as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** The mode, and one line for each mistake. `raw` may lack values that are faulty themselves. */
export function channelMode(
  env: Environment,
  raw: Partial<RawVariables>,
): { readonly mode: 'live' | 'simulator'; readonly faults: readonly string[] } {
  const channel = raw.CHANNEL ?? 'zalo';
  const missing = KEYS[channel].filter((key) => !isSet(env, key));
  const faults: string[] = [];
  if (missing.length > 0 && missing.length < KEYS[channel].length) faults.push(incomplete(channel, missing));
  const unused = unusedVariables(env, channel);
  if (missing.length === KEYS[channel].length && unused.length > 0)
    faults.push(
      `CHANNEL: is ${channel}, but only variables of the other channel are set (${unused.join(', ')}); set CHANNEL=${other(channel)}, or empty them for the simulator`,
    );
  const mode = missing.length === 0 ? 'live' : 'simulator';
  if (channel === 'zalo-bot' && mode === 'live') faults.push(...botFaults(raw));
  return { mode, faults };
}

/** Variables that are set and belong to the messenger that is not used; those with a default of their own aside. */
export function unusedVariables(env: Environment, channel: RawVariables['CHANNEL']): string[] {
  return KEYS[other(channel)].filter((key) => isSet(env, key));
}

function incomplete(channel: RawVariables['CHANNEL'], missing: readonly string[]): string {
  const all = KEYS[channel];
  const whole =
    all.length === 2
      ? `both of ${all.join(' and ')} for the real bot`
      : `all four of ${all.join(', ')} for the real account`;
  return `${missing.join(', ')}: missing; set ${whole}, or none for the simulator`;
}

/** The values themselves are secrets and stay out of the message. */
function botFaults(raw: Partial<RawVariables>): string[] {
  const { ZALO_BOT_TOKEN: token = '', ZALO_BOT_SECRET_TOKEN: secret = '', PUBLIC_URL: address } = raw;
  const faults: string[] = [];
  if (!/^\d+:[\w-]+$/.test(token))
    faults.push('ZALO_BOT_TOKEN: must look like 1234567890:letters, as the Bot Manager gave it');
  if (!/^[\x21-\x7e]{8,256}$/.test(secret))
    faults.push(
      'ZALO_BOT_SECRET_TOKEN: must have 8 to 256 letters, digits or signs, no spaces (make one with: openssl rand -hex 32)',
    );
  const isReal = raw.ZALO_BOT_API_URL?.startsWith('https://') !== false;
  if (isReal && address !== undefined && !address.startsWith('https://'))
    faults.push(
      'PUBLIC_URL: must be the https address under which the internet reaches this program; the Zalo Bot Platform brings messages to nothing else',
    );
  return faults;
}

function other(channel: RawVariables['CHANNEL']): RawVariables['CHANNEL'] {
  return channel === 'zalo' ? 'zalo-bot' : 'zalo';
}

function isSet(env: Environment, key: string): boolean {
  return (env[key] ?? '').trim() !== '';
}
