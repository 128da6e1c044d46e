import { judgeVillageLines } from '../../scripts/understanding/village';
import { countsOf, labelledLines, type Judged } from '../../scripts/understanding/labelled';
import { judgeOfficers } from '../../scripts/understanding/officers';

/**
 * The labelled lines through the real engine: nothing is ever stored, sent or taken against what was said, and what is
 * understood only grows. `npm run understanding` shows the lines that fail.
 */
/** Lines written by people who had not seen the program: each file with what it must keep, of how many. */
describe.each([
  ['leader-own-lines.jsonl', 570, 453, 558, () => judgeVillageLines(labelledLines('leader-own-lines.jsonl'))],
  ['leader-held-out.jsonl', 227, 170, 212, () => judgeVillageLines(labelledLines('leader-held-out.jsonl'))],
  ['officer-held-out.jsonl', 25, 12, 23, () => judgeOfficers('officer-held-out.jsonl')],
  ['officer-own-lines.jsonl', 123, 90, 119, () => judgeOfficers('officer-own-lines.jsonl')],
] as const)('%s', (_name, all, rightly, helped, judge) => {
  it('none is taken wrongly, and the floors hold', async () => {
    const judged = await judge();
    const { right, asked } = countsOf(judged);
    expect(judged).toHaveLength(all);
    expect(failures(judged)).toEqual([]);
    expect(right).toBeGreaterThanOrEqual(rightly);
    expect(right + asked).toBeGreaterThanOrEqual(helped);
  }, 60_000);
});

function failures(judged: readonly Judged[]): string[] {
  return judged
    .filter(({ verdict }) => verdict === 'wrong')
    .map(({ line, saw }) => `${line.id} «${line.text}» ${saw}`);
}

describe('lines of village leaders', () => {
  let judged: readonly Judged[];
  beforeAll(async () => (judged = await judgeVillageLines()), 60_000);

  it('none is taken wrongly', () => {
    const wrong = judged.filter(({ verdict }) => verdict === 'wrong');
    expect(wrong.map(({ line, saw }) => `${line.id} «${line.text}» ${saw}`)).toEqual([]);
  });

  /** Shares of the 310 lines; raise them when more is understood. */
  it('the floors hold', () => {
    const { right, asked } = countsOf(judged);
    expect(right).toBeGreaterThanOrEqual(252);
    expect(right + asked).toBeGreaterThanOrEqual(308);
  });

  it('no word of stopping sends, stores, confirms or consents anywhere', async () => {
    const stops = [
      'dừng',
      'đừng',
      'thôi',
      'khoan',
      'hủy',
      'huỷ bỏ đi',
      'dừng lại',
      'đừng gửi',
      'chưa gửi vội',
      'dung',
      'dung gui',
      'gửi thôi',
      'dừng hết',
      'đừng ghi',
      'thôi không gửi nữa',
      'ừ thôi',
      'ok đừng',
      'khoan đã em',
      'chờ đã',
      'cho da',
      'đợi tí',
      'tối gửi',
      'gửi rồi à',
      'đúng không',
    ];
    const places = ['screen', 'q1', 'q2', 'q3', 'q4', 'confirm', 'odd', 'review', 'onboarding'];
    const lines = places.flatMap((context) =>
      stops.map((text, i) => ({ id: `${context}${i}`, context, text, expect: { ask: 1 } as const })),
    );
    const done = await judgeVillageLines(lines);
    const harmed = done.filter(({ verdict, saw }) => verdict === 'wrong' && !/^contact\.mute/.test(saw));
    expect(harmed.map(({ line, saw }) => `${line.context} «${line.text}» ${saw}`)).toEqual([]);
  });

  it('words that are also names of things in the language break nothing and store nothing', async () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'then'];
    const texts = names.flatMap((name) => [
      name,
      `${name} 418 5 121 14`,
      `sửa ${name}`,
      `tổng tháng 3 ${name}`,
      `báo cáo thôn ${name}`,
      `#${name}`,
      `#FAQ_${name}`,
      `quên mật khẩu ${name}`,
    ]);
    const lines = ['idle', 'q3', 'screen', 'review', 'sent', 'onboarding'].flatMap((context) =>
      texts.map((text, i) => ({ id: `${context}${i}`, context, text, expect: { ask: 1 } as const })),
    );
    for (const { line, verdict, saw } of await judgeVillageLines(lines))
      expect([line.context, line.text, verdict, saw]).not.toEqual([line.context, line.text, 'wrong', saw]);
  });

  it('«không phát sinh» answers the open question once another figure is there', async () => {
    const figs = { adults_digital: 418, classes_held: 5, learners: 121, households_helped: 0 };
    const [q4, q3, review] = await judgeVillageLines([
      { id: 'q4', context: 'q4', text: 'không phát sinh', expect: { figs } },
      { id: 'q3', context: 'q3', text: 'khong phat sinh', expect: { v: 0 } },
      { id: 'review', context: 'review', text: 'không phát sinh', expect: { ask: 1 } },
    ]);
    // Five sessions and nobody there is asked about, as any two figures that do not fit.
    expect([q4?.verdict, q3?.verdict, review?.verdict]).toEqual(['right', 'asked', 'right']);
  });

  it('figures with nothing open store nothing and are asked about', async () => {
    const texts = ['giúp 14 hộ', 'hôm qua học 1 buổi 30 người', 'buoi hoc 5'];
    const lines = texts.map((text) => ({ id: text, context: 'idle', text, expect: { ask: 1 } as const }));
    expect((await judgeVillageLines(lines)).map(({ verdict }) => verdict)).toEqual([
      'right',
      'right',
      'right',
    ]);
  });
});
