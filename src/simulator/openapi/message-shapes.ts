import type { ShownButton, ShownMedia } from '../fake-zalo-facts';
import { isFields, isRefusal, points, refuse, type Fields, type Refusal } from './answers';
import { readButtons, readRowAction } from './buttons';

/**
 * Zalo's reading of one `message` object, the same for a person, a group and a visitor: is it well formed, and what
 * would be seen of it. It has no side effects; uploads are looked up by the caller's rule.
 */

/** What Zalo calls its echo: `oa_send_<echo>`. */
export type EchoKind = 'text' | 'image' | 'gif' | 'list' | 'file' | 'sticker';

export interface ReadMessage {
  readonly text: string;
  readonly buttons: readonly ShownButton[];
  readonly echo: EchoKind;
  /** Drawn by Zalo from a template, as messages with buttons and lists are. */
  readonly drawn: boolean;
  readonly media?: ShownMedia;
  readonly quote?: string;
}

export interface Shapes {
  /** The upload with this id, of this kind, still alive. */
  readonly upload: (id: string, kind: 'image' | 'gif' | 'file') => ShownMedia | Refusal;
  /** Whether lists are taken. */
  readonly lists: boolean;
}

export const TEXT_MAX = 2000;
const TEMPLATE_TYPES = [undefined, 'button', 'media', 'list', 'request_user_info'];

type Attached = Omit<ReadMessage, 'text' | 'quote'> & { readonly shown: string; readonly needsText: boolean };
const NOTHING: Attached = { shown: '', buttons: [], echo: 'text', drawn: false, needsText: true };

export function readMessage(message: unknown, shapes: Shapes): ReadMessage | Refusal {
  if (!isFields(message)) return refuse(-201, 'message is invalid');
  const attached = readAttachment(message['attachment'], shapes);
  if (isRefusal(attached)) return attached;
  const text = message['text'] ?? '';
  if (typeof text !== 'string') return refuse(-201, 'text is invalid');
  if (text.trim() === '' && attached.needsText) return refuse(-201, 'text is empty');
  if (points(text) > TEXT_MAX) return refuse(-210, 'text exceeds 2000 characters');
  if (text !== '' && attached.echo === 'file') return refuse(-201, 'a file has no text');
  const quote = message['quote_message_id'];
  if (quote !== undefined && typeof quote !== 'string') return refuse(-201, 'quote_message_id is invalid');
  const { shown, needsText: _, ...rest } = attached;
  return {
    ...rest,
    text: [text, shown].filter(Boolean).join('\n'),
    ...(quote === undefined ? {} : { quote }),
  };
}

function readAttachment(attachment: unknown, shapes: Shapes): Attached | Refusal {
  if (attachment === undefined || attachment === null) return NOTHING;
  if (!isFields(attachment) || !isFields(attachment['payload'])) return refuse(-201, 'attachment is invalid');
  const payload = attachment['payload'];
  if (attachment['type'] === 'file') return readFile(payload, shapes);
  if (attachment['type'] === 'image') return refuse(-201, 'attachment type is invalid');
  if (attachment['type'] !== 'template') return refuse(-233, 'message type is not supported');
  const type = payload['template_type'] as string | undefined;
  if (!TEMPLATE_TYPES.includes(type)) return refuse(-233, 'template type is not supported');
  const buttons = readButtons(payload['buttons']);
  if ('error' in buttons) return buttons;
  if (type === undefined || type === 'button')
    return buttons.length === 0 ? refuse(-201, 'buttons is empty') : { ...NOTHING, buttons, drawn: true };
  const { elements } = payload;
  if (!Array.isArray(elements) || elements.length === 0 || elements.length > 5 || !elements.every(isFields))
    return refuse(-201, 'elements is invalid');
  if (type === 'media') return readMedia(elements, buttons, shapes);
  if (type === 'list')
    return shapes.lists ? readList(elements, buttons) : refuse(-233, 'list is not supported');
  return readAskInfo(elements);
}

function readFile(payload: Fields, shapes: Shapes): Attached | Refusal {
  if (typeof payload['token'] !== 'string') return refuse(-201, 'token is invalid');
  const media = shapes.upload(payload['token'], 'file');
  if (isRefusal(media)) return media;
  return { shown: '', buttons: [], echo: 'file', drawn: false, needsText: false, media };
}

function readMedia(
  elements: readonly Fields[],
  buttons: readonly ShownButton[],
  shapes: Shapes,
): Attached | Refusal {
  const [element] = elements;
  if (elements.length !== 1 || !element) return refuse(-201, 'elements is invalid');
  const { media_type: kind, url, attachment_id: id, width, height } = element;
  if (kind !== 'image' && kind !== 'gif' && kind !== 'sticker') return refuse(-201, 'media_type is invalid');
  if ((url === undefined) === (id === undefined)) return refuse(-201, 'need one of url and attachment_id');
  if (url !== undefined && (kind === 'sticker' || typeof url !== 'string' || !/^https:\/\/\S+$/.test(url)))
    return refuse(-201, 'url is invalid');
  if (id !== undefined && typeof id !== 'string') return refuse(-201, 'attachment_id is invalid');
  if (kind === 'gif' && (typeof width !== 'number' || typeof height !== 'number'))
    return refuse(-201, 'width and height are required');
  const media = mediaOf(kind, url, id, shapes);
  if (isRefusal(media)) return media;
  return { shown: '', buttons, echo: kind, drawn: false, needsText: false, media };
}

function mediaOf(
  kind: 'image' | 'gif' | 'sticker',
  url: string | undefined,
  id: string | undefined,
  shapes: Shapes,
): ShownMedia | Refusal {
  if (url !== undefined) return { kind, url };
  if (kind === 'sticker') return { kind, name: id as string };
  return shapes.upload(id as string, kind);
}

function readList(elements: readonly Fields[], buttons: readonly ShownButton[]): Attached | Refusal {
  const rows: ShownButton[] = [];
  const lines: string[] = [];
  for (const [i, element] of elements.entries()) {
    const { title, subtitle, image_url: image, default_action: action } = element;
    if (typeof title !== 'string' || title.trim() === '') return refuse(-201, 'element title is empty');
    if (points(title) > 100) return refuse(-210, 'element title exceeds 100 characters');
    if (i === 0 && typeof subtitle !== 'string')
      return refuse(-201, 'subtitle of the first element is empty');
    if (typeof subtitle === 'string' && points(subtitle) > 500)
      return refuse(-210, 'element subtitle exceeds 500 characters');
    if (image !== undefined && !isWeb(image)) return refuse(-201, 'image_url is invalid');
    lines.push(typeof subtitle === 'string' ? `▸ ${title}\n${subtitle}` : `▸ ${title}`);
    if (action === undefined) continue;
    const row = readRowAction(title, action);
    if (isRefusal(row)) return row;
    rows.push(row);
  }
  const shown = lines.join('\n');
  return { shown, buttons: [...rows, ...buttons], echo: 'list', drawn: true, needsText: false };
}

function readAskInfo(elements: readonly Fields[]): Attached | Refusal {
  const [element] = elements;
  if (elements.length !== 1 || !element) return refuse(-201, 'elements is invalid');
  const { title, subtitle, image_url: image } = element;
  if (typeof title !== 'string' || title === '') return refuse(-201, 'element title is empty');
  if (typeof subtitle !== 'string' || subtitle === '') return refuse(-201, 'element subtitle is empty');
  if (points(title) > 100) return refuse(-210, 'element title exceeds 100 characters');
  if (points(subtitle) > 500) return refuse(-210, 'element subtitle exceeds 500 characters');
  if (!isWeb(image)) return refuse(-201, 'image_url is invalid');
  return { shown: `▸ ${title}\n${subtitle}`, buttons: [], echo: 'text', drawn: true, needsText: false };
}

function isWeb(url: unknown): boolean {
  return typeof url === 'string' && /^https:\/\/\S+$/.test(url);
}
