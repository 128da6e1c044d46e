import type { Button, OutboundMessage, TemplateData } from '../../channels/channel';
import { inVietnam } from '../../kernel/vn-time';
import { titleForAll } from '../../reporting/form';
import type { Words } from '../../kernel/i18n';
import { moment } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import type { VillageWord } from '../../org/names';
import type { Chain } from './chains';
import type { ChainEnd } from './ends';
import type { Says } from '../duty-kinds';
import { periodOf, workOf } from '../work-words';
import type { EscalationStep } from './steps';

/** One late unit, and what helps to reach it. */
export interface LateUnit {
  /** «Đông Lâm» */
  readonly name: string;
  /** «bác Tư»; null: nobody is known there. */
  readonly person: string | null;
  /** Null: none is kept, or enough others can be called. */
  readonly phone: string | null;
  readonly lastContact: Date | null;
  /** Why nobody there can be told, or could be while it was open; null: somebody can. */
  readonly why: Exclude<Chain['why'] | Extract<ChainEnd, { end: 'unreachable' }>['why'], 'explained'>;
}

export interface LateList {
  readonly step: EscalationStep;
  /** How the one who hears it is addressed, and called. */
  readonly address: string;
  readonly name: string;
  /** «xã Tân Hòa» */
  readonly unitName: string;
  /** What the units below it are called. */
  readonly places: VillageWord;
  /** Until when what is missing can still be entered on behalf; null: no more. */
  readonly enterUntil: Date | null;
  readonly parts: readonly LatePart[];
  /** «chị Hạnh», who has the list of names already; null: nobody. */
  readonly helper: string | null;
}

/** One duty of the list. */
export interface LatePart {
  readonly form: string;
  readonly says: Says;
  readonly period: string;
  readonly lockAt: Date;
  readonly sent: number;
  readonly expected: number;
  /** Of those missing, how many are not named since somebody has written down why. */
  readonly explained: number;
  readonly late: readonly LateUnit[];
}

const TEXT_MAX = 470;
const NAMES_MAX = 8;
const CALLS = 2;
/** Where the whole of it can be seen. */
const LISTS = { village: '#CHUANOP', other: '#TINHHINH' } as const;

/** The words of one list: who is missing and whom to call, or how many are in. Never a word of blame. */
export function composeLate(
  words: Words,
  list: LateList,
  at: Date,
): { readonly message: OutboundMessage; readonly template: TemplateData } {
  const late = list.parts.reduce((sum, part) => sum + part.late.length, 0);
  let shown = NAMES_MAX;
  let text = textOf(words, list, shown, at);
  while ([...text].length > TEXT_MAX && shown > 1) text = textOf(words, list, (shown -= 1), at);
  const [part] = list.parts;
  const person = words.locale === 'vi' ? `${list.address} ${list.name}`.trim() : list.name;
  return {
    message: { kind: 'text', text, buttons: buttonsOf(words, list) },
    template: {
      ten: person,
      don_vi: list.unitName,
      ky: part ? (part.says === 'report' ? periodOf(words, part.period, at) : workOf(words, part, at)) : '',
      han: part ? moment(words, part.lockAt) : '',
      noi_dung: words.t('reminders:late.template', { late }),
    },
  };
}

function textOf(words: Words, list: LateList, shown: number, at: Date): string {
  const { step, address, unitName, helper, enterUntil } = list;
  const places = words.t(`common:places.${list.places}`);
  const parts = list.parts.map((part) => {
    const month = { month: periodOf(words, part.period, at) };
    const vars = {
      ...{ address, unit: unitName, helper: helper ?? '', places },
      explained: part.explained > 0 ? words.t('reminders:late.explained', { count: part.explained }) : '',
      work: workOf(words, part, at),
      whole: part.says === 'report' ? words.t(titleForAll(part.form), month) : workOf(words, part, at),
      ...{ sent: part.sent, expected: part.expected, late: part.late.length },
      percent: Math.round((100 * part.sent) / Math.max(1, part.expected)),
      lock: moment(words, part.lockAt),
      names: namesOf(words, part.late, shown, step.says),
    };
    return capital(words.t(`reminders:late.${step.id}.${part.says}`, vars));
  });
  const who = {
    ...{ address, Address: capital(address), Helper: capital(helper ?? ''), places },
    until: enterUntil === null ? '' : moment(words, enterUntil),
  };
  return [...parts, words.t(`reminders:late.end.${endOf(list)}`, who)].join('\n');
}

function endOf({ step, helper, enterUntil, parts }: LateList): string {
  if (step.says === 'rate' && helper) return 'with_helper';
  const reports = parts.some(({ says }) => says === 'report');
  if (step.says === 'ended' && !reports) return 'ended_task';
  if (step.says === 'ended') return enterUntil === null ? 'ended' : 'ended_enter';
  return step.says;
}

function namesOf(
  words: Words,
  late: readonly LateUnit[],
  shown: number,
  says: EscalationStep['says'],
): string {
  const names = late.slice(0, shown).map((unit) => (says === 'rate' ? unit.name : lineOf(words, unit, says)));
  if (late.length > shown) names.push(words.t('reminders:late.more', { count: late.length - shown }));
  return names.join(says === 'rate' ? ', ' : '\n');
}

/** «- Đông Lâm (bác Tư): nhắn lần cuối 12/3» */
function lineOf(words: Words, unit: LateUnit, says: EscalationStep['says']): string {
  const seen = unit.lastContact && inVietnam(unit.lastContact);
  const state = unit.why
    ? words.t(`reminders:late.do.${unit.why}`)
    : says === 'ended'
      ? words.t('reminders:late.told')
      : seen
        ? words.t('reminders:late.last', { day: `${seen.day}/${seen.month}` })
        : words.t('reminders:late.never');
  const key = unit.person === null ? 'reminders:late.line_nobody' : 'reminders:late.line';
  return words.t(key, { name: unit.name, person: unit.person ?? '', state });
}

/** How many late units a list offers to call. */
export function callsOf({ says }: Pick<EscalationStep, 'says'>): number {
  return says === 'rate' ? 0 : CALLS;
}

/** Calls to the first of those of whom a number is known, and the whole list. */
function buttonsOf(words: Words, { step, parts }: LateList): Button[] {
  const calls = parts
    .flatMap(({ late }) => late)
    .flatMap((unit) => (unit.phone === null ? [] : [{ ...unit, phone: unit.phone }]))
    .slice(0, callsOf(step))
    .map(({ person, name, phone }): Button => {
      const label = words.t('reminders:late.call', { person: person ?? name });
      return { kind: 'call', label: [...label].slice(0, 20).join('').trim(), phone };
    });
  return [
    ...calls,
    {
      kind: 'reply',
      label: words.t('reminders:late.all'),
      payload: step.level === 'village' ? LISTS.village : LISTS.other,
    },
  ];
}
