import { foldText } from '../kernel/vn-text';

/** Who taught a class, as a kind: no name of a person is kept. */
export const TEACHERS = ['team', 'youth', 'police', 'school', 'leader', 'other'] as const;
export type Teacher = (typeof TEACHERS)[number];

const WORDS: readonly (readonly [Teacher, RegExp])[] = [
  ['team', /(?:^| )(?:to (?:cong nghe|cnsc?d|cns)|tcnscd|cnscd|to so|cong nghe so)(?: |$)/],
  ['youth', /(?:^| )(?:doan (?:thanh nien|vien|xa|phuong|tn)|thanh nien|sinh vien|tinh nguyen)(?: |$)/],
  ['police', /(?:^| )cong an(?: |$)/],
  ['school', /(?:^| )(?:giao vien|thay giao|co giao|thay co|nha truong|truong hoc|hoc sinh)(?: |$)/],
  [
    'leader',
    /(?:^| )(?:truong thon|to truong|pho thon|to pho|can bo|(?:toi|bac|minh|em|chinh toi|tu toi)(?: tu)? day)(?: |$)|^(?:da )*(?:toi|bac|minh|em)(?: a)?$/,
  ],
  ['other', /(?:^| )(?:nguoi khac|khac|anh|chi|ong|ba|co|chu|bac|thay) \S+|^khac$/],
];

/** The kind that is named; null: none is. */
export function readTeacher(text: string): Teacher | null {
  const fold = foldText(text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' '))
    .trim()
    .replace(/ +/g, ' ');
  return WORDS.find(([, words]) => words.test(fold))?.[0] ?? null;
}
