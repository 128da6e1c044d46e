import { MINUTE } from '../../src/kernel/vn-time';
import { approvalDigest } from '../../src/reporting/report-digest';
import type { FigureDef } from '../../src/reporting/form';
import { formOf } from '../../src/reporting/forms';
import type { Report, ReportKey } from '../../src/reporting/report';
import type { FigureAnswer, ReportEffect } from '../../src/reporting/report-effect';
import type { ReportsService } from '../../src/reporting/reports.service';
import { entriesAnswer, ratioAnswer, textAnswer, yesNoAnswer } from '../../src/reporting/values';
import type { Random } from '../support/random';
import type { Said } from './other-hands';

/** What the people of a year do whose messages nobody plays: lateness, mistakes and corrections out of chance alone. */

let count = 0;

/** Instants of one period of a form, as its people go by. */
export interface When {
  readonly opensAt: Date;
  readonly deadline: Date;
  readonly lockAt: Date;
  readonly aboveLockAt: Date;
}

function base(key: ReportKey, at: Date, by: string, onBehalf = false) {
  count += 1;
  const eventId = `year-${String(count).padStart(7, '0')}`;
  return { id: `${eventId}:0`, key, by, onBehalf, at, eventId };
}

const between = (random: Random, from: Date, to: Date): Date =>
  new Date(from.getTime() + Math.floor(random.next() * Math.max(1, to.getTime() - from.getTime() - MINUTE)));

const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE);

/** The month of one village: in time, late, entered by its commune or never; perhaps mistaken, corrected, sent back or adjusted. */
export function villageMonth(key: ReportKey, when: When, random: Random): readonly Said[] {
  const form = formOf(key.form);
  const [head, officer] = [`zalo:head-${key.unit}`, `zalo:officer-${key.unit.slice(0, 5)}`];
  const figures = (reason: string | null = null): FigureAnswer[] =>
    form.figures.slice(0, 4).map((figure, n) => counted(figure.id, amount(n, random), reason));
  const chance = random.next();
  if (chance < 0.05) return [];
  const evening = between(random, when.lockAt, later(when.aboveLockAt, -600));
  if (chance < 0.1) {
    const entry: ReportEffect = {
      ...base(key, evening, officer, true),
      kind: 'report.enter',
      figures: figures(),
    };
    return [{ make: () => entry }, approval(key, later(evening, 30), officer)];
  }
  const at =
    chance < 0.9
      ? between(random, when.opensAt, later(when.deadline, -300))
      : between(random, when.deadline, later(when.lockAt, -120));
  const says = (given: FigureAnswer[], minutes: number): ReportEffect => ({
    ...base(key, later(at, minutes), head),
    kind: 'report.answer',
    figures: given,
  });
  const saids: Said[] = [];
  // «classes: 99» cannot be, and is said again.
  if (random.chance(0.04)) {
    const wrong = says([counted('classes_held', 99, null)], 0);
    saids.push({ make: () => wrong, otherwise: 'bad_value' });
  }
  const first = says(figures(), 1);
  const sending: ReportEffect = { ...base(key, later(at, 2), head), kind: 'report.submit' };
  saids.push({ make: () => first }, { make: () => sending });
  if (random.chance(0.06)) {
    const corrected = says([counted('learners', amount(2, random), 'đếm nhầm')], 20);
    saids.push({ make: () => corrected });
  }
  if (random.chance(0.03)) return saids;
  if (random.chance(0.02)) {
    const back: ReportEffect = {
      ...base(key, evening, officer),
      ...{ kind: 'report.return', figures: ['households_helped'], reason: { code: 'odd', text: null } },
    };
    const again: ReportEffect = {
      ...base(key, later(evening, 60), head),
      ...{ kind: 'report.answer', figures: [counted('households_helped', amount(3, random), null)] },
    };
    saids.push({ make: () => back }, { make: () => again });
  }
  saids.push(approval(key, later(evening, 90), officer));
  if (random.chance(0.01)) {
    const asked = { by: officer, at: later(when.aboveLockAt, 60), onBehalf: true };
    const adjusted: ReportEffect = {
      ...base(key, later(when.aboveLockAt, 120), 'zalo:department', true),
      ...{
        kind: 'report.adjust',
        answer: counted('adults_digital', amount(0, random), 'đối chiếu sổ'),
        asked,
      },
    };
    saids.push({ make: () => adjusted });
  }
  return saids;
}

/** Any other form of a unit, sent at once and approved where somebody is above. */
export function otherForm(
  key: ReportKey,
  when: Pick<When, 'opensAt' | 'deadline' | 'lockAt'>,
  random: Random,
): readonly Said[] {
  const form = formOf(key.form);
  const chance = random.next();
  if (chance < 0.06) return [];
  const at =
    chance < 0.9
      ? between(random, when.opensAt, later(when.deadline, -120))
      : between(random, when.deadline, later(when.lockAt, -120));
  const by = `zalo:of-${key.unit}`;
  const figures = form.figures
    .filter(({ after }) => after === undefined)
    .map((figure) => answerTo(figure, at, random));
  const says: ReportEffect = { ...base(key, at, by), kind: 'report.answer', figures };
  const sending: ReportEffect = { ...base(key, later(at, 1), by), kind: 'report.submit' };
  const sent = [{ make: () => says }, { make: () => sending }];
  return form.approvedBy === 'department' && random.chance(0.9)
    ? [...sent, approval(key, later(at, 60), 'zalo:department')]
    : sent;
}

function approval(key: ReportKey, at: Date, by: string): Said {
  return {
    make: async (reports: ReportsService) => {
      const report = (await reports.get(key)) as Report;
      return { ...base(key, at, by), kind: 'report.approve', shown: approvalDigest(report) };
    },
  };
}

function counted(figure: string, value: number, reason: string | null): FigureAnswer {
  return { figure, value, status: value === 0 ? 'zero' : 'reported', ...(reason === null ? {} : { reason }) };
}

function amount(n: number, random: Random): number {
  return [random.between(150, 480), random.between(1, 20), random.between(5, 300), random.between(0, 40)][
    n
  ] as number;
}

function answerTo(figure: FigureDef, at: Date, random: Random): FigureAnswer {
  const { id, kind } = figure;
  if (kind === 'yes_no') return yesNoAnswer(id, false);
  if (kind === 'text' || kind === 'link')
    return textAnswer(id, kind, random.chance(0.5) ? 'thiếu máy chiếu' : '');
  if (kind === 'entries') return entriesAnswer(id, []);
  if (figure.mayBeMissing && random.chance(0.3)) return { figure: id, value: null, status: 'missing' };
  if (kind === 'ratio') {
    // Fewer than live in the smallest commune.
    const denominator = random.between(1_000, 4_000);
    const numerator = random.between(0, denominator);
    const asOf = at.toISOString().slice(0, 10);
    return ratioAnswer(id, { numerator, denominator, asOf, source: null });
  }
  // Teams before members, communes with a team before teams.
  const most: Readonly<Record<string, [number, number]>> = {
    digital_teams: [5, 30],
    team_members: [40, 300],
    communes_with_team: [10, 60],
    core_teams: [61, 200],
  };
  const [from, to] = most[id] ?? [2, 90];
  return counted(id, random.between(from, to), null);
}
