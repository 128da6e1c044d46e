import type { Say, Turn } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { formatCount } from '../../kernel/vn-text';
import { vnDay, inVietnam } from '../../kernel/vn-time';
import { moment } from '../../kernel/moment';
import { calledName } from '../../org/chat/people';
import type { Directive } from '../directive';
import { actLabel, actPayload } from '../directive-words';
import type { Preview } from '../preview';

/** What is shown before an order goes out: to whom, by when, what it costs in money and in people's time, and that it cannot be taken back. */
export function previewSay(
  turn: Turn<DialogDeps>,
  directive: Directive,
  preview: Preview,
  annexes: readonly string[],
): Say {
  const { words } = turn;
  const t = (key: string, vars: Readonly<Record<string, string | number>> = {}): string =>
    say(turn, `directives:preview.${key}`, vars);
  const blocked = preview.key !== null && preview.keyHolders.length === 0;
  const lines = [
    t(`head.${directive.urgency}`, {
      number: directive.number,
      deadline: moment(words, directive.deadline),
      dayOff: dayOff(turn, directive.deadline),
    }).trim(),
    directive.text,
    t('to', { label: directive.audience.label, offices: officesText(turn, preview) }),
    t('cost', { minutes: formatCount(preview.minutes), cost: formatCount(preview.cost) }),
    ...(preview.sending === null ? [] : [sendingLine(turn, preview.sending)]),
    ...(preview.unreachable > 0 ? [t('unreachable', { count: formatCount(preview.unreachable) })] : []),
    ...(directive.checkEvery === null ? [] : [checksLine(turn, directive.checkEvery)]),
    ...(directive.evidence ? [t('evidence')] : []),
    ...(annexes.length > 0 ? [t('annexes', { names: annexes.join(', ') })] : []),
    ...(annexes.length === 0 && directive.state === 'draft' ? [t('no_annex')] : []),
    ...(preview.key === null
      ? [t(preview.sending === null ? 'alone' : 'alone_kept')]
      : [blocked ? t(`no_key.${preview.key}`) : t('key', { names: keyNames(turn, preview) })]),
  ];
  const send = { id: 'SEND', label: words.t('directives:buttons.send'), exact: true };
  return {
    text: lines.join('\n'),
    choices: [
      ...(blocked ? [] : [send]),
      { id: 'EDIT', label: words.t('directives:buttons.edit') },
      { id: 'DROP', label: words.t('directives:buttons.drop'), exact: true },
    ],
  };
}

/** «99 xã, phường và 2.214 thôn, tổ dân phố» */
export function officesText(
  { words }: Turn<DialogDeps>,
  { communes, agencies, villages }: Pick<Preview, 'communes' | 'agencies' | 'villages'>,
): string {
  const parts = (
    [
      ['communes', communes],
      ['agencies', agencies],
      ['villages', villages],
    ] as const
  ).filter(([, count]) => count > 0);
  return parts
    .map(([kind, count]) => words.t(`directives:preview.offices.${kind}`, { count: formatCount(count) }))
    .join(', ');
}

/** What is said once it was sent. */
export function sentSay(turn: Turn<DialogDeps>, directive: Directive, preview: Preview): Say {
  const { words } = turn;
  const vars = {
    ...{ number: directive.number, short: directive.short },
    offices: officesText(turn, preview),
  };
  const { sending } = preview;
  if (sending !== null && preview.key === null)
    return { text: say(turn, 'directives:sending.kept', { ...vars, when: moment(words, sending.at) }) };
  const look = { id: 'XEM', label: actLabel(words, 'XEM'), command: actPayload('XEM', directive.id) };
  if (preview.key === null) return { text: say(turn, 'directives:order.issued', vars), choices: [look] };
  const key = sending === null ? 'directives:order.waits' : 'directives:sending.waits';
  const when = sending === null ? '' : moment(words, sending.at);
  return { text: say(turn, key, { ...vars, when, names: keyNames(turn, preview) }) };
}

/** How often it is asked how far it is. */
function checksLine({ words }: Turn<DialogDeps>, hours: number): string {
  if (hours === 0) return words.t('directives:preview.checks_never');
  const unit = hours % (7 * 24) === 0 ? 'weeks' : hours % 24 === 0 ? 'days' : 'hours';
  const count = hours / (unit === 'weeks' ? 7 * 24 : unit === 'days' ? 24 : 1);
  return words.t(`directives:preview.checks_${unit}`, { count });
}

/** When it leaves, and when people read it where nobody is written to at that hour. */
function sendingLine({ words }: Turn<DialogDeps>, { at, reads }: NonNullable<Preview['sending']>): string {
  const vars = { when: moment(words, at), reads: moment(words, reads) };
  return words.t(`directives:preview.sending${reads > at ? '_later' : ''}`, vars);
}

/** Who holds the second key: «chị Nga, anh Dũng». */
export function keyNames({ words }: Turn<DialogDeps>, { keyHolders }: Pick<Preview, 'keyHolders'>): string {
  return keyHolders
    .slice(0, 3)
    .map((post) => calledName(words, post))
    .join(', ');
}

/** A day that a person typed is never moved, only named. */
export function dayOff({ words, deps }: Turn<DialogDeps>, deadline: Date): string {
  const day = vnDay(deadline);
  if (deps.settings.calendars.work.isWorkingDay(day)) return '';
  const seen = inVietnam(deadline);
  return words.t('directives:preview.day_off', {
    day: seen.day,
    month: seen.month,
    weekday: words.t(`common:weekdays.${seen.weekday}`),
  });
}
