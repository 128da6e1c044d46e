/**
 * Our message → the body Zalo takes. Whatever comes in, what goes out keeps Zalo's limits: texts in NFC and cut by code
 * points, at most five buttons, each of a kind and length Zalo accepts. A button that would say something else when cut
 * (its payload or address too long) is left out.
 */
import { channelUserId, type UserKey } from '../../kernel/ids';
import type { Button, ChannelLimits, OutboundMessage, TemplateData } from '../channel';
import { PATHS, type ConsultationBody, type TemplateBody, type WireButton } from './wire';

export const ZALO_LIMITS: ChannelLimits = { textMax: 2000, buttonsMax: 5, buttonLabelMax: 100 };
const PAYLOAD_MAX = 1000;
const TEMPLATE_VALUE_MAX = 400;

export type Rendered =
  | { readonly family: 'oa'; readonly path: typeof PATHS.consultation; readonly body: ConsultationBody }
  | { readonly family: 'zns'; readonly path: typeof PATHS.template; readonly body: TemplateBody };

/** Null when nothing would be left to send, or the person is not one of this channel. */
export function render(to: UserKey, message: OutboundMessage): Rendered | null {
  const user = channelUserId(to);
  if (!/^[\w-]{1,64}$/.test(user)) return null;
  if (message.kind === 'template') {
    const body = {
      user_id: user,
      template_id: message.templateId,
      template_data: templateData(message.data),
    };
    return { family: 'zns', path: PATHS.template, body };
  }
  const text = fitted(message.text, ZALO_LIMITS.textMax);
  if (text === '') return null;
  const buttons = (message.buttons ?? []).flatMap(wireButton).slice(0, ZALO_LIMITS.buttonsMax);
  const attachment = { type: 'template', payload: { buttons } } as const;
  const body = {
    recipient: { user_id: user },
    message: buttons.length > 0 ? { text, attachment } : { text },
  };
  return { family: 'oa', path: PATHS.consultation, body };
}

function wireButton(button: Button): WireButton[] {
  const title = fitted(button.label, ZALO_LIMITS.buttonLabelMax);
  if (title === '') return [];
  switch (button.kind) {
    case 'reply': {
      const payload = clean(button.payload);
      if (payload === '' || length(payload) > PAYLOAD_MAX) return [];
      return [{ title, type: 'oa.query.hide', payload }];
    }
    case 'open_url':
      if (!/^https?:\/\//.test(button.url) || !URL.canParse(button.url) || button.url.length > PAYLOAD_MAX)
        return [];
      return [{ title, type: 'oa.open.url', payload: { url: button.url } }];
    case 'call': {
      const phone = button.phone.replace(/\D/g, '').replace(/^0/, '84');
      return /^\d{3,15}$/.test(phone)
        ? [{ title, type: 'oa.open.phone', payload: { phone_code: phone } }]
        : [];
    }
  }
}

function templateData(data: TemplateData): Record<keyof TemplateData, string> {
  const value = (text: string): string => fitted(text.replace(/\s+/g, ' '), TEMPLATE_VALUE_MAX);
  return {
    ten: value(data.ten),
    don_vi: value(data.don_vi),
    ky: value(data.ky),
    han: value(data.han),
    noi_dung: value(data.noi_dung),
  };
}

/** The text in NFC, at most `max` code points; what was cut ends in an ellipsis, at a word's end where one is near. */
function fitted(text: string, max: number): string {
  const whole = clean(text);
  if (length(whole) <= max) return whole;
  const points = Array.from(whole).slice(0, max - 1);
  const space = points.lastIndexOf(' ');
  const kept = space > max * 0.9 ? points.slice(0, space) : points;
  return `${kept.join('').trimEnd()}…`;
}

function clean(text: string): string {
  return text
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '')
    .normalize('NFC')
    .trim();
}

function length(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}
