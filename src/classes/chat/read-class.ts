import { foldText, normalText } from '../../kernel/vn-text';
import { readOccasion, type Occasion } from '../../understanding/occasion';
import { topicBegins } from '../topics';
import {
  ANNOUNCE,
  CAPACITY,
  CHANGE,
  COLON,
  PEOPLE,
  PLACE,
  RECORDED,
  ROUGHLY,
  SMALL,
  TEACHES,
} from './class-vocabulary';

/**
 * What people write about a class in one line: «mở lớp 19:30 thứ Năm 19/3 nhà văn hóa: quên mật khẩu VNeID», «dời lớp 2
 * sang thứ Sáu 20/3: mất điện», «buổi học 32 người nhà văn hóa tối qua an toàn mạng». What is not said stays null and is
 * asked; nothing is made up. Pure.
 */

export interface ReadAnnouncement {
  readonly when: Occasion;
  readonly place: string | null;
  readonly topic: string | null;
  readonly capacity: number | null;
  /** «Dự kiến»: signing up does not begin yet. */
  readonly planned: boolean;
}

/** A change of one class: which, by its number in the list, to when and why. */
export interface ReadChange {
  readonly act: 'move' | 'cancel' | 'open';
  /** Its place in the list; null: not said. */
  readonly number: number | null;
  readonly when: Occasion;
  readonly reason: string | null;
}

export interface ReadRecorded {
  readonly people: number;
  readonly when: Occasion;
  readonly place: string | null;
  readonly topic: string | null;
}

export function readAnnouncement(text: string, now: Date): ReadAnnouncement | null {
  const found = ANNOUNCE.exec(tidy(text));
  if (!found) return null;
  const { head: whole, tail } = atColon(found[2] ?? '');
  const head = whole.replace(ROUGHLY, ' ; ');
  const limit = CAPACITY.exec(head);
  const when = readOccasion(head.replace(CAPACITY, ' ; '), now);
  const { place, topic } = placeAndTopic(when.rest, tail);
  return {
    when,
    place,
    topic,
    capacity: limit ? Number(limit[1] ?? limit[2]) : null,
    planned: found[1] !== undefined,
  };
}

export function readChange(text: string, now: Date): ReadChange | null {
  const found = CHANGE.exec(tidy(text));
  if (!found) return null;
  const verb = foldText(found[1] ?? '');
  const { head, tail } = atColon(found[2] ?? '');
  const because = /(?:^|[\s,])(?:vì|vi|do)\s+(.+)$/iu.exec(head);
  const body = because ? head.slice(0, because.index) : head;
  const number = /^\s*(?:số\s*|so\s*)?([1-9]\d?)(?=\s|$|[,.])(?!\s*(?:giờ|gio|h|g)(?!\p{L}))/iu.exec(body);
  const when = readOccasion(number ? body.slice(number[0].length) : body, now);
  const act = verb.startsWith('huy') ? 'cancel' : verb.startsWith('mo') ? 'open' : 'move';
  const reason = tail ?? because?.[1] ?? null;
  return { act, number: number ? Number(number[1]) : null, when, reason: reason === '' ? null : reason };
}

export function readRecorded(text: string, now: Date): ReadRecorded | null {
  const [, said = ''] = RECORDED.exec(tidy(text)) ?? [];
  const people = PEOPLE.exec(said);
  if (!people) return null;
  const around = `${said.slice(0, people.index)} ; ${said.slice(people.index + people[0].length)}`;
  const { head, tail } = atColon(around.replace(/;\s*$/, ''));
  const when = readOccasion(head.replaceAll(';', ' , '), now);
  const pieces = when.rest.flatMap((piece) => piece.split(',')).map((piece) => piece.trim());
  // A plan is not a fact, and without a day or a place it is the figure of a month.
  if (/dự kiến|du kien|sẽ |(?<!\p{L})se /iu.test(said)) return null;
  const { place, topic } = placeAndTopic(pieces, tail);
  if (when.day === null && place === null) return null;
  return { people: Number(people[1]), when, place, topic };
}

function tidy(text: string): string {
  return normalText(text).normalize('NFC').replace(/\s+/g, ' ').trim();
}

function atColon(text: string): { readonly head: string; readonly tail: string | null } {
  const at = text.search(COLON);
  return at < 0
    ? { head: text, tail: null }
    : { head: text.slice(0, at), tail: text.slice(at + 1).replace(/^[\s,;.]+|[\s;]+$/g, '') };
}

/** Which of the pieces is where, and which is what; a place that runs into the name of a content is parted there. */
function placeAndTopic(
  pieces: readonly string[],
  said: string | null,
): { place: string | null; topic: string | null } {
  let place: string | null = null;
  const named = said?.replace(/[\s,;.]+$/, '') ?? '';
  let topic = named === '' ? null : named;
  for (const piece of pieces) {
    const bare = piece.replace(SMALL, '').trim();
    if (bare === '') continue;
    const teaches = topic === null && PLACE.test(bare) ? TEACHES.exec(bare) : null;
    const begins = topic === null ? topicBegins(foldText(bare)) : -1;
    if (teaches) {
      place ??= bare.slice(0, teaches.index);
      topic = bare.slice(teaches.index + teaches[0].length).trim();
    } else if (PLACE.test(bare) && begins > 0) {
      place ??= bare
        .slice(0, begins)
        .replace(SMALL, '')
        .replace(/[\s,]+$/, '');
      topic = bare.slice(begins).trim();
    } else if (PLACE.test(bare) || (topic !== null && place === null)) place ??= bare;
    else topic ??= bare;
  }
  return { place, topic };
}
