/**
 * The Zalo channel: one message out, and what became of it in the words of `SendResult`. A send that may have arrived is
 * never repeated here. What is repeated, Zalo has certainly not done: a call with a refused token, a form that Zalo does
 * not take (once more in the plainer form), a file that Zalo has thrown away (once more, uploaded anew).
 */
import type { Clock } from '../../kernel/clock';
import { messageOf } from '../../kernel/errors';
import type { UserKey } from '../../kernel/ids';
import type { Logger } from '../../observability/logger';
import type { Channel, OutboundMessage, SendResult } from '../channel';
import { readAddress, type Address } from './address';
import { createCaller, type CallerOptions, type Counted } from './api/caller';
import { sendMessage } from './api/messages';
import type { UploadKind } from './api/uploads';
import type { AssetRepo } from './assets.repo';
import { classify } from './errors';
import { lookUp } from './history';
import type { ApiAnswer } from './openapi';
import { CHANNEL } from './parse-event';
import { createRefusals, type Refusals } from './refusals';
import { render, ZALO_LIMITS, type Rendered, type RenderOptions, type RiskyForm } from './render';
import { alert, DOWN, refused, resultOf, resultWithoutToken } from './send-results';
import { createTemplateKeys, type TemplateKeys } from './template-keys';
import { createUploads, type MediaReader, type Uploads } from './uploads';

export interface ZaloChannelOptions extends CallerOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly random?: () => number;
  /** Files of ours; without them only media on the web can be sent. */
  readonly media?: MediaReader;
  readonly assets?: AssetRepo;
  /** The phone number of an address as `84…`, for templates by phone; null where none is known. Never kept or logged. */
  readonly phoneOf?: (to: UserKey) => Promise<string | null>;
  /** Whether templates are compared with what Zalo says they take; needs the business host. */
  readonly askTemplates?: boolean;
  /** Of templates by phone: `1` within the quota, `3` beyond it. */
  readonly sendingMode?: '1' | '3';
}

interface Parts extends ZaloChannelOptions {
  readonly caller: ReturnType<typeof createCaller>;
  readonly uploads: Uploads | null;
  readonly templates: TemplateKeys | null;
  readonly refusals: Refusals;
  /** Forms that Zalo has refused since the start. */
  readonly without: Set<RiskyForm>;
}

/** Calls of one send that the sender has counted. */
const COUNTED = 1;
const PARAMETER_CODES = new Set([-201, -203, -233]);
const ASSET_GONE = -100;
const PHONE = /^84\d{8,10}$/;

export function createZaloChannel(options: ZaloChannelOptions): Channel {
  const { clock, log, media, assets } = options;
  const caller = createCaller(options);
  const parts: Parts = {
    ...options,
    caller,
    uploads: media && assets ? createUploads({ caller, assets, media, clock, log }) : null,
    templates: options.askTemplates ? createTemplateKeys({ caller, clock, log }) : null,
    refusals: createRefusals(log),
    without: new Set(),
  };
  return {
    name: CHANNEL,
    limits: ZALO_LIMITS,
    send: (to, message, still) => send(parts, to, message, still && { still }),
    lookUp: (to, message, since) => lookUp(parts, to, message, since),
  };
}

/** `mine.still` is asked before each call that brings the message. */
type Mine = Pick<Counted, 'still'>;

async function send(
  parts: Parts,
  to: UserKey,
  message: OutboundMessage,
  mine: Mine = {},
): Promise<SendResult> {
  const address = readAddress(to);
  if (address === null) return refused('nothing_to_send');
  try {
    const file = fileOf(message);
    if (file !== null) return await sendFile(parts, address, message, file, mine);
    const options = await optionsFor(parts, to, message);
    return 'outcome' in options ? options : (await sendAs(parts, address, message, options, mine)).result;
  } catch (error) {
    return resultWithoutToken(error);
  }
}

/** What else must be known to write it; or at once what becomes of it. */
async function optionsFor(
  parts: Parts,
  to: UserKey,
  message: OutboundMessage,
): Promise<RenderOptions | SendResult> {
  if (message.kind !== 'template') return { without: parts.without };
  const templateKeys = (await parts.templates?.of(message.templateId)) ?? undefined;
  for (const { name } of templateKeys?.filter(({ required }) => required) ?? []) {
    const value = Object.entries(message.data).find(([key]) => key === name)?.[1] as string | undefined;
    // A template that asks for what we never have is mended by whoever chose it; an empty value is our own fault.
    if (value === undefined) return alert('template');
    if (value.trim() === '') return refused('template_data');
  }
  const known = { without: parts.without, ...(templateKeys ? { templateKeys } : {}) };
  if (message.by !== 'phone') return known;
  let phone: string | null;
  try {
    phone = (await parts.phoneOf?.(to)) ?? null;
  } catch (error) {
    parts.log.error({ reason: messageOf(error) }, 'a phone number could not be read');
    return { outcome: 'retry', afterMs: DOWN, detail: 'phone number not readable now' };
  }
  if (phone === null || !PHONE.test(phone))
    return { outcome: 'unreachable', detail: refused('no_phone').detail };
  return { ...known, phone, ...(parts.sendingMode ? { sendingMode: parts.sendingMode } : {}) };
}

interface Tried {
  readonly result: SendResult;
  readonly answer?: ApiAnswer;
}

/** In the richest form Zalo takes: where it refuses a risky one, in the next plainer. */
async function sendAs(
  parts: Parts,
  to: Address,
  message: OutboundMessage,
  options: RenderOptions,
  mine: Mine,
): Promise<Tried> {
  const rendered = render(to, message, options);
  if (rendered === null) return { result: refused('nothing_to_send') };
  return sendRendered(parts, rendered, { left: COUNTED, ...mine });
}

async function sendRendered(parts: Parts, rendered: Rendered, counted: Counted): Promise<Tried> {
  const answer = await sendMessage(parts.caller, rendered, counted);
  const risk = rendered.family === 'oa' && isFormRefused(answer) ? rendered.risk : undefined;
  if (!risk) return { answer, result: resultFor(parts, rendered, answer) };
  const plain = await sendRendered(parts, risk.plainer, counted);
  // Taken without it, or refused as a kind: it was the form, and the next person is spared the detour. A quote is
  // refused for its own age only.
  const wasTheForm = plain.answer?.outcome === 'ok' || (answer.outcome === 'code' && answer.code === -233);
  if (risk.form !== 'quote' && wasTheForm) forgo(parts, risk.form);
  return plain;
}

function isFormRefused(answer: ApiAnswer): boolean {
  return answer.outcome === 'code' && PARAMETER_CODES.has(answer.code);
}

function forgo(parts: Parts, form: RiskyForm): void {
  parts.without.add(form);
  parts.log.warn(
    { form },
    'zalo does not take this form of message, it is sent in a plainer one from now on',
  );
}

function resultFor(parts: Parts, rendered: Rendered, answer: ApiAnswer): SendResult {
  if (answer.outcome === 'code') {
    const error = classify(rendered.family, answer.code, answer.text);
    parts.refusals.note(rendered.family, error, answer.text, rendered.body);
  }
  return resultOf(parts, rendered.family, answer);
}

interface File {
  readonly kind: UploadKind;
  readonly file: string;
  readonly shownAs?: string;
}

function fileOf(message: OutboundMessage): File | null {
  if (message.kind === 'file') return { kind: 'file', file: message.file.file, shownAs: message.name };
  return message.kind === 'image' && 'file' in message.image
    ? { kind: 'image', file: message.image.file }
    : null;
}

async function sendFile(
  parts: Parts,
  to: Address,
  message: OutboundMessage,
  file: File,
  mine: Mine,
): Promise<SendResult> {
  const { uploads } = parts;
  if (uploads === null) return refused('file_missing');
  const once = async (): Promise<Tried & { asset?: string }> => {
    const up = await uploads.assetOf(file.kind, file.file, file.shownAs);
    switch (up.outcome) {
      case 'asset':
        return {
          asset: up.asset,
          ...(await sendAs(parts, to, message, { without: parts.without, asset: up.asset }, mine)),
        };
      case 'unfit':
        return { result: refused(up.reason) };
      case 'later':
        return { result: { outcome: 'retry', afterMs: DOWN, detail: 'media not readable now' } };
      case 'failed':
        return { result: notUploaded(parts, up.answer) };
    }
  };
  const first = await once();
  const gone = first.answer?.outcome === 'code' && first.answer.code === ASSET_GONE;
  if (!gone || first.asset === undefined) return first.result;
  await uploads.forget(file.kind, file.file, first.asset, file.shownAs);
  return (await once()).result;
}

/** The person has got nothing, so even an upload without an answer may be tried again. */
function notUploaded(parts: Parts, answer: ApiAnswer): SendResult {
  if (answer.outcome === 'unknown') return { outcome: 'retry', afterMs: DOWN, detail: answer.detail };
  if (answer.outcome === 'code')
    parts.refusals.note('oa', classify('oa', answer.code, answer.text), answer.text, {});
  return resultOf(parts, 'oa', answer);
}
