import { randomUUID } from 'node:crypto';
import { readConsentReturn, type ConsentReturn } from '../channels/zalo/consent';
import {
  createOAuth,
  pkceChallenge,
  pkceVerifier,
  type OAuth,
  type TokenAnswer,
} from '../channels/zalo/oauth';
import type { Config } from '../config/config';
import { Dictionary, type Vars, type Words } from '../kernel/i18n';
import { silentLog } from '../observability/logger';
import { loadLocales } from './load-locales';
import { openProgramClock } from './program-clock';
import { openKey } from './open-key';
import { openToolStore } from './tool-store';
import { openZaloTokens } from './zalo-tokens';

export interface Terminal {
  say(line: string): void;
  /** What the operator types; empty when there is nobody. */
  ask(question: string): Promise<string>;
}

/**
 * The way of an operator through Zalo's consent, from the link to the stored pair. Everything is said in both languages,
 * that of DEFAULT_LOCALE first. Answers the exit code; unless that is 0 nothing was changed. The store is opened only when
 * the address is there, so that a program may be started while somebody looks for the administrator.
 */
export async function zaloLogin(config: Config, terminal: Terminal): Promise<number> {
  const inBoth = languages(config);
  const say = speaker(inBoth, terminal);
  const { ZALO_APP_ID: appId, ZALO_APP_SECRET: appSecret, ZALO_OA_ID: oaId } = config;
  if ([appId, appSecret, oaId, config.ZALO_OA_SECRET_KEY].includes('')) return say('account:login.simulator');
  const callback = config.ZALO_CALLBACK_URL || config.PUBLIC_URL;
  if (callback === '') return say('account:login.no_callback');

  const verifier = config.ZALO_PKCE_VERIFIER || pkceVerifier();
  const state = randomUUID();
  const oauth = createOAuth({
    baseUrl: config.ZALO_OAUTH_URL,
    appId,
    appSecret,
    timeoutMs: config.ZALO_TIMEOUT_MS,
  });
  say('account:login.open');
  terminal.say(`\n   ${oauth.consentUrl(callback, pkceChallenge(verifier), state)}\n`);
  say('account:login.copy');
  const pasted = await terminal.ask(`   ${inBoth[0].t('account:login.address')}: `);
  if (pasted.trim() === '') return say('account:login.nothing');
  const back = readConsentReturn(pasted);
  if (back === null) return say('account:login.unreadable');

  if (back.oaId !== null && back.oaId !== oaId)
    return say('account:login.other_account', { chosen: back.oaId, expected: oaId });
  if (back.state !== null && back.state !== state) {
    // A link that the console makes carries the console's own state; the fixed verifier ties the code to us all the same.
    if (config.ZALO_PKCE_VERIFIER === '') return say('account:login.other_link');
    say('account:login.state_of_console');
  }
  const { code } = back;
  if (code === null) return sayRefusal(say, back);
  if (back.oaId === null) say('account:login.account_unsaid');

  const answer = await exchangeAndStore(config, oauth, () => oauth.exchange(code, verifier));
  if (answer.outcome === 'unknown') return say('account:login.no_answer', { detail: answer.detail });
  if (answer.outcome !== 'pair')
    return say('account:login.gave_nothing', (words) => ({
      code: answer.code,
      reason: words.t(answer.words),
    }));
  say('account:login.stored');
  return 0;
}

async function exchangeAndStore(
  config: Config,
  oauth: OAuth,
  exchange: () => Promise<TokenAnswer>,
): Promise<TokenAnswer> {
  const store = await openToolStore(config);
  try {
    const tokens = await openZaloTokens({
      config,
      connection: store.connection,
      clock: openProgramClock(config).clock,
      key: await openKey(config, store),
      log: silentLog,
      oauth,
      oaId: config.ZALO_OA_ID,
      tool: true,
    });
    return await tokens.link(exchange);
  } finally {
    await store.stop();
  }
}

/** An address without a code: refused by Zalo or by a person, or not the address at all. */
function sayRefusal(say: Say, { refusal, oaId, state }: ConsentReturn): number {
  if (refusal === null && oaId === null && state === null) return say('account:login.unreadable');
  return say('account:login.refused', (words) => ({
    said: refusal ?? words.t('account:login.refused_silently'),
  }));
}

type Say = (key: string, vars?: Vars | ((words: Words) => Vars)) => 1;

/** Says a sentence in both languages; answers 1, the exit code of whoever has nothing more to say. */
function speaker(inBoth: readonly Words[], terminal: Pick<Terminal, 'say'>): Say {
  return (key, vars = {}) => {
    for (const [i, words] of inBoth.entries())
      terminal.say(`${i === 0 ? '' : '  '}${words.t(key, typeof vars === 'function' ? vars(words) : vars)}`);
    return 1;
  };
}

function languages(config: Config): readonly [Words, Words] {
  const dictionary = new Dictionary(loadLocales());
  const first = config.DEFAULT_LOCALE;
  return [dictionary.in(first), dictionary.in(first === 'vi' ? 'en' : 'vi')];
}
