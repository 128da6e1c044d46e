import type { Button, OutboundMessage } from '../channels/channel';
import type { Say, Tap } from './dialog';

/** No bubble of ours is longer, in code points (product 4.8); the channel itself would take more. */
export const BUBBLE_MAX = 480;

/** No screen of ours has more buttons (product 4.8); the channel itself would take one more. */
export const BUTTONS_MAX = 4;

/** How the text is put for one person, in bubbles. */
export type Spoken = (text: string) => readonly string[];

/**
 * What is said as messages of at most `BUBBLE_MAX` code points, cut at line ends; the buttons stand under the last.
 * A single line that is too long is cut at a space. `digits`: a number typed now is the choice of that place. Choices that
 * find no room among the buttons stand under the text by their number, or word, and are typed.
 */
export function toMessages(
  say: Say,
  screen: { dialog: string; ref: string; turn: number; digits?: boolean },
  spoken: Spoken = (text) => bubbles(text),
): OutboundMessage[] {
  const all = say.choices ?? [];
  const rest = all.slice(BUTTONS_MAX).map(({ label }, i) => {
    return screen.digits && screen.dialog !== '' ? `${BUTTONS_MAX + i + 1}. ${label}` : `– ${label}`;
  });
  const parts = spoken([say.text, ...rest].join('\n'));
  let place = 0;
  const buttons = all.slice(0, BUTTONS_MAX).map((choice): Button => {
    if (choice.link && 'url' in choice.link)
      return { kind: 'open_url', label: choice.label, url: choice.link.url };
    if (choice.link) return { kind: 'call', label: choice.label, phone: choice.link.phone };
    const payload =
      choice.command ??
      payloadOf({ dialog: screen.dialog || 'menu', ref: screen.ref, turn: screen.turn, choice: choice.id });
    place += 1;
    return { kind: 'reply', label: choice.label, payload, ...(screen.digits ? { digit: place } : {}) };
  });
  return parts.map((text, i) =>
    i === parts.length - 1 && buttons.length > 0 ? { kind: 'text', text, buttons } : { kind: 'text', text },
  );
}

/** The text in pieces of at most `max` code points, NFC, cut at line ends where there are any. */
export function bubbles(text: string, max = BUBBLE_MAX): string[] {
  const out: string[] = [];
  let current = '';
  for (const line of text
    .normalize('NFC')
    .split('\n')
    .flatMap((l) => wrap(l, max))) {
    const joined = current === '' ? line : `${current}\n${line}`;
    if ([...joined].length <= max) {
      current = joined;
      continue;
    }
    if (current.trim() !== '') out.push(current.trim());
    current = line;
  }
  if (current.trim() !== '') out.push(current.trim());
  return out;
}

function wrap(line: string, max: number): string[] {
  const points = [...line];
  const out: string[] = [];
  while (points.length > max) {
    const space = points.lastIndexOf(' ', max - 1);
    out.push(
      points
        .splice(0, space > 0 ? space : max)
        .join('')
        .trim(),
    );
  }
  out.push(points.join('').trim());
  return out;
}

/**
 * Payloads of hidden buttons: `#<dialog>|<ref>|<turn>|<choice>`. They carry no secret and no trust — a person can type
 * one — only which screen they belong to, so that an old one can explain itself.
 */
export function payloadOf(tap: Tap): string {
  return `#${tap.dialog}|${tap.ref}|${tap.turn}|${tap.choice}`.toUpperCase();
}

/** The tap a text stands for; null for anything a person would type. Upper and lower case are the same. */
export function readPayload(text: string): Tap | null {
  const match = /^#([a-z][a-z-]*)\|([^|]*)\|(\d{1,9})\|([a-z0-9_]+)$/i.exec(text.trim());
  if (!match) return null;
  const [, dialog = '', ref = '', turn = '0', choice = ''] = match;
  return {
    dialog: dialog.toLowerCase(),
    ref: ref.toLowerCase(),
    turn: Number(turn),
    choice: choice.toUpperCase(),
  };
}

/** What a tap on the choice would say that this message shows under a digit; null: it shows none so. */
export function payloadUnder(message: OutboundMessage | null, digit: number): string | null {
  if (message === null || !('buttons' in message)) return null;
  for (const button of message.buttons ?? [])
    if (button.kind === 'reply' && button.digit === digit) return button.payload;
  return null;
}
