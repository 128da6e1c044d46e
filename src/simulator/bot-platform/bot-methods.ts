import type { Clock } from '../../kernel/clock';
import { MINUTE } from '../../kernel/vn-time';
import type { BotEmitter } from './bot-emitter';
import type { BotState } from './bot-state';
import { newBotMessageId } from './bot-updates';

/** The methods of the Bot Platform: what each takes, refuses and answers. */

export type Fields = Readonly<Record<string, unknown>>;

export type MethodAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error_code: number; readonly description: string };

/** A message that was accepted. */
export interface AcceptedBotSend {
  readonly user: string;
  readonly path: string;
  readonly body: unknown;
  readonly messageId: string;
  /** As the phone shows it. */
  readonly text: string;
}

export interface MethodsOptions {
  readonly state: BotState;
  readonly clock: Clock;
  readonly emitter: BotEmitter;
  /** Sends a minute; more are refused with 429. */
  readonly rate: () => number;
  readonly onAccepted: (send: Omit<AcceptedBotSend, 'path' | 'body'>) => void;
}

const TEXT_MAX = 2000;
const done = (result: unknown): MethodAnswer => ({ ok: true, result });
const refused = (error_code: number, description: string): MethodAnswer => ({
  ok: false,
  error_code,
  description,
});

/** By name; a method that is not here is answered with 404. */
export function botMethods(options: MethodsOptions): ReadonlyMap<string, (body: Fields) => MethodAnswer> {
  const { state, clock, emitter } = options;
  const takes = createRate(clock, options.rate);

  /** `check` answers what is wrong with the body, or what the phone shows. */
  function sending(check: (body: Fields) => { wrong: string } | { shown: string }) {
    return (body: Fields): MethodAnswer => {
      const { chat_id: chat } = body;
      if (typeof chat !== 'string' || chat === '') return refused(400, 'Bad Request: chat_id is empty');
      const checked = check(body);
      if ('wrong' in checked) return refused(400, `Bad Request: ${checked.wrong}`);
      const stored = state.chats.get(chat);
      if (!stored) return refused(404, 'Not Found: chat not found');
      if (stored.closed) return refused(403, 'Forbidden: bot was blocked by the user');
      if (!takes()) return refused(429, 'Too Many Requests');
      const messageId = newBotMessageId();
      if (checked.shown !== '') options.onAccepted({ user: chat, messageId, text: checked.shown });
      return done(checked.shown === '' ? true : { message_id: messageId, date: clock.now().getTime() });
    };
  }

  return new Map<string, (body: Fields) => MethodAnswer>([
    [
      'getMe',
      () =>
        done({ id: '1000000001', account_name: 'bot.bdhvs', account_type: 'BASIC', can_join_groups: false }),
    ],
    [
      'getUpdates',
      () => {
        if (state.webhook) return refused(400, 'Bad Request: getUpdates is unusable while a webhook is set');
        const update = emitter.pull();
        return update ? done(update) : refused(408, 'Request timeout');
      },
    ],
    [
      'setWebhook',
      ({ url, secret_token: secret }) => {
        if (typeof url !== 'string' || !isReachable(url))
          return refused(400, 'Bad Request: url must begin with https://');
        if (typeof secret !== 'string' || secret.length < 8 || secret.length > 256)
          return refused(400, 'Bad Request: secret_token must have 8 to 256 characters');
        const at = clock.now().getTime();
        state.record({ t: 'webhook', webhook: { url, secret, at } });
        return done({ url, updated_at: at });
      },
    ],
    [
      'deleteWebhook',
      () => {
        state.record({ t: 'webhook', webhook: null });
        return done({ url: '', updated_at: clock.now().getTime() });
      },
    ],
    [
      'getWebhookInfo',
      () => done({ url: state.webhook?.url ?? '', updated_at: state.webhook?.at ?? clock.now().getTime() }),
    ],
    ['sendMessage', sending(({ text }) => within(text, 1, 'text'))],
    [
      'sendPhoto',
      sending(({ photo, caption }) => {
        if (typeof photo !== 'string' || !/^https?:\/\/\S+$/.test(photo))
          return { wrong: 'photo is invalid' };
        const under = within(caption ?? '', 0, 'caption');
        return 'wrong' in under ? under : { shown: `[photo] ${photo}\n${under.shown}`.trim() };
      }),
    ],
    [
      'sendSticker',
      sending(({ sticker }) =>
        typeof sticker === 'string' && sticker !== ''
          ? { shown: '[sticker]' }
          : { wrong: 'sticker is empty' },
      ),
    ],
    [
      'sendVoice',
      sending(({ voice_url: voice }) =>
        typeof voice === 'string' && /^https?:\/\/\S+\.aac$/i.test(voice)
          ? { shown: `[voice] ${voice}` }
          : { wrong: 'voice_url is invalid' },
      ),
    ],
    [
      'sendChatAction',
      sending(({ action }) => (action === 'typing' ? { shown: '' } : { wrong: 'action is invalid' })),
    ],
  ]);
}

function within(text: unknown, least: number, field: string): { wrong: string } | { shown: string } {
  if (typeof text !== 'string') return { wrong: `${field} is invalid` };
  const points = [...text].length;
  if (points < least || (least > 0 && text.trim() === '')) return { wrong: `${field} is empty` };
  return points > TEXT_MAX ? { wrong: `${field} is longer than ${TEXT_MAX}` } : { shown: text };
}

/** The real platform takes https only; this one also what never leaves the machine. */
function isReachable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
  );
}

/** Counts sends of the present minute of the clock; false when there are too many. */
function createRate(clock: Clock, rate: () => number): () => boolean {
  let minute = 0;
  let used = 0;
  return () => {
    const now = Math.floor(clock.now().getTime() / MINUTE);
    if (now !== minute) [minute, used] = [now, 0];
    used += 1;
    return used <= rate();
  };
}
