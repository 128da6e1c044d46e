/**
 * Our message → the calls it becomes, in the order in which they must be made. The platform has no buttons, no files of
 * ours and no templates: choices become lines of text that say what to type, pictures go by their address,
 * and what cannot be said in words is not sent. Whatever comes in, no text is longer than the platform takes.
 */
import { channelUserId, channelWord, type UserKey } from '../../kernel/ids';
import type { Button, ChannelLimits, Media, OutboundMessage } from '../channel';
import { clean } from '../text';
import { CHANNEL, GROUP, ID } from './parse-update';
import { splitText } from '../split-text';
import { TEXT_MAX, type BotCall } from './wire';

/** No buttons of its own: as many as there are become lines. */
export const BOT_LIMITS: ChannelLimits = {
  textMax: TEXT_MAX,
  buttonsMax: 0,
  buttonLabelMax: 100,
  windows: false,
};

/** Null when nothing of it can be said here. */
export function render(to: UserKey, message: OutboundMessage): readonly BotCall[] | null {
  const chat = chatOf(to);
  if (chat === null) return null;
  switch (message.kind) {
    case 'text':
      return texts(chat, [message.text, choiceLines(message.buttons, message.text)]);
    case 'image':
      return picture(chat, message.image, [message.text, choiceLines(message.buttons, message.text)]);
    case 'ask_info':
      return texts(chat, [message.title, message.subtitle]);
    case 'file':
    case 'template':
      return null;
  }
}

/** The platform's id of the chat; null when the address is not of this channel. */
function chatOf(to: UserKey): string | null {
  const word = channelWord(to);
  const id = channelUserId(to);
  return (word === CHANNEL || word === GROUP) && ID.test(id) ? id : null;
}

function texts(chat: string, blocks: readonly (string | undefined)[]): BotCall[] | null {
  const parts = splitText(joined(blocks), TEXT_MAX);
  if (parts.length === 0) return null;
  return parts.map((text) => ({ method: 'sendMessage', body: { chat_id: chat, text } }));
}

/** The first part stands under the picture. One that is only a file of ours cannot be shown; its words still go. */
function picture(chat: string, media: Media, blocks: readonly (string | undefined)[]): BotCall[] | null {
  const photo =
    'url' in media && /^https?:\/\//.test(media.url) && URL.canParse(media.url) ? media.url : null;
  if (photo === null) return texts(chat, blocks);
  const [caption, ...rest] = splitText(joined(blocks), TEXT_MAX);
  return [
    {
      method: 'sendPhoto',
      body: caption === undefined ? { chat_id: chat, photo } : { chat_id: chat, photo, caption },
    },
    ...rest.map((text): BotCall => ({ method: 'sendMessage', body: { chat_id: chat, text } })),
  ];
}

function joined(blocks: readonly (string | undefined)[]): string {
  return blocks
    .map((block) => clean(block ?? ''))
    .filter((block) => block !== '')
    .join('\n\n');
}

/**
 * «1. Gửi» where the digit answers. Where a number means something else, or stands before something else in the text,
 * the words themselves are to be typed; what the text already numbers so is not said again.
 */
function choiceLines(buttons: readonly Button[] = [], text = ''): string {
  const lines: string[] = [];
  const words: string[] = [];
  for (const button of buttons) {
    const label = oneLine(button.label);
    if (label === '') continue;
    if (button.kind === 'open_url') lines.push(`${label}: ${oneLine(button.url)}`);
    else if (button.kind === 'call') lines.push(`${label}: ${dialled(button.phone)}`);
    else {
      const numbered = button.digit === undefined ? null : lineNumbered(clean(text), button.digit);
      if (numbered?.startsWith(label.toLowerCase())) continue;
      if (button.digit !== undefined && numbered === null) lines.push(`${button.digit}. ${label}`);
      else words.push(`«${label}»`);
    }
  }
  if (words.length > 0) lines.unshift(words.join(' · '));
  return lines.join('\n');
}

/** What the text itself has behind this number at the beginning of a line, in small letters; null when it has no such line. */
function lineNumbered(text: string, digit: number): string | null {
  return new RegExp(`^\\s*${digit}[.)]\\s+(.*)$`, 'm').exec(text)?.[1]?.toLowerCase() ?? null;
}

function oneLine(text: string): string {
  return clean(text.replace(/\s+/g, ' '));
}

/** As it is dialled in Viet Nam. */
function dialled(phone: string): string {
  return phone.replace(/[^\d+]/g, '').replace(/^\+?84(?=\d{8,})/, '0');
}
