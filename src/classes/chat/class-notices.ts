import type { OutboundMessage } from '../../channels/channel';
import type { Words } from '../../kernel/i18n';
import type { UserKey } from '../../kernel/ids';
import { DAY, vnDay } from '../../kernel/vn-time';
import { moment } from '../../kernel/moment';
import type { WorkCalendar } from '../../kernel/work-calendar';
import { addressVars } from '../../org/chat/people';
import { unitNameOn } from '../../org/names';
import { mayReport } from '../../org/roles';
import type { OrgDirectory } from '../../org/directory';
import type { Enqueue, NewOutboxMessage } from '../../outbox/outbox-row';
import { OWNERS, type Owner } from '../../knowledge/article';
import type { TopicCount } from '../asked';
import type { ClassRecord } from '../class';
import { livePeople, type ClassView } from '../class-view';
import type { ClassNotices } from '../classes.service';
import { openText } from './open-questions';
import { proposalSay, proposedClassId, proposedPlace, type Proposal } from './proposal';
import { cancelledMessage, classButton, classLine, classTopic, movedMessage } from './class-texts';

export interface ClassNoticesDeps {
  readonly enqueue: Enqueue;
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesOf' | 'holdersOf'>;
  readonly calendar: Pick<WorkCalendar, 'nextWorkingTime'>;
  readonly wordsFor: (user: UserKey) => Words;
  readonly isMuted: (user: UserKey) => boolean;
  /** The title of an article. */
  readonly titleOf: (locale: string, topic: string) => string;
  /** Who answers for its text; null: no article has that topic. */
  readonly ownerOf: (topic: string) => Owner | null;
}

const WEEK = 7 * DAY;

/** How somebody is spoken to. */
export type Address = ReturnType<typeof addressVars>;

/** Tells people of classes. Each message is pointless once the class has begun, and is dropped then. */
export function createClassNotices(deps: ClassNoticesDeps) {
  const { enqueue, directory } = deps;

  const unitName = ({ unit, startsAt }: ClassRecord): string =>
    unitNameOn(directory.tree, unit, vnDay(startsAt));

  async function tell(
    users: readonly UserKey[],
    idOf: (user: UserKey) => string,
    at: Date,
    expiresAt: Date,
    messageTo: (words: Words, vars: Address) => OutboundMessage,
    notBefore: Date = at,
  ): Promise<void> {
    await enqueue(
      users.map((to): NewOutboxMessage => {
        const words = deps.wordsFor(to);
        const vars = addressVars(words, directory.officesOf(to, at)[0] ?? null);
        const id = idOf(to);
        return {
          ...{ id, to, purpose: 'notice', message: messageTo(words, vars), cause: id },
          ...{ createdAt: at, expiresAt, ...(notBefore > at ? { notBefore } : {}) },
        };
      }),
    );
  }

  /** The officers of a commune, else its chair. */
  function officersOf(commune: string): UserKey[] {
    const officers = directory.holdersOf(commune, ['commune_officer']);
    const told = officers.length > 0 ? officers : directory.holdersOf(commune, ['commune_chair']);
    return [...new Set(told.map(({ user }) => user))];
  }

  /** Who waits hears of a change only if it opens a seat. */
  const told = (view: ClassView): UserKey[] =>
    livePeople(view).filter((user) => view.seats.seatsOf.has(user));

  const notices: ClassNotices = {
    async moved(view, at, effectId) {
      const { record } = view;
      const id = (user: UserKey): string => `class-moved:${record.id}:${effectId}:${user}`;
      await tell(told(view), id, at, record.startsAt, (words, vars) =>
        movedMessage(words, vars, record, unitName(record)),
      );
    },

    async cancelled(view, at, effectId) {
      const { record } = view;
      const id = (user: UserKey): string => `class-cancelled:${record.id}:${effectId}:${user}`;
      await tell(told(view), id, at, record.startsAt, (words, vars) => cancelledMessage(words, vars, record));
    },

    async notHeld(view, at, effectId) {
      const { record } = view;
      const id = (user: UserKey): string => `class-not-held:${record.id}:${effectId}:${user}`;
      await tell(told(view), id, at, new Date(at.getTime() + DAY), (words, vars) =>
        cancelledMessage(words, vars, record, 'not_held'),
      );
    },

    async seated(view, users, at) {
      const { record } = view;
      const id = (user: UserKey): string => `class-seat:${record.id}:${user}`;
      await tell(users, id, at, record.startsAt, (words, vars) => ({
        kind: 'text',
        text: words.t('classes:told.seated', { ...vars, line: classLine(words, record, unitName(record)) }),
        buttons: [classButton(words, 'LOPDI', record.id, 'still_going'), leaveButton(words, record)],
      }));
    },

    async invite(record, users, at) {
      const id = (user: UserKey): string => `class-invite:${record.id}:${user}`;
      const free = users.filter((user) => !deps.isMuted(user));
      await tell(free, id, at, record.startsAt, (words, vars) => ({
        kind: 'text',
        text: words.t('classes:told.invited', { ...vars, line: classLine(words, record, unitName(record)) }),
        buttons: [
          classButton(words, 'LOPDK', record.id, 'sign_up'),
          { kind: 'reply', label: words.t('classes:buttons.no_invitations'), payload: '#LOPTHOIMOI' },
        ],
      }));
    },
  };

  return {
    ...notices,

    /** The evening before, once; whoever asked to be left alone hears nothing. */
    async remind(view: ClassView, users: readonly UserKey[], at: Date): Promise<void> {
      const { record } = view;
      const id = (user: UserKey): string =>
        `class-reminder:${record.id}:${record.startsAt.toISOString()}:${user}`;
      await tell(
        users.filter((user) => !deps.isMuted(user)),
        id,
        at,
        record.startsAt,
        (words, vars) => ({
          kind: 'text',
          text: words.t('classes:told.tomorrow', {
            ...vars,
            topic: classTopic(words, record),
            time: moment(words, record.startsAt),
            place: record.place ?? unitName(record),
          }),
          buttons: [classButton(words, 'LOPDI', record.id, 'still_going'), leaveButton(words, record)],
        }),
      );
    },

    /** To the officers of the commune: the question that most were stuck at last week, with a class for it. */
    async propose(
      proposal: Proposal,
      given: { readonly people: number; readonly startsAt: Date; readonly last: string | null },
      at: Date,
    ): Promise<void> {
      const { commune, week } = proposal;
      const users = officersOf(commune);
      const unit = unitNameOn(directory.tree, commune, vnDay(at));
      const id = (user: UserKey): string => `class-proposal:${commune}:${week}:${user}`;
      await tell(users, id, at, given.startsAt, (words, vars) => ({
        kind: 'text',
        text: proposalSay(words, vars, {
          ...given,
          title: deps.titleOf(words.locale, proposal.topic),
          place: proposedPlace(words, given.last, unit),
        }),
        buttons: [
          {
            kind: 'reply',
            label: words.t('classes:proposal.schedule'),
            payload: `#LOPDAT_${proposedClassId(proposal)}`,
          },
        ],
      }));
    },

    /** To the officers of the commune: what else people there were stuck at last week. */
    async tellOpen(week: string, commune: string, counts: readonly TopicCount[], at: Date): Promise<void> {
      const id = (user: UserKey): string => `class-questions:${commune}:${week}:${user}`;
      const unit = unitNameOn(directory.tree, commune, vnDay(at));
      await tell(officersOf(commune), id, at, new Date(at.getTime() + WEEK), (words, vars) => ({
        kind: 'text',
        text: openText(words, { ...vars, unit }, counts, deps.titleOf),
      }));
    },

    /** To those who answer for the articles: what the whole province was stuck at; what was not understood is the department's. */
    async tellOwners(week: string, counts: readonly TopicCount[], at: Date): Promise<void> {
      for (const owner of OWNERS) {
        const mine = counts.filter(({ topic }) => (deps.ownerOf(topic) ?? 'department') === owner);
        for (const root of mine.length === 0 ? [] : directory.tree.roots(vnDay(at))) {
          const users = [...new Set(directory.holdersOf(root.code, [owner]).map(({ user }) => user))];
          const id = (user: UserKey): string => `class-questions:${root.code}:${week}:${owner}:${user}`;
          const unit = unitNameOn(directory.tree, root.code, vnDay(at));
          await tell(users, id, at, new Date(at.getTime() + WEEK), (words, vars) => ({
            kind: 'text',
            text: openText(words, { ...vars, unit }, mine, deps.titleOf, 'owner'),
          }));
        }
      }
    },

    /** After the class, whoever announced it is asked for one number: a head in their hours, an officer on a working day. */
    async askNumber(view: ClassView, at: Date, expiresAt: Date): Promise<void> {
      const { record, seats } = view;
      const id = (): string => `class-number:${record.id}:${record.startsAt.toISOString()}`;
      const leads = directory.officesOf(record.by, at).some(({ role }) => mayReport(role));
      const asked = leads ? at : deps.calendar.nextWorkingTime(at);
      const until = new Date(Math.max(expiresAt.getTime(), asked.getTime() + DAY));
      const message = (words: Words, vars: Address): OutboundMessage => ({
        kind: 'text',
        text: words.t('classes:told.number', {
          ...vars,
          topic: classTopic(words, record),
          time: moment(words, record.startsAt),
          signed: seats.seated + seats.waiting,
        }),
        buttons: [
          classButton(words, 'LOPSO', record.id, 'give_number'),
          classButton(words, 'LOPKHONG', record.id, 'not_held'),
        ],
      });
      await tell([record.by], id, at, until, message, asked);
    },
  };
}

function leaveButton(words: Words, { id }: ClassRecord) {
  return classButton(words, 'LOPTHOI', id, 'leave');
}
