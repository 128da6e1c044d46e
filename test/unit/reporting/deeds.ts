import fc from 'fast-check';
import type { Report, ReportKey } from '../../../src/reporting/report';
import type { ReportEffect } from '../../../src/reporting/report-effect';
import {
  anAnswer,
  anApproval,
  anEntry,
  anExtension,
  anObjection,
  answers,
  anUndo,
  aReturn,
  aSubmit,
  STANDING,
  type Said,
} from './builders';

/** Something done to the report of a village, by chance: for properties over any order in which such things happen. */
export interface Deed {
  readonly village: number;
  readonly kind: (typeof KINDS)[number];
  readonly figure: number;
  readonly value: number;
  /** Minutes since the deed before. */
  readonly gap: number;
}

const OFTEN = [
  'answer',
  'answer',
  'answer',
  'submit',
  'submit',
  'undo',
  'approve',
  'approve',
  'return',
] as const;
export const KINDS = [...OFTEN, 'enter', 'object', 'extend', 'decide', 'import', 'adjust', 'deputy'] as const;

const WHOLE: Said = { adults_digital: 418, classes_held: 5, learners: 121, households_helped: 14 };

export function aDeed(villages: number): fc.Arbitrary<Deed> {
  return fc.record({
    village: fc.nat(villages - 1),
    kind: fc.constantFrom(...KINDS),
    figure: fc.nat(3),
    value: fc.nat(60),
    gap: fc.oneof(
      { weight: 8, arbitrary: fc.nat(3) },
      { weight: 2, arbitrary: fc.integer({ min: 60, max: 700 }) },
      { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 8_000 }) },
    ),
  });
}

/** What the deed asks of the report as it stands; null: there is nothing to do it to. `id`: of its event; absent: one of its own. */
export function effectOf(
  deed: Deed,
  report: Report | null,
  at: Date,
  key: ReportKey,
  id?: string,
): ReportEffect | null {
  const effect = made(deed, report, at, key);
  return effect && id !== undefined ? { ...effect, id: `${id}:0`, eventId: id } : effect;
}

function made(deed: Deed, report: Report | null, at: Date, key: ReportKey): ReportEffect | null {
  const figure = STANDING[deed.figure] as string;
  const whole = { ...WHOLE, [figure]: deed.value + 1 };
  const said = report === null ? whole : { [figure]: deed.value };
  const given = answers(said).map((one) => ({ ...one, reason: 'đếm lại' }));
  const [one] = answers({ [figure]: deed.value });
  switch (deed.kind) {
    case 'answer':
      return { ...anAnswer({}, at, { key }), kind: 'report.answer', figures: given };
    case 'deputy':
      return {
        ...anAnswer({}, at, { key, by: 'zalo:1002', byDeputy: true }),
        kind: 'report.answer',
        figures: given,
      };
    case 'submit':
      return aSubmit(at, { key });
    case 'undo':
      return anUndo(at, { key });
    case 'approve':
      return report && { ...anApproval(report, at), key };
    case 'return':
      return { ...aReturn([figure], at), key };
    case 'enter':
      return anEntry(whole, at, { key });
    case 'import':
      return { ...anEntry(whole, at, { key, by: 'zalo:3001' }), kind: 'report.import', sheet: 'so-lieu.csv' };
    case 'object':
      return anObjection(at, { key });
    case 'extend':
      return { ...anExtension(at), key };
    case 'adjust': {
      if (!one) return null;
      const { kind: _kind, figures: _figures, ...act } = anEntry({}, at, { key, by: 'zalo:3001' });
      const answer = { ...one, reason: 'đếm nhầm' };
      const asked = { by: 'zalo:1001', at: new Date(at.getTime() - 60_000), onBehalf: false };
      return { ...act, kind: 'report.adjust', answer, asked };
    }
    case 'decide': {
      const second = report?.seconds[figure];
      if (!second) return null;
      const { kind: _kind, ...act } = anObjection(at, { key, onBehalf: true });
      return { ...act, kind: 'report.decide', figure, take: 'second', second: second.effectId };
    }
  }
}
