import { judgeVillageLines } from '../../scripts/understanding/village';
import { countsOf, labelledLines, rightAtOnce, type Judged } from '../../scripts/understanding/labelled';
import { judgeOfficers } from '../../scripts/understanding/officers';

/**
 * The labelled lines through the real engine: nothing is ever stored, sent or taken against what was said, and what is
 * understood only grows. `npm run understanding` shows the lines that fail.
 */
/**
 * Each file of lines written by people who had not seen the program, with what it must keep: how many there are, how many
 * are right, how many right or asked; of answers and of wishes the share that is right at once. Floors only go up.
 */
describe.each([
  ['village-lines.jsonl', 310, 264, 310, 0.76, 0.96],
  ['leader-own-lines.jsonl', 570, 485, 565, 0.76, 0.92],
  ['leader-held-out.jsonl', 227, 198, 225, 0.78, 0.94],
  ['leader-months-lines.jsonl', 176, 145, 176, 0.72, 0.92],
  ['leader-second-lines.jsonl', 106, 84, 105, 0.7, 0.86],
  ['leader-third-lines.jsonl', 206, 166, 204, 0.71, 0.92],
  ['leader-fourth-lines.jsonl', 205, 162, 202, 0.72, 0.86],
  ['leader-fifth-lines.jsonl', 113, 106, 113, 0.89, 0.96],
  ['leader-sixth-lines.jsonl', 88, 71, 86, 0.77, 0.85],
  ['leader-seventh-lines.jsonl', 159, 78, 147, 0.4, 0.48],
  ['officer-held-out.jsonl', 25, 12, 23, 0, 0.48],
  ['officer-own-lines.jsonl', 123, 97, 121, 0, 0.78],
  ['officer-fresh-lines.jsonl', 116, 74, 112, 0, 0.63],
] as const)('%s', (name, all, rightly, helped, answers, wishes) => {
  it('none is taken wrongly, and the floors hold', async () => {
    const judged = await (name.startsWith('officer')
      ? judgeOfficers(name)
      : judgeVillageLines(labelledLines(name)));
    const { right, asked } = countsOf(judged);
    expect(judged).toHaveLength(all);
    expect(failures(judged)).toEqual([]);
    expect(right).toBeGreaterThanOrEqual(rightly);
    expect(right + asked).toBeGreaterThanOrEqual(helped);
    expect(rightAtOnce(judged, 'answer') ?? 1).toBeGreaterThanOrEqual(answers);
    expect(rightAtOnce(judged, 'wish') ?? 1).toBeGreaterThanOrEqual(wishes);
  }, 60_000);
});

function failures(judged: readonly Judged[]): string[] {
  return judged
    .filter(({ verdict }) => verdict === 'wrong')
    .map(({ line, saw }) => `${line.id} «${line.text}» ${saw}`);
}

const NAMES_IN_THE_LANGUAGE = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'then'],
];

describe('lines of officers', () => {
  it('words that are also names of things in the language break nothing and do nothing', async () => {
    const texts = NAMES_IN_THE_LANGUAGE.flatMap((name) => [
      name,
      `tình hình ${name}`,
      `tổng tháng 3 ${name}`,
      `duyệt thôn ${name}`,
      `duyệt ${name}`,
      `trả lại số 3 thôn ${name}`,
      `nhập hộ thôn ${name}: 418 5 121 14`,
      `giao ${name}`,
      `nhận ${name}`,
      `số liệu ${name}`,
      `gia hạn thôn ${name}`,
      `ai chưa nộp ${name}`,
      `#${name}`,
      `#DUYET_${name}`,
      `#FAQ_${name}`,
    ]);
    const lines = ['officer', 'approvals'].flatMap((context) =>
      texts.map((text, i) => ({ id: `${context}${i}`, context, text, expect: { ask: 1 } as const })),
    );
    const judged = await judgeOfficers(lines);
    expect(judged).toHaveLength(lines.length);
    expect(failures(judged)).toEqual([]);
  });
});

describe('lines of village leaders', () => {
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
      'dung het',
      'dung ca',
      'da dung het a',
    ];
    const places = ['screen', 'q1', 'q2', 'q3', 'q4', 'confirm', 'odd', 'review', 'onboarding'];
    const lines = places.flatMap((context) =>
      stops.map((text, i) => ({ id: `${context}${i}`, context, text, expect: { ask: 1 } as const })),
    );
    const done = await judgeVillageLines(lines);
    const harmed = done.filter(({ verdict }) => verdict === 'wrong');
    expect(harmed.map(({ line, saw }) => `${line.context} «${line.text}» ${saw}`)).toEqual([]);
  });

  it('words that are also names of things in the language break nothing and store nothing', async () => {
    const texts = NAMES_IN_THE_LANGUAGE.flatMap((name) => [
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
