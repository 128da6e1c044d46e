import type { Turn } from '../../conversation/dialog';
import type { Button } from '../../channels/channel';
import type { DialogDeps } from '../../dialogs/deps';
import type { UserKey } from '../../kernel/ids';
import { moment } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import { addressVars, givenName } from '../../org/chat/people';
import { unitName } from '../../org/names';
import type { Office } from '../../org/office';
import type { SendNotice, SendNotices } from '../../outbox/enqueue';
import { approverRoles } from '../approvers';
import type { Report } from '../report';
import { numberOf, type Facts } from './report-facts';
import { checkVars, myName, nameOf, periodName, shownValue } from './approval-texts';

/** What the people of a report hear of its checking, each in their own form of address. */

type Holder = Office & { readonly user: UserKey };

/** Whoever reports for the unit, other than the one who is talking. */
export function reportersOf(turn: Turn<DialogDeps>, { key, form }: Facts): readonly Holder[] {
  return turn.deps.directory.holdersOf(key.unit, form.reporters).filter(({ user }) => user !== turn.user);
}

/** Whoever approves the unit's report: those of the unit above it that hold such a post. */
export function approversOf(turn: Turn<DialogDeps>, { unit, form }: Facts): readonly Holder[] {
  const above = unit.parent ?? unit.code;
  return turn.deps.directory.holdersOf(above, approverRoles(form)).filter(({ user }) => user !== turn.user);
}

export interface NoticeAsked {
  readonly key: string;
  readonly vars?: Readonly<Record<string, string | number>>;
  readonly buttons?: readonly Button[];
  readonly purpose?: SendNotice['purpose'];
}

export function noticeTo(turn: Turn<DialogDeps>, facts: Facts, to: Holder, asked: NoticeAsked): SendNotice {
  const who = myName(turn);
  const vars = {
    ...{ ...checkVars(turn, facts), who, Who: capital(who) },
    ...asked.vars,
    ...addressVars(turn.words, to),
  };
  const text = turn.words.t(`approval:told.${asked.key}`, vars);
  return {
    ...{ kind: 'notice.send', id: turn.effectId(), to: to.user, text, at: turn.at },
    ...(asked.purpose ? { purpose: asked.purpose } : {}),
    ...(asked.buttons ? { buttons: asked.buttons } : {}),
    template: {
      ten: givenName(to.fullName),
      don_vi: unitName(facts.unit),
      ky: periodName(turn, facts.key),
      han: moment(turn.words, facts.times.deadline),
      noi_dung: text.split('\n')[0] ?? text,
    },
  };
}

export function noticesTo(
  turn: Turn<DialogDeps>,
  facts: Facts,
  to: readonly Holder[],
  asked: NoticeAsked,
): SendNotice[] {
  return to.map((holder) => noticeTo(turn, facts, holder, asked));
}

/** One effect for all of them. */
export function together(turn: Turn<DialogDeps>, notices: readonly SendNotice[]): SendNotices[] {
  return notices.length === 0 ? [] : [{ kind: 'notices.send', id: turn.effectId(), notices }];
}

/** The one quiet word that a report was approved: to whoever sent it, and only the first time. */
export function approvalReceipts(turn: Turn<DialogDeps>, facts: Facts): SendNotice[] {
  const { report } = facts;
  if (!report || hasReturned(report)) return [];
  if (report.acts.some((act) => act.kind === 'approve' && !hasReturned(report, act.at))) return [];
  const by = new Set(Object.values(facts.report?.figures ?? {}).map((version) => version.by));
  const senders = reportersOf(turn, facts).filter(({ user }) => by.has(user));
  return noticesTo(turn, facts, senders, { key: 'approved' });
}

/** Whether a figure that was sent back was not answered yet, now or at that moment: what is approved beside it is not all of it. */
function hasReturned({ acts, versions, figures }: Report, at?: Date): boolean {
  if (at === undefined) return Object.values(figures).some(({ state }) => state === 'returned');
  const sentBack = acts
    .filter((act) => act.kind === 'return' && act.at <= at)
    .flatMap(({ moved = [] }) => moved);
  return sentBack.some(({ figure, version }) => {
    const next = versions.find((one) => one.figure === figure && one.version === version + 1);
    return next === undefined || next.at > at;
  });
}

/** Variables of a sentence about one figure. */
export function figureVars(turn: Turn<DialogDeps>, facts: Facts, figure: string) {
  return {
    ...checkVars(turn, facts),
    number: numberOf(facts, figure),
    name: nameOf(turn, facts, figure),
    value: shownValue(turn, facts, figure, facts.report?.figures[figure]),
  };
}
