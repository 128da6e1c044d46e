import type { UserKey } from '../kernel/ids';

/**
 * Directives: what one office asks of many, by when, and what became of it at each of them. A recipient is an office (a
 * unit), never a person. This file is what a directive and a recipient are; `ladder` says when somebody hears of it
 * again, `progress` counts, `service` writes. Pure. The folder imports kernel, jobs, org, audit, outbox and contacts.
 */

/**
 * `draft` → `waiting` (for the second key) → `scheduled` (until its time) → `issued` → `superseded`, `recalled` or `closed`. A
 * refused one is a draft again.
 */
export const DIRECTIVE_STATES = [
  'draft',
  'waiting',
  'scheduled',
  'issued',
  'superseded',
  'recalled',
  'closed',
] as const;
export type DirectiveState = (typeof DIRECTIVE_STATES)[number];

export const URGENCIES = ['normal', 'urgent', 'critical'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** What an office said last. `none`: nothing yet. */
export type Answer = 'none' | 'acknowledged' | 'doing' | 'done' | 'stuck' | 'not_mine';
export type Said = Exclude<Answer, 'none'>;

/** How far the message came. `held`: its commune has it first. Received and seen events are hints only. */
export type Reached = 'held' | 'queued' | 'sent' | 'delivered' | 'seen' | 'unreachable';

/** When an answer came: in time, after the deadline, after the directive was replaced, or after it ended. */
export type AnswerTime = 'in_time' | 'late' | 'after_superseded' | 'after_closed';

/** Who sends or confirms: the person, and the post they did it from. */
export interface Actor {
  readonly user: UserKey;
  /** Id of the post. */
  readonly office: string;
}

export interface Audience {
  /** As shown and as the API says it: «xã Tân Hòa», «toàn tỉnh». */
  readonly label: string;
  /** Codes of the units that must answer, frozen with the draft: communes and agencies before villages. */
  readonly units: readonly string[];
  /** «chủ tịch các xã»: the post of a commune that is written to. Absent: whoever answers for the office first. */
  readonly first?: 'commune_chair';
}

export interface Directive {
  readonly id: string;
  /** As typed: `145/UBND-VX`. */
  readonly number: string;
  /** What people call it: `145`. */
  readonly short: string;
  readonly text: string;
  readonly urgency: Urgency;
  readonly deadline: Date;
  /** What the deadline was before it was moved last; null: it never was. */
  readonly deadlineBefore: Date | null;
  /** How many hours after each «đã nhận» or «đang làm» it is asked how far it is; 0: never; null: as `ladder` has it. */
  readonly checkEvery: number | null;
  /** «Diễn tập»: nothing is to be done but to answer, so that the network is tried. */
  readonly practice: boolean;
  /** Whether «xong» needs a picture or a link. */
  readonly evidence: boolean;
  readonly audience: Audience;
  /** The unit it goes out from: the province, or the commune of an officer. */
  readonly from: string;
  readonly by: Actor;
  readonly state: DirectiveState;
  readonly createdAt: Date;
  /** When it is to leave, at the word of whoever gave it; null: at once. */
  readonly sendAt: Date | null;
  readonly issuedAt: Date | null;
  readonly confirmedBy: Actor | null;
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
  readonly endedAt: Date | null;
  /** The sentence with which it was closed, recalled or refused by the second key. */
  readonly reason: string | null;
}

/** One answer, kept for ever with who gave it. */
export interface GivenAnswer {
  /** The effect that gave it; a repeat is known by it. */
  readonly id: string;
  readonly answer: Said;
  readonly by: UserKey;
  readonly at: Date;
  readonly when: AnswerTime;
  readonly note: string | null;
  /** The unit above whose officer said it for a silent one, with the reason in `note`. Absent: the office said it itself. */
  readonly onBehalf?: string;
}

/** What a person says for offices that they answer for. */
export interface AnswerAct {
  readonly id: string;
  readonly directive: string;
  readonly units: readonly string[];
  readonly answer: Said;
  readonly note: string | null;
  /** What a commune adds for its villages. */
  readonly line: string | null;
  readonly evidence: readonly string[];
  readonly by: UserKey;
  readonly at: Date;
}

export interface Recipient {
  readonly directive: string;
  /** The unit whose office must answer. */
  readonly unit: string;
  /** The commune that has it first and passes it on; null for communes, agencies, and where no commune stands between. */
  readonly through: string | null;
  readonly reached: Reached;
  /** Why it could not be reached; null otherwise. */
  readonly why: string | null;
  readonly answer: Answer;
  /** The unit above that gave this answer for it; null: its own, or none. */
  readonly onBehalf: string | null;
  /** Oldest first: the first and the last with all between. */
  readonly answers: readonly GivenAnswer[];
  /** Links given for «xong», and ids of the pictures and papers that are kept. */
  readonly evidence: readonly string[];
  /** What the commune adds for its villages; null: nothing. */
  readonly line: string | null;
  /** Steps that were taken or passed, with the instant each counts from: when it was really sent, else when it was passed. */
  readonly steps: Readonly<Record<string, Date>>;
  /** The step last handed to the outbox, and its rows. */
  readonly last: { readonly step: string; readonly rows: readonly string[] } | null;
  /** Who was told, so that a new holder is known to be one. */
  readonly told: readonly UserKey[];
  /** When «đến đâu rồi?» is asked next, at the person's own word; null: by the ladder. */
  readonly askAt: Date | null;
  /** «Đừng hỏi nữa»: silent until a day before the deadline. */
  readonly quiet: boolean;
  /** The units that came after this one while it was open, and answer now; null: it still does. */
  readonly movedTo: readonly string[] | null;
  /** The units before it that it took this over from; empty: it had it from the beginning. */
  readonly movedFrom: readonly string[];
}

/** An office that was told nothing yet. */
export function newRecipient(
  directive: string,
  unit: string,
  more: Pick<Recipient, 'through' | 'reached'> & Partial<Pick<Recipient, 'movedFrom'>>,
): Recipient {
  return {
    ...{ directive, unit, why: null, answer: 'none', onBehalf: null, answers: [], evidence: [], line: null },
    ...{ steps: {}, last: null, told: [], askAt: null, quiet: false, movedTo: null, movedFrom: [] },
    ...more,
  };
}

/** The number by which people speak of it: `145/UBND-VX` → `145`. */
export function shortOf(number: string): string {
  return /^\s*0*(\d+)/.exec(number)?.[1] ?? number.trim().toLowerCase();
}

/** After these nothing more is expected of the office: it is done, or said that it is not its own. */
export const OVER: readonly Answer[] = ['done', 'not_mine'];

/** Whether nothing more is expected of the office. */
export function isOver(answer: Answer): boolean {
  return OVER.includes(answer);
}

/** Whether the office is asked and has said nothing; a village whose commune has yet to pass it on is not asked. */
export function isSilent({ answer, reached }: Pick<Recipient, 'answer' | 'reached'>): boolean {
  return answer === 'none' && reached !== 'held';
}

/**
 * When an answer that arrived at `at` came. Arrival counts, not when it was written. One given before the end was noted
 * but after it happened is after it.
 */
export function timeOf(directive: Pick<Directive, 'state' | 'deadline' | 'endedAt'>, at: Date): AnswerTime {
  const { state, deadline, endedAt } = directive;
  if (endedAt !== null && at >= endedAt) return state === 'superseded' ? 'after_superseded' : 'after_closed';
  return at > deadline ? 'late' : 'in_time';
}

/**
 * The recipient with one more answer; the same one given again changes nothing. «Đã nhận» after «xong» is kept in the
 * history and changes nothing, «xong» after «vướng» is normal. Being answered, it was at least seen. What is said on its
 * behalf only stands where it said nothing, does not mean that it saw anything, and gives way to any word of its own.
 */
export function answered(recipient: Recipient, given: GivenAnswer): Recipient {
  if (recipient.answers.some(({ id }) => id === given.id)) return recipient;
  if (given.onBehalf !== undefined)
    return recipient.answer !== 'none'
      ? recipient
      : {
          ...recipient,
          answers: [...recipient.answers, given],
          answer: given.answer,
          onBehalf: given.onBehalf,
        };
  const own = recipient.answer !== 'none' && recipient.onBehalf === null;
  const weaker = given.answer === 'acknowledged' && own;
  return {
    ...recipient,
    answers: [...recipient.answers, given],
    answer: weaker ? recipient.answer : given.answer,
    onBehalf: null,
    reached: 'seen',
    why: null,
    // A new word starts the questions anew.
    ...(weaker ? {} : { askAt: null, quiet: false }),
  };
}

/** Whether «xong» was said while the picture or link that is wanted is missing. It stays done and is listed as waiting for evidence. */
export function lacksEvidence(directive: Pick<Directive, 'evidence'>, recipient: Recipient): boolean {
  return directive.evidence && recipient.answer === 'done' && recipient.evidence.length === 0;
}
