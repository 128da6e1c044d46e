import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { capital, formatCount, formatSeen } from '../../kernel/vn-text';
import type { UserKey } from '../../kernel/ids';
import { momentShort, monthName } from '../../kernel/moment';
import { calledName, placeName } from '../../org/chat/people';
import { textsOf, titleForAll } from '../form';
import { FORMS } from '../forms';
import { releaseNumber, type Difference, type FrozenForm, type Release } from '../release';
import { reasonWords } from './odd-reasons-said';

/** What is said of a release: what it holds and lacks, and what is not as it was. */

const NAMED = 4;
const SHOWN = 5;

export type Shown = Pick<Release, 'id' | 'period' | 'number' | 'digest' | 'forms' | 'differences'>;

export function labelOf(turn: Turn<DialogDeps>, id: string): string {
  return turn.words.t('release:label', { number: releaseNumber(id) });
}

/** «anh Dũng», by the post the person holds now. */
export function personName(turn: Turn<DialogDeps>, user: UserKey | null): string {
  const office = user === null ? undefined : turn.deps.directory.officesOf(user, turn.at)[0];
  if (!office) return turn.words.t('common:somebody');
  return calledName(turn.words, office);
}

/** The lines that every screen of a release has. */
export function releaseVars(turn: Turn<DialogDeps>, release: Shown) {
  return {
    label: labelOf(turn, release.id),
    number: releaseNumber(release.id),
    month: monthName(turn.words, release.period, turn.at),
    lines: release.forms.map((form) => coverageLine(turn, form, release.period)).join('\n'),
    differences: differencesText(turn, release),
    digest: release.digest.slice(0, 'sha256:'.length + 12),
  };
}

function coverageLine(turn: Turn<DialogDeps>, { form, totals }: FrozenForm, period: string): string {
  const { words } = turn;
  const [top] = totals;
  const covered = (top?.onTime ?? 0) + (top?.late ?? 0);
  const lacking = FORMS.get(form)?.levels.includes('village')
    ? totals.filter(({ onTime, late, expected }) => onTime + late < expected).slice(1)
    : [];
  const names = lacking.slice(0, NAMED).map(({ unit }) => placeName(turn.deps, unit, turn.at));
  const more = lacking.length - names.length;
  const list = names.join(', ');
  const missing = more > 0 ? words.t('common:list_more', { names: list, count: more }) : list;
  return words.t('release:line', {
    Title: capital(words.t(titleForAll(form), { month: monthName(words, period, turn.at) })),
    covered,
    expected: top?.expected ?? 0,
    missing: missing === '' ? '' : words.t('release:line_missing', { names: missing }),
  });
}

function differencesText(turn: Turn<DialogDeps>, { differences, number }: Shown): string {
  const { words } = turn;
  if (differences.length === 0) return words.t(number === 1 ? 'release:first' : 'release:no_differences');
  const lines = differences.slice(0, SHOWN).map((one) => differenceLine(turn, one));
  const more = differences.length - lines.length;
  if (more > 0) lines.push(words.t('release:more', { count: more }));
  return words.t('release:differences', { count: differences.length, lines: lines.join('\n') });
}

function differenceLine(turn: Turn<DialogDeps>, one: Difference): string {
  const { words } = turn;
  const figure = FORMS.get(one.form)?.figures.find(({ id }) => id === one.figure);
  // A release holds words only as a number that they are there: what they say now stands in the report.
  const inWords = figure?.kind === 'text' || figure?.kind === 'link';
  const value = (said: number | null, when: 'before' | 'now'): string => {
    if (said === null) return words.t('release:nothing');
    if (inWords) return words.t(`release:words_${when}`);
    if (figure?.kind === 'yes_no') return words.t(said === 1 ? 'reports:form.yes' : 'reports:form.no');
    return figure?.kind === 'ratio' ? `${formatSeen(Math.round(said * 10_000) / 100)} %` : formatCount(said);
  };
  return words.t('release:difference', {
    unit: placeName(turn.deps, one.unit, turn.at),
    figure: words.t(`${textsOf(one.form, one.figure)}.name`),
    from: value(one.from, 'before'),
    to: value(one.to, 'now'),
    reason:
      one.reason === null
        ? ''
        : words.t('release:difference_reason', { reason: reasonWords(turn, one.reason) }),
  });
}

export function madeAt(turn: Turn<DialogDeps>, at: Date): string {
  return momentShort(turn.words, at);
}
