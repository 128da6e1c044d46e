import type { Button } from '../../channels/channel';
import { replyButtons } from '../../channels/reply-buttons';
import type { Words } from '../../kernel/i18n';
import { monthName } from '../../kernel/moment';
import { capital, clipped } from '../../kernel/vn-text';
import type { Office } from '../../org/office';
import { addressVars } from '../../org/chat/people';
import { spanSaid } from '../../reporting/data-span';
import type { DataSpan } from '../../reporting/deadlines';
import type { FiguresPlan } from '../../reporting/figures-import';
import { shortTitleOf, titleForAll } from '../../reporting/form';
import { cadenceOf } from '../../reporting/periods';
import type { SentSheet } from '../sent-sheet';
import type { SheetNews } from '../sheet-news';

/** What the sender of a sheet reads about it, unasked: it is read and written beside the talk. */

const ROWS_SHOWN = 8;

export interface SheetTextFacts {
  readonly words: Words;
  /** The sender's leading post; null: they have none any more. */
  readonly office: Office | null;
  readonly at: Date;
  /** The days whose facts the sheet's period speaks of. */
  readonly span: DataSpan | null;
}

export function sheetNewsText(
  { words, office, at, span }: SheetTextFacts,
  sheet: SentSheet,
  news: SheetNews,
): { readonly text: string; readonly buttons: readonly Button[] } {
  const title = titleOf(words, sheet, at);
  const vars = {
    ...addressVars(words, office),
    name: sheetName(sheet.name),
    ...{ title, Title: capital(title) },
    span: span === null ? '' : ` (${words.t('sheets:span', { span: spanSaid(words, span) })})`,
  };
  const only = (key: string) => ({ text: words.t(`sheets:${key}`, vars), buttons: [] });
  switch (news.kind) {
    case 'not_fetched':
      return only(
        words.has(`sheets:not_fetched.${news.reason}`) ? `not_fetched.${news.reason}` : 'not_fetched.other',
      );
    case 'no_form':
      return only('no_form');
    case 'which_form':
      return {
        ...only('which_form'),
        buttons: replyButtons(
          news.forms.slice(0, 4).map((form) => ({
            label: words.t(shortTitleOf(form), { month: '', kind: words.t('common:places.communes') }).trim(),
            payload: `#BANGCUA_${sheet.id}/${form}`.toUpperCase(),
          })),
        ),
      };
    case 'written':
      return {
        text: words.t('sheets:written', {
          ...{ ...vars, ...countsOf(words, news.plan) },
          told:
            news.plan.told.length === 0 ? '' : ` ${words.t('sheets:told', { count: news.plan.told.length })}`,
        }),
        buttons: [],
      };
    case 'shown':
      return shown(words, sheet, vars, news.plan);
  }
}

function shown(
  words: Words,
  sheet: SentSheet,
  vars: Readonly<Record<string, string>>,
  plan: FiguresPlan,
): { readonly text: string; readonly buttons: readonly Button[] } {
  if (plan.refused.length > 0) return { text: refusedText(words, vars, plan), buttons: [] };
  const all = { ...vars, ...countsOf(words, plan) };
  if (plan.effects.length === 0) return { text: words.t('sheets:nothing_new', all), buttons: [] };
  return {
    text: words.t('sheets:shown', all),
    buttons: replyButtons([
      { label: words.t('sheets:buttons.enter'), payload: `#NHAPBANG_${sheet.id}` },
      { label: words.t('sheets:buttons.drop'), payload: `#BOBANG_${sheet.id}` },
    ]),
  };
}

/** Each row that cannot be taken, with why, in plain words. */
function refusedText(words: Words, vars: Readonly<Record<string, string>>, plan: FiguresPlan): string {
  const said = plan.refused.map(({ row, reason, vars: facts }) => {
    const why = words.t(`import:reason.${reason}`, facts);
    return row === 0 ? words.t('import:file', { reason: why }) : words.t('import:row', { row, reason: why });
  });
  const more = said.length - ROWS_SHOWN;
  const lines =
    more > 0 ? [...said.slice(0, ROWS_SHOWN), words.t('sheets:more_rows', { count: more })] : said;
  const rows = new Set(plan.refused.map(({ row }) => row).filter((row) => row > 0)).size;
  const key = rows === 0 ? 'refused_whole' : 'refused';
  return words.t(`sheets:${key}`, { ...vars, read: plan.read, rows, lines: lines.join('\n') });
}

/** «112 số mới, 3 số khác với số đã gửi …»: what there is none of is left out. */
function countsOf(words: Words, { units, read, created, beside, unchanged }: FiguresPlan) {
  const parts = Object.entries({ created, beside, unchanged })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => words.t(`sheets:parts.${what}`, { count }));
  return { units, read, parts: parts.join(', ') };
}

function titleOf(words: Words, { form, period }: SentSheet, at: Date): string {
  if (form === null || period === null) return '';
  const month = cadenceOf(period) === 'month' ? monthName(words, period, at) : '';
  const week = /W(\d\d)$/.exec(period)?.[1];
  const title = words.t(titleForAll(form), { month });
  return week === undefined ? title : `${title}, ${words.t('reports:form.week', { week: Number(week) })}`;
}

/** Short enough for a sentence. */
export function sheetName(name: string): string {
  return clipped(name.normalize('NFC').replace(/\s+/gu, ' ').trim(), 40);
}
