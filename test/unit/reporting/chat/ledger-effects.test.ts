import { ledgerEffects } from '../../../../src/reporting/chat/ledger-effects';
import type { Adjustment, SettleAdjustment } from '../../../../src/reporting/ledger';
import type { ReportEffect } from '../../../../src/reporting/report-effect';

const AT = new Date('2026-04-12T09:00:00+07:00');
const asked: Adjustment = {
  ...{ id: 'abc', unit: '24-CA', form: 'police-month', period: '2026-03', figure: 'level2_activated' },
  ...{ from: 0.714, to: 0.68, reason: 'đếm trùng', onBehalf: false, by: 'zalo:minh', at: AT },
  toDetail: { kind: 'ratio', numerator: 68, denominator: 100, asOf: '2026-03-15', source: 'Công an tỉnh' },
};

async function settledBy(by: string) {
  const written: ReportEffect[] = [];
  const settled: SettleAdjustment[] = [];
  const nothing = async (): Promise<void> => undefined;
  const handlers = ledgerEffects(
    {
      ...{ explain: nothing, finish: nothing, ask: nothing, explainSilence: nothing },
      settle: async (effect) => void settled.push(effect),
      adjustment: async () => asked,
    },
    { mayDo: async () => true, mayWriteFor: async () => true },
    {
      apply: async (effect) => {
        written.push(effect);
        return { outcome: 'applied', report: null as never };
      },
    },
  );
  const effect: SettleAdjustment = {
    ...{ kind: 'adjustment.settle', id: 'e1:0', by, at: AT, eventId: 'e1', unit: '24-CA' },
    ...{ adjustment: 'abc', approves: true },
  };
  const outcome = await handlers['adjustment.settle'](effect);
  return { outcome, written, settled: settled.length };
}

it('is approved by somebody else, with all parts of the share', async () => {
  const { outcome, written, settled } = await settledBy('zalo:dung');
  expect([outcome, settled]).toEqual(['done', 1]);
  expect(written).toMatchObject([
    { kind: 'report.adjust', answer: { value: 0.68, detail: asked.toDetail, reason: 'đếm trùng' } },
  ]);
});

it('is never approved by who asked for it', async () => {
  expect(await settledBy('zalo:minh')).toEqual({ outcome: 'conflict', written: [], settled: 0 });
});
