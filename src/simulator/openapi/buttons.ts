import type { ShownButton } from '../fake-zalo-facts';
import { isFields, isRefusal, points, refuse, type Refusal } from './answers';

/** Buttons of a message and what a tap on a list's row does, read as strictly as Zalo reads them. */

const TYPES = ['oa.query.show', 'oa.query.hide', 'oa.open.url', 'oa.open.phone', 'oa.open.sms'];
const TITLE_MAX = 100;
const PAYLOAD_MAX = 1000;
const SMS_MAX = 160;

export function readButtons(raw: unknown): readonly ShownButton[] | Refusal {
  if (raw === undefined || raw === null) return [];
  if (!Array.isArray(raw)) return refuse(-201, 'buttons is invalid');
  if (raw.length > 5) return refuse(-201, 'buttons exceeds 5');
  const buttons: ShownButton[] = [];
  for (const button of raw) {
    const read = readButton(button);
    if (isRefusal(read)) return read;
    buttons.push(read);
  }
  return buttons;
}

function readButton(button: unknown): ShownButton | Refusal {
  if (!isFields(button)) return refuse(-201, 'button is invalid');
  const { title, type, payload } = button;
  if (typeof title !== 'string' || title.trim() === '') return refuse(-201, 'button title is empty');
  if (points(title) > TITLE_MAX) return refuse(-210, 'button title exceeds 100 characters');
  if (!isType(type)) return refuse(-201, 'button type is invalid');
  const leads = readLead(type, payload);
  return typeof leads === 'string' ? { title, type, payload: leads } : leads;
}

/** The action of a list's row: the address of a page stands in `url` itself, not in a payload. */
export function readRowAction(title: string, action: unknown): ShownButton | Refusal {
  if (!isFields(action) || !isType(action['type'])) return refuse(-201, 'default_action is invalid');
  const { type } = action;
  const leads = readLead(type, type === 'oa.open.url' ? { url: action['url'] } : action['payload']);
  return typeof leads === 'string' ? { title, type, payload: leads } : leads;
}

function isType(type: unknown): type is ShownButton['type'] {
  return typeof type === 'string' && TYPES.includes(type);
}

function readLead(type: ShownButton['type'], payload: unknown): string | Refusal {
  if (type === 'oa.query.show' || type === 'oa.query.hide') {
    if (typeof payload !== 'string' || payload === '') return refuse(-201, 'button payload is invalid');
    return points(payload) > PAYLOAD_MAX ? refuse(-210, 'button payload exceeds 1000 characters') : payload;
  }
  if (!isFields(payload)) return refuse(-201, 'button payload is invalid');
  if (type === 'oa.open.url') {
    const { url } = payload;
    return typeof url === 'string' && /^https?:\/\/\S+$/.test(url)
      ? url
      : refuse(-201, 'button url is invalid');
  }
  const { phone_code: phone, content } = payload;
  if (typeof phone !== 'string' || !/^84\d{7,12}$/.test(phone))
    return refuse(-201, 'button phone_code is invalid');
  if (type !== 'oa.open.sms') return phone;
  if (typeof content !== 'string') return refuse(-201, 'button content is invalid');
  return points(content) > SMS_MAX ? refuse(-210, 'button content exceeds 160 characters') : phone;
}
