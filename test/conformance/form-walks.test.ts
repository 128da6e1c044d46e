import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIGURE_WORDS } from '../../src/reporting/chat/figure-vocabulary';
import { FORMS } from '../../src/reporting/forms';
import { levelOf, unitsActedFor } from '../../src/org/roles';
import type { Report } from '../../src/reporting/report';
import { playTalk } from '../support/talk-player';

/**
 * A walk over every form: who owns and reports it, what bounds and adds up its figures, which words name them, and a talk
 * in which people enter, return, correct and approve it. A new form without such a talk fails here by name.
 */

const TALKS = join(__dirname, '..', 'talks');
const forms = [...FORMS.values()];

/** What adds up how: contract 5.1. */
const ROLL_UP = {
  count: 'sum',
  ratio: 'parts',
  yes_no: 'count_true',
  text: 'none',
  link: 'none',
  entries: 'none',
};

describe.each(forms.map((form) => [form.id, form] as const))('%s', (id, form) => {
  it('is owned by somebody who may report it, at a unit that owes it', () => {
    expect(form.reporters).toContain(form.owner.role);
    const unit = form.owner.unit;
    const [level] = form.levels;
    const reachable = form.reporters.some(
      (role) => levelOf(role) === level || unitsActedFor({ unit: '24', role }).length > 1,
    );
    expect([id, reachable]).toEqual([id, true]);
    if (unit !== null) expect(form.levels).toEqual(['agency']);
    expect(form.source).toMatch(/Kế hoạch/);
  });

  it('bounds every figure and says how it adds up', () => {
    for (const { id: figure, kind, rollUp, max } of form.figures) {
      expect([figure, rollUp]).toEqual([figure, ROLL_UP[kind]]);
      expect([figure, typeof max === 'number' ? max > 0 : max.otherwise > 0]).toEqual([figure, true]);
    }
  });

  it('is entered, returned, corrected and approved in a talk', async () => {
    const file = join(TALKS, `form-${id}.txt`);
    expect([`test/talks/form-${id}.txt`, existsSync(file)]).toEqual([expect.any(String), true]);
    const { talk } = await playTalk(readFileSync(file, 'utf8'));
    const reports = [...talk.reports.values()].filter((report) => report.form === id);
    expect(reports).toHaveLength(1);
    const [report] = reports as [Report];
    const kinds = report.acts.map((act) => act.kind);
    expect(kinds).toContain('submit');
    const corrected = report.versions.some(
      ({ version, reason }) => version > 1 && (reason !== null || !form.approvedBy),
    );
    expect([id, 'corrected, where somebody approves with a reason', corrected]).toEqual([
      id,
      expect.any(String),
      true,
    ]);
    if (form.approvedBy !== null)
      expect(kinds.filter((kind) => kind === 'return' || kind === 'approve')).toEqual([
        'return',
        'approve',
        'approve',
      ]);
    expect([id, report.state]).toEqual([id, 'approved']);
    for (const { id: figure, after } of form.figures)
      if (after === undefined || report.figures[after]?.value === 1)
        if (!form.figures.find((each) => each.id === figure)?.optional)
          expect([figure, report.figures[figure]?.state]).toEqual([figure, 'approved']);
  });
});

it('names every figure of the villages, the only ones typed by name in a line, and no other', () => {
  const figures = FORMS.get('village-month')?.figures.map(({ id }) => id) ?? [];
  expect(Object.keys(FIGURE_WORDS).sort()).toEqual([...figures].sort());
  for (const figure of figures) expect([figure, FIGURE_WORDS[figure]?.length]).not.toEqual([figure, 0]);
});
