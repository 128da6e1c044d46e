import { clean, length } from './text';
import type { OutboundMessage } from './channel';

/** A cut earlier than this part of the room would make one message too many. */
const LEAST = 0.5;

/**
 * The text, NFC, in pieces of at most `max` code points: cut at the end of a line, else of a sentence, else between two
 * words, else anywhere. Nothing but white space at the cuts is lost; an empty text has no pieces.
 */
export function splitText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = clean(text);
  while (rest !== '') {
    if (length(rest) <= max) {
      pieces.push(rest);
      break;
    }
    const room = Array.from(rest).slice(0, max).join('');
    const at = cutAt(room, rest);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return pieces.filter((piece) => piece !== '');
}

function cutAt(room: string, whole: string): number {
  const least = room.length * LEAST;
  const line = room.lastIndexOf('\n');
  if (line >= least) return line;
  const sentence = [...room.matchAll(/[.!?…](?=\s)/g)].at(-1);
  if (sentence && sentence.index >= least) return sentence.index + 1;
  // The room may end exactly where a word does.
  if (/\s/.test(whole.charAt(room.length))) return room.length;
  const space = Math.max(room.lastIndexOf(' '), line);
  return space >= least ? space : room.length;
}

/**
 * A message as the messages it must become, in order, where its text is longer than the channel takes: the picture and
 * the quote stand with the first, the buttons under the last. One that fits stays as it is. Whoever sends them writes a
 * row for each, so that a broken send repeats only its own part; what is handed to a channel whole is cut there.
 */
export function splitMessage(message: OutboundMessage, textMax: number): OutboundMessage[] {
  if (message.kind !== 'text' && message.kind !== 'image') return [message];
  // NFC makes no text longer than three times: most need no closer look.
  if ((message.text ?? '').length * 3 <= textMax) return [message];
  const parts = splitText(message.text ?? '', textMax);
  if (parts.length <= 1) return [message];
  const { text: _whole, buttons, ...first } = message;
  return parts.map((text, i): OutboundMessage => {
    const begun: OutboundMessage = i === 0 ? { ...first, text } : { kind: 'text', text };
    return i === parts.length - 1 && buttons ? { ...begun, buttons } : begun;
  });
}
