import type { DialogDeps } from '../../dialogs/deps';
import type { Message } from '../../dialogs/feature';
import type { StepResult, Turn } from '../../conversation/dialog';
import { readApproval, type ApprovalWish } from '../../understanding/approval-words';
import { approverRoles } from '../approvers';
import { FORMS } from '../forms';
import type { Person } from '../../org/chat/people';
import { factsOfRef } from './approval-facts';
import { approveOne, LIST, listedRef, reportNamed } from './approving';
import { orderOrReport } from './order-or-report';
import type { Facts } from './report-facts';

/** Which report an officer means, and whether they approve any. */

export type Wish<K extends ApprovalWish['kind']> = Extract<ApprovalWish, { kind: K }>;

const ROLES = new Set([...FORMS.values()].flatMap((form) => [...approverRoles(form)]));

/** Holds a post that approves some form. */
export const approvesSomething = (person: Person): boolean =>
  person.offices.some(({ role }) => ROLES.has(role));

const WISHES = new WeakMap<Message, ApprovalWish | null>();

/** Every command of approval asks about the same message: it is read once. */
function wishOf(message: Message): ApprovalWish | null {
  const known = WISHES.get(message);
  if (known !== undefined) return known;
  const wish = readApproval(message.text);
  WISHES.set(message, wish);
  return wish;
}

export function wished<K extends ApprovalWish['kind']>(
  ...kinds: readonly K[]
): (message: Message) => Wish<K> | null {
  return (message) => {
    const wish = wishOf(message);
    return wish !== null && (kinds as readonly string[]).includes(wish.kind) ? (wish as Wish<K>) : null;
  };
}

/** A place that is a number: the report at that place of the list shown last. */
async function byNumber(
  turn: Turn<DialogDeps>,
  { conversation }: Message,
  place: string,
): Promise<Facts | null> {
  const ref = /^\d{1,2}$/.test(place.trim()) ? listedRef(conversation, Number(place)) : null;
  return ref === null ? null : factsOfRef(turn, ref);
}

const isNumber = (place: string): boolean => /^\d{1,2}$/.test(place.trim());

/** What a number means here is a place of the list only while that is the list shown last. */
export function placed(kind: 'approve' | 'see' | 'extend') {
  const read = wished('approve', 'see', 'extend');
  return (message: Message): { readonly place: string } | null => {
    const wish = read(message);
    if (wish?.kind !== kind) return null;
    const number = isNumber(wish.place);
    return number && message.conversation.listed?.kind !== LIST ? null : wish;
  };
}

export async function about(
  turn: Turn<DialogDeps>,
  message: Message,
  place: string,
  act: (facts: Facts, rest: string) => Promise<StepResult> | StepResult,
): Promise<StepResult> {
  const listed = await byNumber(turn, message, place);
  if (listed) return act(listed, '');
  const named = await reportNamed(turn, place);
  return 'move' in named ? named : act(named.facts, named.rest);
}

/** Approves the report that is named; null: the number is that of an order that waits for this person's key. */
export async function approveNamed(
  turn: Turn<DialogDeps>,
  message: Message,
  place: string,
): Promise<StepResult | null> {
  const order = await orderOrReport(turn, message, place);
  if (order !== null) return order === 'order' ? null : order;
  return about(turn, message, place, (facts) => approveOne(turn, facts, null));
}
