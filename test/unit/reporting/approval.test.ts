import fc from 'fast-check';
import { applyToReport } from '../../../src/reporting/apply-report';
import { doubtsOf, isClean, returnOf } from '../../../src/reporting/approval';
import { approvalDigest } from '../../../src/reporting/report-digest';
import type { AuditNote } from '../../../src/audit/entry';
import { askedFigures, formOf } from '../../../src/reporting/forms';
import { recompute } from '../../../src/reporting/recompute';
import { stateAt, type Report } from '../../../src/reporting/report';
import type { FigureAnswer, ReportEffect, ReportOutcome } from '../../../src/reporting/report-effect';
import { notesOfReport } from '../../../src/reporting/report-audit';
import { RollupIndex } from '../../../src/reporting/rollup-index';
import {
  aContext,
  after,
  anAnswer,
  anApproval,
  anEntry,
  anExtension,
  anObjection,
  anUndo,
  aReturn,
  aSubmit,
  aTree,
  february,
  march,
  STANDING,
  vn,
  type Said,
} from './builders';
import { reportsOutOf } from '../../support/audit-reports';
import { aDeed, effectOf, KINDS } from './deeds';

const context = aContext({ earlier: [february()] });
const all: Said = { adults_digital: 418, classes_held: 5, learners: 121, households_helped: 14 };

const sent = after(context, anAnswer(all, vn('15T20:00')), aSubmit(vn('15T20:14')));
const approved = then(sent, anApproval(sent, vn('16T09:00')));

/** The report after one more effect; throws when it is not applied. */
function then(report: Report | null, effect: ReportEffect, within = context): Report {
  const result = applyToReport(report, effect, within);
  if (result.outcome !== 'applied') throw new Error(`${effect.kind}: ${JSON.stringify(result)}`);
  return result.report;
}

function states(report: Report): string[] {
  return STANDING.map((figure) => report.figures[figure]?.state ?? '-');
}

/** What became of it, in one word. */
function came(result: ReportOutcome): string {
  return result.outcome === 'refused' ? result.why : result.outcome;
}

/** A correction with the reason that an approved figure needs. */
function corrected(figure: string, value: number, at: Date, reason: string | null): ReportEffect {
  const figures: FigureAnswer[] = [{ figure, value, status: 'reported', reason }];
  const given = anAnswer({ [figure]: value }, at);
  return { ...given, kind: 'report.answer', figures };
}

it('approves what was shown and keeps its digest with the act', () => {
  expect(states(approved)).toEqual(['approved', 'approved', 'approved', 'approved']);
  expect(approved.state).toBe('approved');
  expect(approved.acts.at(-1)).toMatchObject({ kind: 'approve', digest: approvalDigest(sent) });
  expect(approvalDigest(sent)).toMatch(/^sha256:[0-9a-f]{64}$/);
  // Approving moves states and changes no figure, so the digest of what stands is still the same.
  expect(approvalDigest(approved)).toBe(approvalDigest(sent));
});

it('refuses an approval of figures that changed since they were shown', () => {
  const seen = anApproval(sent, vn('16T09:00'));
  const changed = then(sent, anAnswer({ learners: 120 }, vn('16T08:59')));
  expect(came(applyToReport(changed, seen, context))).toBe('changed');
  expect(came(applyToReport(approved, anApproval(approved, vn('16T10:00')), context))).toBe(
    'nothing_to_approve',
  );
});

it('before approval a correction replaces; after it needs a reason, and only that figure is approved again', () => {
  const before = then(sent, anAnswer({ learners: 120 }, vn('15T21:00')));
  expect(before.versions.filter(({ figure }) => figure === 'learners').map(({ value }) => value)).toEqual([
    121, 120,
  ]);
  expect(came(applyToReport(approved, corrected('learners', 120, vn('16T10:00'), null), context))).toBe(
    'needs_reason',
  );
  const again = then(approved, corrected('learners', 120, vn('16T10:00'), 'đếm nhầm'));
  expect(states(again)).toEqual(['approved', 'approved', 'submitted', 'approved']);
  expect(again.state).toBe('submitted');
  expect(doubtsOf(again, context)).toEqual([{ why: 'corrected', figure: 'learners' }]);
  const whole = then(again, anApproval(again, vn('16T11:00')));
  expect(whole.acts.at(-1)?.moved).toEqual([{ figure: 'learners', version: 2, from: 'submitted' }]);
  expect(whole.state).toBe('approved');
});

it('taking back a correction of an approved figure makes it the approved one again', () => {
  const again = then(approved, corrected('learners', 120, vn('16T10:00'), 'đếm nhầm'));
  const back = then(again, anUndo(vn('16T10:05')));
  expect(back.figures['learners']).toMatchObject({ value: 121, state: 'approved', version: 3 });
});

it('sends back one figure; the same value said again answers it, and the others stay approved', () => {
  const back = then(approved, aReturn(['learners'], vn('16T14:00'), { code: 'evidence', text: null }));
  expect(back.state).toBe('returned');
  expect(states(back)).toEqual(['approved', 'approved', 'returned', 'approved']);
  expect(returnOf(back, 'learners')).toMatchObject({ reason: { code: 'evidence' }, by: 'zalo:2001' });
  expect(returnOf(back, 'classes_held')).toBeNull();
  const kept = then(back, anAnswer({ learners: 121 }, vn('16T15:00')));
  expect(states(kept)).toEqual(['approved', 'approved', 'submitted', 'approved']);
  expect(returnOf(kept, 'learners')).toBeNull();
  expect(came(applyToReport(back, aReturn(['learners'], vn('16T16:00')), context))).toBe('nothing_to_return');
});

it.each`
  effect                             | at            | outcome      | why
  ${'another figure of the village'} | ${'18T19:00'} | ${'locked'}  | ${'its lock binds the village'}
  ${'the figure that was sent back'} | ${'23T19:00'} | ${'applied'} | ${'a returned figure is open until the lock of the commune'}
  ${'the figure that was sent back'} | ${'24T17:00'} | ${'locked'}  | ${'not beyond it'}
  ${'an entry on behalf'}            | ${'23T19:00'} | ${'applied'} | ${'the commune acts until its own lock'}
  ${'an entry on behalf'}            | ${'24T17:00'} | ${'locked'}  | ${'not beyond it'}
  ${'an approval'}                   | ${'23T19:00'} | ${'applied'} | ${'the commune acts until its own lock'}
`('$effect at $at: $outcome, since $why', ({ effect, at, outcome }) => {
  const back = then(sent, aReturn(['learners'], vn('16T14:00')));
  const effects: Record<string, ReportEffect> = {
    'another figure of the village': anAnswer({ households_helped: 15 }, vn(at)),
    'the figure that was sent back': anAnswer({ learners: 21 }, vn(at)),
    'an entry on behalf': anEntry(all, vn(at)),
    'an approval': anApproval(back, vn(at)),
  };
  expect(applyToReport(back, effects[effect] as ReportEffect, context).outcome).toBe(outcome);
});

it('reads as returned past the lock while a figure is, as locked otherwise', () => {
  const back = then(sent, aReturn(['learners'], vn('16T14:00')));
  expect(stateAt(back, context.lockAt, vn('19T08:00'))).toBe('returned');
  expect(stateAt(approved, context.lockAt, vn('18T16:59'))).toBe('approved');
  expect(stateAt(approved, context.lockAt, vn('18T17:00'))).toBe('locked');
});

it('enters and sends on behalf in one, over a draft too, and says so', () => {
  const drafted = after(context, anAnswer({ learners: 80 }, vn('15T20:00')));
  for (const before of [null, drafted]) {
    const entered = then(before, anEntry(all, vn('18T19:00')));
    expect(entered).toMatchObject({ state: 'submitted', late: true, submittedAt: vn('18T19:00') });
    expect(STANDING.map((figure) => entered.figures[figure]?.value)).toEqual([418, 5, 121, 14]);
    expect(Object.values(entered.figures).every(({ onBehalf }) => onBehalf)).toBe(true);
  }
  const { adults_digital: _missing, ...three } = all;
  expect(came(applyToReport(drafted, anEntry(three, vn('15T21:00')), context))).toBe('incomplete');
  expect(came(applyToReport(null, anEntry(all, vn('09T08:00')), context))).toBe('not_open');
  const impossible = { ...all, classes_held: 0 };
  expect(came(applyToReport(null, anEntry(impossible, vn('15T21:00')), context))).toBe('bad_value');
});

it('the village objects for 24 hours, and its later figures stand beside those entered', () => {
  const entered = then(null, anEntry(all, vn('15T09:00')));
  expect(came(applyToReport(entered, anObjection(vn('16T09:01')), context))).toBe('nothing_to_object');
  const objected = then(entered, anObjection(vn('16T09:00')));
  expect(isClean(objected, context)).toBe(false);
  expect(came(applyToReport(objected, anObjection(vn('16T09:00')), context))).toBe('nothing_to_object');
  const own = then(objected, anAnswer({ learners: 96 }, vn('16T10:00')));
  expect(own.figures['learners']).toMatchObject({ value: 121, onBehalf: true });
  expect(own.seconds['learners']).toMatchObject({ value: 96, onBehalf: false });
  expect(came(applyToReport(own, anApproval(own, vn('16T11:00')), context))).toBe('undecided');
});

it('moves the lock of one unit to noon of the next working day, ten times, and no later than the commune is due', () => {
  const extended = then(sent, anExtension(vn('18T19:00')));
  expect(extended.extendedTo).toEqual(vn('19T12:00'));
  const late = then(extended, anAnswer({ households_helped: 15 }, vn('19T11:59')));
  expect(late.figures['households_helped']?.value).toBe(15);
  expect(applyToReport(extended, anAnswer({ learners: 1 }, vn('19T12:00')), context).outcome).toBe('locked');
  expect(stateAt(extended, context.lockAt, vn('19T11:00'))).toBe('submitted');
  expect(came(applyToReport(extended, anExtension(vn('18T20:00')), context))).toBe('already_extended');
  expect(applyToReport(sent, anExtension(vn('19T12:00')), context)).toMatchObject({
    outcome: 'locked',
    since: vn('19T12:00'),
  });
  const ten = { ...context, extensions: 10 };
  expect(came(applyToReport(null, anExtension(vn('18T19:00')), ten))).toBe('quota');
  expect(applyToReport(null, anExtension(vn('18T19:00'), true), ten).outcome).toBe('applied');
});

it('undo takes nothing away that somebody above has looked at', () => {
  const looked = [
    then(sent, anApproval(sent, vn('15T20:15'))),
    then(sent, aReturn(['learners'], vn('15T20:15'))),
    then(sent, anEntry({ ...all, learners: 100 }, vn('15T20:15'))),
  ];
  for (const report of looked)
    expect(came(applyToReport(report, anUndo(vn('15T20:16')), context))).toBe('looked_at');
});

it.each`
  what                             | said                                                      | doubts
  ${'four values as ever'}         | ${{}}                                                     | ${[]}
  ${'a figure said to be missing'} | ${{ learners: 'missing' }}                                | ${['missing']}
  ${'a value twenty times higher'} | ${{ households_helped: 140 }}                             | ${['odd']}
  ${'nothing at all'}              | ${{ classes_held: 0, learners: 0, households_helped: 0 }} | ${[]}
`('$what: doubts $doubts', ({ said, doubts }) => {
  const report = after(
    context,
    anAnswer({ ...all, ...(said as Said) }, vn('15T20:00')),
    aSubmit(vn('15T20:14')),
  );
  expect(doubtsOf(report, context).map(({ why }) => why)).toEqual(doubts);
  expect(isClean(report, context)).toBe(doubts.length === 0);
});

it('sending approves where nobody is above', () => {
  const police = formOf('police-month');
  const key = { form: police.id, period: '2026-03', unit: '24-CA' };
  const within = aContext({ form: police, asked: [], approveUntil: null });
  const parts = { kind: 'ratio' as const, numerator: 50, denominator: 100, asOf: '2026-03-14', source: null };
  const figures: FigureAnswer[] = [
    {
      figure: 'level2_activated',
      value: 0.5,
      status: 'reported',
      detail: parts,
    },
  ];
  const given = anAnswer({}, vn('12T08:00'), { key });
  const report = after(
    within,
    { ...given, kind: 'report.answer', figures },
    aSubmit(vn('12T08:01'), { key }),
  );
  expect([report.state, report.figures['level2_activated']?.state]).toEqual(['approved', 'approved']);
});

const heldBy = (unit: string): string => `zalo:${unit}`;

it('any interleaving of sending, correcting, approving, returning, entering and locking gives the totals of a recomputation, out of the reports as out of the audit', () => {
  const units = ['c1-0', 'c1-1', 'c2-0'];
  const tree = aTree([
    { code: '24', level: 'province', parent: null },
    { code: 'c1', level: 'commune', parent: '24' },
    { code: 'c2', level: 'commune', parent: '24' },
    ...units.map((code) => ({ code, level: 'village' as const, parent: code.slice(0, 2) })),
  ]);
  const form = formOf('village-month');
  const asked = askedFigures(form, '2026-03', {});
  const met = new Set<string>();
  const heard = new Map<string, AuditNote>();
  const deed = aDeed(units.length);
  fc.assert(
    fc.property(fc.array(deed, { minLength: 5, maxLength: 40 }), (deeds) => {
      const index = new RollupIndex(form, '2026-03', asked, tree);
      const reports = new Map<string, Report>();
      heard.clear();
      let at = vn('14T08:00').getTime();
      for (const each of deeds) {
        at += each.gap * 60_000;
        const unit = units[each.village] as string;
        const before = reports.get(unit) ?? null;
        const effect = effectOf(each, before, new Date(at), { ...march, unit });
        const result = effect && applyToReport(before, effect, context);
        if (result?.outcome !== 'applied') continue;
        met.add(each.kind);
        expect(
          result.report.versions.slice(0, before?.versions.length ?? 0).map(({ value }) => value),
        ).toEqual(before?.versions.map(({ value }) => value) ?? []);
        reports.set(unit, result.report);
        index.apply(result.report);
        // Whenever it is noted, a deed is noted alike.
        for (const note of notesOfReport(result.report, heldBy)) {
          expect(heard.get(note.id) ?? note).toEqual(note);
          heard.set(note.id, note);
        }
      }
      const noted = [...reports.values()].flatMap((report) => notesOfReport(report, heldBy));
      const outOfNotes = reportsOutOf(noted.map((note) => ({ ...note, at: note.at.toISOString() })));
      const plain = recompute(form, '2026-03', asked, tree, reports.values());
      expect(recompute(form, '2026-03', asked, tree, outOfNotes)).toEqual(plain);
      for (const [unit, totals] of plain) expect(index.totals(unit)).toEqual(totals);
    }),
    { seed: 13, numRuns: 400 },
  );
  expect([...met].sort()).toEqual([...new Set(KINDS)].sort());
});
