import { Chains, sameMinute, type ChainsDeps } from '../../../src/reminders/escalation/chains';
import { countEnds, endOfChain, type Silence } from '../../../src/reminders/escalation/ends';
import { dutyStatus, type Duty } from '../../../src/reporting/duties';
import { formOf } from '../../../src/reporting/forms';
import { timesOf } from '../../../src/reporting/deadlines';
import { HOUR } from '../../../src/kernel/vn-time';
import { Random } from '../../support/random';
import { calendars } from '../reporting/builders';
import { vn } from './builders';

/** How the asking for a report ends: each of the four ends, and a month of many units in which none is left without one. */

const lock = { lockAt: vn('2026-03-18T17:00') };
const silence = (over: Partial<Silence> = {}): Silence => ({ why: null, told: true, reason: null, ...over });

it.each`
  status       | known                       | at                    | end                                                             | because
  ${'done'}    | ${{}}                       | ${'2026-03-15T08:00'} | ${{ end: 'done' }}                                              | ${'it was sent in time'}
  ${'late'}    | ${{ why: 'refused' }}       | ${'2026-03-18T08:00'} | ${{ end: 'late' }}                                              | ${'it was sent, whatever else is known'}
  ${'late'}    | ${{ reason: 'ốm' }}         | ${'2026-03-20T08:00'} | ${{ end: 'late' }}                                              | ${'sent on behalf after all'}
  ${'overdue'} | ${{}}                       | ${'2026-03-18T16:59'} | ${null}                                                         | ${'it may still be sent'}
  ${'overdue'} | ${{}}                       | ${'2026-03-18T17:00'} | ${{ end: 'refused' }}                                           | ${'told, and gave nothing'}
  ${'overdue'} | ${{ told: false }}          | ${'2026-03-18T17:00'} | ${{ end: 'unreachable', why: 'not_told' }}                      | ${'who was never told refused nothing'}
  ${'overdue'} | ${{ why: 'window_closed' }} | ${'2026-03-18T17:00'} | ${{ end: 'unreachable', why: 'window_closed' }}                 | ${'nobody there can be told'}
  ${'open'}    | ${{ reason: 'mất điện' }}   | ${'2026-03-16T17:00'} | ${{ end: 'unreachable', why: 'explained', reason: 'mất điện' }} | ${'the commune has said why'}
`('$status, $known: $because', ({ status, known, at, end }) => {
  expect(endOfChain(status, silence(known as Partial<Silence>), lock, vn(at as string))).toEqual(end);
});

it('counts what still runs apart, and every unit once', () => {
  const ends = [{ end: 'done' }, { end: 'late' }, null, { end: 'unreachable', why: 'failed' }] as const;
  expect(countEnds(ends)).toEqual({ done: 1, late: 1, refused: 0, unreachable: 1, open: 1 });
});

/** A month in which units send, are locked later than others, cannot be told, are entered for, or stay silent. */
function sampleMonth(seed: number) {
  const chance = new Random(seed);
  const random = (): number => chance.next();
  const form = formOf('village-month');
  const times = timesOf(form, calendars, '2026-03');
  const hours = (times.lockAt.getTime() - times.opensAt.getTime()) / HOUR;
  const units = Array.from({ length: 400 }, (_, i) => {
    const sends = random() < 0.6;
    const onBehalf = !sends && random() < 0.2;
    const extended = random() < 0.1 ? 19 * HOUR : 0;
    const after = sends ? random() * hours : hours + extended / HOUR + 1 + random() * 48;
    return {
      unit: `V${i}`,
      lockAt: new Date(times.lockAt.getTime() + extended),
      sentAt: sends || onBehalf ? new Date(times.opensAt.getTime() + after * HOUR) : null,
      why:
        random() < 0.15 ? (['not_claimed', 'opted_out', 'failed'] as const)[Math.floor(random() * 3)]! : null,
      toldAt: random() < 0.9 ? new Date(times.opensAt.getTime() + Math.floor(random() * 72) * HOUR) : null,
      reason: random() < 0.05 ? 'đi vắng' : null,
    };
  });
  const deps = (now: Date): ChainsDeps => ({
    duties: async () =>
      units.map(({ unit, lockAt, sentAt }): Duty => {
        const submittedAt = sentAt !== null && sentAt <= now ? sentAt : null;
        const status = dutyStatus(times, submittedAt, now);
        return { ...times, form: form.id, unit, lockAt, status, submittedAt };
      }),
    unreachable: async () => new Map(units.flatMap(({ unit, why }) => (why === null ? [] : [[unit, why]]))),
    told: async (_form, _period, asked) =>
      new Set(
        units
          .filter(({ unit, toldAt }) => asked.includes(unit) && toldAt !== null && toldAt <= now)
          .map(({ unit }) => unit),
      ),
    reasons: async () =>
      new Map(units.flatMap(({ unit, reason }) => (reason === null ? [] : [[unit, reason]]))),
  });
  return { units, times, deps };
}

it.each([1, 2, 3])(
  'no unit of the month is left without an end after its own lock, the sums hold at every hour, and who sends late is late (seed %i)',
  async (seed) => {
    const { units, times, deps } = sampleMonth(seed);
    const facts = new Map(units.map((unit) => [unit.unit, unit]));
    const seen = new Set<string>();
    const last = times.lockAt.getTime() + 80 * HOUR;
    for (let at = times.opensAt.getTime(); at <= last; at += 6 * HOUR) {
      const now = new Date(at);
      const chains = new Chains(deps(now));
      const all = await chains.of('village-month', '2026-03', '24', now);
      const counts = chains.counts(all);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(units.length);
      for (const { unit, end, submittedAt } of all) {
        const fact = facts.get(unit)!;
        if (end) seen.add(end.end);
        if (now >= fact.lockAt) expect([unit, end]).not.toEqual([unit, null]);
        if (submittedAt) expect(end).toEqual({ end: submittedAt > times.deadline ? 'late' : 'done' });
        if (end?.end === 'refused')
          expect([fact.why, fact.toldAt !== null, fact.reason]).toEqual([null, true, null]);
        if (!end) expect(now < fact.lockAt).toBe(true);
      }
    }
    expect([...seen].sort()).toEqual(['done', 'late', 'refused', 'unreachable']);
  },
);

it('asks once in a minute why units cannot be told, for all the lists made in it', async () => {
  const asked: string[] = [];
  const why = sameMinute(async (period) => {
    asked.push(period);
    return new Map();
  });
  await Promise.all([why('2026-03', vn('2026-03-17T17:05')), why('2026-03', vn('2026-03-17T17:05'))]);
  await why('2026-04', vn('2026-03-17T17:05'));
  await why('2026-04', vn('2026-03-17T17:06'));
  expect(asked).toEqual(['2026-03', '2026-04', '2026-04']);
});
