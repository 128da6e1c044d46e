import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { formatCount } from '../kernel/vn-text';
import { isCounted, type FigureVersion, type Report } from '../reporting/report';

/** The survey of what the village houses have: out of the reports of its form, what each has and what is lacking. Pure. */

export const EQUIPMENT = 'equipment-survey';

/** What one village house has; null: it was not said, or the figure was sent back. */
export interface Hall {
  readonly unit: string;
  readonly computer: boolean | null;
  readonly internet: boolean | null;
  /** What else is missing, in the words of the village; null: nothing. */
  readonly missing: string | null;
  /** Who sent it themselves; null: it was entered on their behalf. */
  readonly by: UserKey | null;
}

/** The villages that have answered; a draft is no answer. */
export function hallsOf(reports: readonly Report[]): Hall[] {
  return reports.flatMap((report) => {
    const { has_computer, has_internet, missing_equipment } = report.figures;
    const [computer, internet] = [yesOf(has_computer), yesOf(has_internet)];
    if (report.submittedAt === null || (computer === null && internet === null)) return [];
    const by = report.acts.findLast(({ kind }) => kind === 'submit')?.by ?? null;
    return [{ unit: report.unit, computer, internet, missing: textOf(missing_equipment), by }];
  });
}

function yesOf(version: FigureVersion | undefined): boolean | null {
  return version && isCounted(version) ? version.value === 1 : null;
}

function textOf(version: FigureVersion | undefined): string | null {
  if (!version || !isCounted(version) || version.detail?.kind !== 'text') return null;
  const text = version.detail.text.trim();
  return text === '' ? null : text;
}

/** Whether the house lacks a computer, the Internet or something else. */
export function lacks({ computer, internet, missing }: Hall): boolean {
  return computer === false || internet === false || missing !== null;
}

/** «có máy tính 20, có Internet 15, từ 27/29 nơi»; nobody answered: that, and no nought. */
export function hallsText(words: Words, units: readonly string[], halls: readonly Hall[]): string {
  const asked = new Set(units);
  const mine = halls.filter(({ unit }) => asked.has(unit));
  const vars = { all: formatCount(units.length), answered: formatCount(mine.length) };
  if (mine.length === 0) return words.t('campaigns:tally.nobody', vars);
  return words.t('campaigns:tally.equipment', {
    ...vars,
    computer: formatCount(mine.filter(({ computer }) => computer === true).length),
    internet: formatCount(mine.filter(({ internet }) => internet === true).length),
  });
}

/** «chưa có máy tính, chưa có Internet; còn thiếu: máy chiếu» */
export function lackText(words: Words, { computer, internet, missing }: Hall): string {
  const bare = [
    ...(computer === false ? [words.t('campaigns:equipment.no_computer')] : []),
    ...(internet === false ? [words.t('campaigns:equipment.no_internet')] : []),
  ].join(', ');
  const more = missing === null ? '' : words.t('campaigns:equipment.more', { missing });
  return [bare, more].filter((part) => part !== '').join('; ');
}
