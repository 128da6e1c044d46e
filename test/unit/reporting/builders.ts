import { type ApplyContext, applyToReport } from '../../../src/reporting/apply-report';
import { approvalDigest } from '../../../src/reporting/report-digest';
import villageMonth from '../../../src/reporting/forms/village-month.form';
import { workCalendar } from '../../../src/org/seed/days-off';
import { type Calendars, timesOf } from '../../../src/reporting/deadlines';
import { timesAbove } from '../../../src/reporting/extension';
import { receiptFor, type Report, type ReportKey, type ReturnReason } from '../../../src/reporting/report';
import type { FigureAnswer, ReportEffect } from '../../../src/reporting/report-effect';
import { UnitTree } from '../../../src/org/units';
import type { UnitLevel } from '../../../src/org/unit';

export const calendars: Calendars = {
  month: {
    MONTH_OPENS: { day: 10, hour: 8, minute: 0 },
    MONTH_VILLAGE_DUE: { day: 17, hour: 17, minute: 0 },
    MONTH_VILLAGE_LOCK: { day: 18, hour: 17, minute: 0 },
    MONTH_COMMUNE_DUE: { day: 19, hour: 17, minute: 0 },
    MONTH_COMMUNE_LOCK: { day: 24, hour: 17, minute: 0 },
    MONTH_DATA_FROM: 15,
  },
  work: workCalendar(),
};

export const march: ReportKey = { form: 'village-month', period: '2026-03', unit: '99001-07' };
export const STANDING = ['adults_digital', 'classes_held', 'learners', 'households_helped'];

/** An instant of March 2026 in Viet Nam: `vn('12T08:00')`. */
export function vn(dayAndTime: string, month = '2026-03'): Date {
  return new Date(`${month}-${dayAndTime}:00+07:00`);
}

export function aContext(overrides: Partial<ApplyContext> = {}, period = '2026-03'): ApplyContext {
  return {
    form: villageMonth,
    asked: STANDING,
    unit: { name: 'Đông Lâm', adults: 600, households: 210, population: null },
    earlier: [],
    ...timesOf(villageMonth, calendars, period),
    ...timesAbove(villageMonth, calendars, period),
    undoMs: 10 * 60_000,
    receiptFor,
    ...overrides,
  };
}

let counted = 0;
type Act = Partial<Omit<ReportEffect, 'kind' | 'figures'>>;
type EffectOf<K extends ReportEffect['kind']> = Extract<ReportEffect, { kind: K }>;

function base(at: Date, overrides: Act): Omit<ReportEffect, 'kind' | 'figures'> {
  counted += 1;
  return {
    id: `e${counted}:0`,
    key: march,
    by: 'zalo:1001',
    onBehalf: false,
    at,
    eventId: `e${counted}`,
    ...overrides,
  };
}

/** Values by figure: a number, or `missing`. */
export type Said = Readonly<Record<string, number | 'missing'>>;

export function answers(said: Said): FigureAnswer[] {
  return Object.entries(said).map(([figure, value]) =>
    value === 'missing'
      ? { figure, value: null, status: 'missing' }
      : { figure, value, status: value === 0 ? 'zero' : 'reported' },
  );
}

export function anAnswer(said: Said, at: Date, overrides: Act = {}): ReportEffect {
  return { ...base(at, overrides), kind: 'report.answer', figures: answers(said) };
}

export function aSubmit(at: Date, overrides: Act = {}): ReportEffect {
  return { ...base(at, overrides), kind: 'report.submit' };
}

export function anUndo(at: Date, overrides: Act = {}): ReportEffect {
  return { ...base(at, overrides), kind: 'report.undo' };
}

/** The officer approves what the report now shows. */
export function anApproval(report: Report, at: Date, overrides: Act = {}): EffectOf<'report.approve'> {
  return {
    ...base(at, { by: 'zalo:2001', ...overrides }),
    kind: 'report.approve',
    shown: approvalDigest(report),
  };
}

export function aReturn(
  figures: readonly string[],
  at: Date,
  reason: ReturnReason = { code: 'evidence', text: null },
): EffectOf<'report.return'> {
  return { ...base(at, { by: 'zalo:2001' }), kind: 'report.return', figures, reason };
}

/** The officer enters on the unit's behalf. */
export function anEntry(said: Said, at: Date, overrides: Act = {}): EffectOf<'report.enter'> {
  const by = { by: 'zalo:2001', onBehalf: true, ...overrides };
  return { ...base(at, by), kind: 'report.enter', figures: answers(said) };
}

export function anObjection(at: Date, overrides: Act = {}): EffectOf<'report.object'> {
  return { ...base(at, overrides), kind: 'report.object' };
}

export function anExtension(at: Date, byDepartment = false): EffectOf<'report.extend'> {
  return { ...base(at, { by: 'zalo:2001' }), kind: 'report.extend', byDepartment };
}

/** The report after all of the effects; throws when one is not applied. */
export function after(context: ApplyContext, ...effects: ReportEffect[]): Report {
  let report: Report | null = null;
  for (const effect of effects) {
    const result = applyToReport(report, effect, context);
    if (result.outcome !== 'applied') throw new Error(`${effect.kind}: ${JSON.stringify(result)}`);
    report = result.report;
  }
  if (!report) throw new Error('no effect');
  return report;
}

export const usual: Said = { adults_digital: 412, classes_held: 4, learners: 96, households_helped: 7 };

/** February as it was sent: 412 / 4 / 96 / 7. */
export function february(said: Said = usual): Report {
  const key = { ...march, period: '2026-02' };
  return after(
    aContext({}, '2026-02'),
    anAnswer(said, vn('12T08:00', '2026-02'), { key }),
    aSubmit(vn('12T08:01', '2026-02'), { key }),
  );
}

export interface PlainUnit {
  readonly code: string;
  readonly level: UnitLevel;
  readonly parent: string | null;
  readonly name?: string;
  readonly validFrom?: string;
  readonly validTo?: string | null;
  readonly adults?: number;
  readonly population?: number;
  readonly mergedInto?: readonly string[];
}

/** A tree out of a list. */
export function aTree(list: readonly PlainUnit[]): UnitTree {
  return new UnitTree(
    list.map(({ code, level, ...span }) => ({
      code,
      level,
      spans: [
        {
          validFrom: '2025-07-01',
          validTo: null,
          name: code,
          kind: level === 'village' ? 'thôn' : 'xã',
          households: null,
          population: null,
          adults: null,
          ...span,
        },
      ],
    })),
  );
}
