import type { NewOutboxMessage } from '../outbox/outbox-row';
import { DAY, HOUR } from '../kernel/vn-time';
import type { DirectivesDeps } from './deps';
import { isOver, type Directive, type Recipient } from './directive';
import { withActs } from './directive-words';
import type { DirectiveMessages } from './messages';
import type { Holder } from './offices';
import { standRow } from './summary';

/**
 * «Diễn tập»: an order that asks for nothing but an answer, so that the network is tried before it is needed. It is called one
 * in every text, opens no talk, stands in no reminder of real work and ends a day after its deadline; then whoever gave it, and
 * each commune for its own part, read who answered and within how long.
 */

/** How soon offices answered by themselves, counted from when the message was really sent. Each is in one of these. */
export interface Pace {
  readonly hour: number;
  readonly day: number;
  readonly later: number;
  readonly silent: number;
  readonly unreachable: number;
}

/** What was said on behalf of an office, or after the end, is not its own answer. */
export function paceOf(recipients: readonly Pick<Recipient, 'answers' | 'steps' | 'reached'>[]): Pace {
  const pace = { hour: 0, day: 0, later: 0, silent: 0, unreachable: 0 };
  for (const one of recipients) pace[paceIn(one)] += 1;
  return pace;
}

function paceIn({ answers, steps, reached }: Pick<Recipient, 'answers' | 'steps' | 'reached'>): keyof Pace {
  const own = answers.find(({ onBehalf, when }) => onBehalf === undefined && when !== 'after_closed');
  if (!own) return reached === 'unreachable' ? 'unreachable' : 'silent';
  const took = own.at.getTime() - (steps['first'] ?? own.at).getTime();
  if (took <= HOUR) return 'hour';
  return took <= DAY ? 'day' : 'later';
}

/** What is told once it is over: the whole to whoever gave it, to each commune its own part. */
export async function practiceRows(
  deps: Pick<DirectivesDeps, 'offices' | 'repo' | 'wordsFor'>,
  messages: DirectiveMessages,
  directive: Directive,
  at: Date,
): Promise<NewOutboxMessage[]> {
  const { offices } = deps;
  const all = await messages.overlaid(await deps.repo.recipientsOf(directive.id));
  const rows: NewOutboxMessage[] = [];
  const told = async (to: Holder['user'], place: string, part: readonly Recipient[]): Promise<void> => {
    const words = deps.wordsFor(to);
    const pace = paceOf(part);
    const silent = part.filter((one) => paceIn(one) === 'silent');
    const vars = { number: directive.number, unit: messages.nameOf(place, at), all: part.length, ...pace };
    const names = silent.length === 0 ? '' : await messages.namesOf(words, silent, at);
    const text = [
      words.t('directives:practice.result', vars),
      ...(names === '' ? [] : [words.t('directives:practice.silent', { names })]),
    ].join('\n');
    rows.push({
      id: `directive:${directive.id}:practice:${place}:${to}`,
      ...{ to, purpose: 'notice', message: withActs(words, text, ['XEM'], directive.id) },
      ...{ cause: `directive:${directive.id}`, createdAt: at },
    });
  };
  const giver = offices.issuer(directive, at)?.user ?? null;
  if (giver !== null) await told(giver, directive.from, all);
  for (const place of offices.places(directive.audience.units, at)) {
    const part = all.filter(({ unit }) => offices.places([unit], at)[0] === place);
    const [to] = offices.holders(place, at);
    if (to && to.user !== giver && part.length > 0) await told(to.user, place, part);
  }
  return rows;
}

/** What is told when a directive closes by itself: how a practice went, or how an order ended that somebody still owes an answer. */
export async function endRows(
  deps: Pick<DirectivesDeps, 'offices' | 'repo' | 'wordsFor'>,
  messages: DirectiveMessages,
  directive: Directive,
  now: Date,
): Promise<NewOutboxMessage[]> {
  if (directive.practice) return practiceRows(deps, messages, directive, now);
  const all = await messages.overlaid(await deps.repo.recipientsOf(directive.id));
  const to = deps.offices.issuer(directive, now)?.user;
  if (to === undefined || all.every(({ answer }) => isOver(answer))) return [];
  const counted = deps.offices.counted(directive, all, now);
  return [standRow('closed_itself', directive, counted, to, deps.wordsFor(to), now)];
}
