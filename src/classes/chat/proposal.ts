import type { Turn } from '../../conversation/dialog';
import type { Words } from '../../kernel/i18n';
import type { WorkCalendar } from '../../kernel/work-calendar';
import type { DialogDeps } from '../../dialogs/deps';
import { placeName } from '../../org/chat/people';
import { proposedStart } from '../asked';
import { DAY } from '../../kernel/vn-time';
import { moment } from '../../kernel/moment';
import { classIdOf, type ClassRecord } from '../class';
import { weekOf } from '../../reporting/periods';
import { unitsLed } from './leading';

/** A class proposed for a question that many were stuck at: what the officer reads is what one tap makes. */

export interface Proposal {
  readonly week: string;
  readonly commune: string;
  /** The article's id. */
  readonly topic: string;
}

/** Names the proposal in a button and is the id of its class: two officers who tap make one. */
export function proposedClassId({ week, commune, topic }: Proposal): string {
  return classIdOf(`proposal:${week}:${commune}:${topic}`);
}

/** The proposal behind a button, with how many asked: one of the last weeks, of a commune that the person leads. */
export async function findProposal(
  turn: Turn<DialogDeps>,
  id: string,
): Promise<(Proposal & { readonly people: number }) | null> {
  const communes = unitsLed(turn).filter(({ level }) => level === 'commune');
  for (const weeksAgo of [1, 0, 2])
    for (const { code: commune } of communes) {
      const week = weekOf(new Date(turn.at.getTime() - weeksAgo * 7 * DAY));
      const counts = await turn.deps.classes.askedIn(week, commune);
      const found = counts.find(({ topic }) => proposedClassId({ week, commune, topic }) === id);
      if (found) return { week, ...found };
    }
  return null;
}

/** Where it would be: where the commune last had a class, else its house of culture. */
export function proposedPlace(words: Words, last: string | null, unit: string): string {
  return last ?? words.t('classes:proposal.place', { unit });
}

export function proposalSay(
  words: Words,
  vars: Readonly<Record<string, string>>,
  given: { readonly people: number; readonly title: string; readonly startsAt: Date; readonly place: string },
): string {
  return words.t('classes:proposal.text', {
    ...vars,
    count: given.people,
    title: given.title,
    time: moment(words, given.startsAt),
    place: given.place,
  });
}

/** The class that a tap makes, for the week in which it was proposed. */
export function proposedRecord(
  turn: Turn<DialogDeps>,
  proposal: Proposal,
  given: {
    readonly asked: number;
    readonly title: string;
    readonly place: string;
    readonly calendar: WorkCalendar;
  },
): ClassRecord {
  return {
    ...{ id: proposedClassId(proposal), unit: proposal.commune, topic: given.title, place: given.place },
    startsAt: proposedStart(given.calendar, turn.at),
    ...{ capacity: null, planned: false, announced: true, moved: null, cancelled: null, attended: null },
    ...{ teacher: null, question: { topic: proposal.topic, asked: given.asked } },
    ...{ by: turn.user, at: turn.at, version: 1 },
  };
}

export function titleOf(turn: Turn<DialogDeps>, topic: string): string {
  const found = turn.deps.articles(turn.words.locale).find(({ id }) => id === topic);
  return found?.title ?? turn.words.t('classes:asked.other');
}

export function unitOf(turn: Turn<DialogDeps>, commune: string): string {
  return placeName(turn.deps, commune, turn.at);
}
