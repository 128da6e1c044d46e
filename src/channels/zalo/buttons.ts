import type { Button } from '../channel';
import { clean, fitted, length } from '../text';
import type { WireButton } from './wire';

export const BUTTONS_MAX = 5;
export const BUTTON_LABEL_MAX = 100;
export const PAYLOAD_MAX = 1000;

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
