/**
 * Our message → the body Zalo takes. Whatever comes in, what goes out keeps Zalo's limits: texts in NFC and cut by code
 * points, at most five buttons, each of a kind and length Zalo accepts. A button that would say something else when cut
 * (its payload or address too long) is left out. Where Zalo may refuse a form that it does not promise to take (a quote,
 * buttons under a picture), the plainer form stands behind it.
 */
import { never } from '../../kernel/lists';
import type { Button, ChannelLimits, Media, OutboundMessage } from '../channel';
import type { Address } from './address';
import { clean, fitted, fittedLine, length } from '../text';
import { withoutMentions } from './mentions';
import { renderTemplate, type TemplateOptions, type TemplateRendered } from './render-template';
import { type ConsultationBody, PATHS, type WireButton, type WireMedia, type WireMessage } from './wire';

const BUTTONS_MAX = 5;
const BUTTON_LABEL_MAX = 100;
const PAYLOAD_MAX = 1000;

export const ZALO_LIMITS: ChannelLimits = {
  textMax: 2000,
  buttonsMax: BUTTONS_MAX,
  buttonLabelMax: BUTTON_LABEL_MAX,
};
const TITLE_MAX = 100;
const SUBTITLE_MAX = 500;

/** A part of a message that Zalo may refuse although all is well. */
export type RiskyForm = 'quote' | 'media_buttons';

export type Rendered =
  | {
      readonly family: 'oa';
      readonly path: string;
      readonly body: ConsultationBody;
      /** What is risky in it, and the same message without that. */
      readonly risk?: { readonly form: RiskyForm; readonly plainer: Rendered };
    }
  | TemplateRendered;

export interface RenderOptions extends TemplateOptions {
  /** Forms not to be tried, since they were refused before. */
  readonly without: ReadonlySet<RiskyForm>;
  /** What Zalo calls the file of the message, once uploaded: an attachment id, or the token of a document. */
  readonly asset?: string;
}

/** Null when nothing would be left to send, or such a message cannot go to such an address. */
export function render(to: Address, message: OutboundMessage, options: RenderOptions): Rendered | null {
  switch (message.kind) {
    case 'text':
      return talk(to, textMessage(to, message.text, message.buttons), message.quote, options);
    case 'image':
      return image(to, message, options);
    case 'file': {
      if (!options.asset) return null;
      const attachment = { type: 'file', payload: { token: options.asset } } as const;
      return talk(to, { attachment }, undefined, options);
    }
    case 'ask_info':
      return askInfo(to, message, options);
    case 'template':
      return renderTemplate(to, message, options);
    default:
      return never(message);
  }
}

/** One of the messages that are talk, to whoever may be talked with; `null` stays null. */
function talk(
  to: Address,
  message: WireMessage | null,
  quote: string | undefined,
  options: RenderOptions,
): Extract<Rendered, { family: 'oa' }> | null {
  if (message === null) return null;
  const quoted = quote !== undefined && to.kind !== 'visitor' && isId(quote) && !options.without.has('quote');
  if (quoted) {
    const plainer = talk(to, message, undefined, options);
    const whole = talk(to, { ...message, quote_message_id: quote }, undefined, options);
    return whole && plainer && { ...whole, risk: { form: 'quote', plainer } };
  }
  switch (to.kind) {
    case 'person':
      return oa(PATHS.consultation, { recipient: { user_id: to.userId }, message });
    case 'group':
      return oa(PATHS.groupMessage, { recipient: { group_id: to.groupId }, message });
    case 'visitor': {
      const recipient = { anonymous_id: to.anonymousId, conversation_id: to.conversationId };
      return oa(PATHS.anyMessage, { recipient, message });
    }
    case 'member':
      return null;
  }
}

function oa(path: string, body: ConsultationBody): Extract<Rendered, { family: 'oa' }> {
  return { family: 'oa', path, body };
}

/** Groups and visitors see no buttons: addresses and numbers become lines of the text. */
function textMessage(to: Address, text: string, buttons: readonly Button[] = []): WireMessage | null {
  if (to.kind !== 'person') {
    const lines = [text, ...buttons.flatMap(buttonLine)].join('\n');
    const plain = bubble(lines);
    return plain === '' ? null : { text: plain };
  }
  const words = bubble(text);
  if (words === '') return null;
  const wire = wireButtons(buttons);
  if (wire.length === 0) return { text: words };
  return { text: words, attachment: { type: 'template', payload: { buttons: wire } } };
}

function bubble(text: string): string {
  return fitted(withoutMentions(clean(text)), ZALO_LIMITS.textMax);
}

function image(
  to: Address,
  message: Extract<OutboundMessage, { kind: 'image' }>,
  options: RenderOptions,
): Rendered | null {
  const media = mediaOf(message.image, options.asset);
  if (media === null) return null;
  const element = { media_type: 'image', ...media } as const;
  const lines = [message.text ?? '', ...(message.buttons ?? []).flatMap(buttonLine)].join('\n');
  const plainer = talk(to, withMedia(element, lines), message.quote, options);
  const buttons = to.kind === 'person' ? wireButtons(message.buttons ?? []) : [];
  if (buttons.length === 0 || options.without.has('media_buttons') || plainer === null) return plainer;
  const { attachment, ...rest } = withMedia(element, message.text);
  const payload = { ...(attachment?.payload as object), buttons };
  const rich = { ...rest, attachment: { type: 'template', payload } } as const;
  const whole = talk(to, rich, undefined, options);
  return whole && { ...whole, risk: { form: 'media_buttons', plainer } };
}

function withMedia(element: WireMedia, text = ''): WireMessage {
  const words = bubble(text);
  const attachment = { type: 'template', payload: { template_type: 'media', elements: [element] } } as const;
  return words === '' ? { attachment } : { text: words, attachment };
}

function mediaOf(
  media: Media,
  asset: string | undefined,
): { url: string } | { attachment_id: string } | null {
  if (asset) return { attachment_id: asset };
  const url = 'url' in media ? webAddress(media.url) : null;
  return url === null ? null : { url };
}

function askInfo(
  to: Address,
  message: Extract<OutboundMessage, { kind: 'ask_info' }>,
  options: RenderOptions,
): Rendered | null {
  const title = fittedLine(message.title, TITLE_MAX);
  const subtitle = fittedLine(message.subtitle, SUBTITLE_MAX);
  const picture = webAddress(message.imageUrl);
  if (to.kind !== 'person' || title === '' || subtitle === '' || picture === null) return null;
  const payload = {
    template_type: 'request_user_info',
    elements: [{ title, subtitle, image_url: picture }],
  } as const;
  return talk(to, { attachment: { type: 'template', payload } }, undefined, options);
}

function isId(text: string): boolean {
  return /^[^\s\p{Cc}\p{Cs}]{1,256}$/u.test(text);
}

/** The buttons in the order given, at most five. One that would say something else when cut is left out. */
export function wireButtons(buttons: readonly Button[]): WireButton[] {
  return buttons.flatMap(wireButton).slice(0, BUTTONS_MAX);
}

function wireButton(button: Button): WireButton[] {
  const title = fitted(button.label, BUTTON_LABEL_MAX);
  if (title === '') return [];
  switch (button.kind) {
    case 'reply': {
      const payload = payloadOf(button.payload);
      return payload === null ? [] : [{ title, ...payload }];
    }
    case 'open_url': {
      const url = webAddress(button.url);
      return url === null ? [] : [{ title, type: 'oa.open.url', payload: { url } }];
    }
    case 'call': {
      const phone = phoneCode(button.phone);
      return phone === null ? [] : [{ title, type: 'oa.open.phone', payload: { phone_code: phone } }];
    }
  }
}

/** A button as a line of text, where no buttons can stand; what only a tap can say is left out. */
export function buttonLine(button: Button): string[] {
  const label = fitted(button.label, BUTTON_LABEL_MAX);
  switch (button.kind) {
    case 'reply':
      return [];
    case 'open_url':
      return webAddress(button.url) === null ? [] : [`${label}: ${button.url}`];
    case 'call':
      return phoneCode(button.phone) === null ? [] : [`${label}: ${button.phone}`];
  }
}

/** Commands of ours begin with `#` and are not shown in the chat; an answer in words is, as if it had been typed. */
function payloadOf(text: string): { type: 'oa.query.show' | 'oa.query.hide'; payload: string } | null {
  const payload = clean(text);
  if (payload === '' || length(payload) > PAYLOAD_MAX) return null;
  return { type: payload.startsWith('#') ? 'oa.query.hide' : 'oa.query.show', payload };
}

/** Null unless it is an address of the web of bearable length. */
export function webAddress(url: string): string | null {
  return /^https?:\/\//.test(url) && URL.canParse(url) && url.length <= PAYLOAD_MAX ? url : null;
}

function phoneCode(phone: string): string | null {
  const digits = phone.replace(/\D/g, '').replace(/^0/, '84');
  return /^\d{3,15}$/.test(digits) ? digits : null;
}
