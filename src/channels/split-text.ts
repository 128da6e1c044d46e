import { clean, length } from './text';

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
