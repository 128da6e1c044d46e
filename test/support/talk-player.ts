import { VillageTalk, type Holder } from './village-talk';
import type { FormRun } from '../../src/reporting/runs';
import type { PlainUnit } from '../unit/reporting/builders';

/**
 * Plays a talk of several people, as each of them reads it. `hanh > …` is typed, `hanh > [x]` taps the button of the last
 * thing that person read, `@` moves the clock, `% class book of 99001-01: 5, 121` says what was recorded there, `% the chair confirms` turns the setting on, `% survey of 99001-01, 99001-02 until 2026-04-15 17:00` starts that of the equipment; `<` is what
 * was answered, `tu <<` what somebody was told unasked, buttons last.
 */

const UNITS: readonly PlainUnit[] = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '24-KHCN', level: 'agency', parent: '24', name: 'Sở Khoa học và Công nghệ' },
  { code: '24-CA', level: 'agency', parent: '24', name: 'Công an tỉnh' },
  { code: '24-GDDT', level: 'agency', parent: '24', name: 'Sở Giáo dục và Đào tạo' },
  { code: '24-TD', level: 'agency', parent: '24', name: 'Tỉnh đoàn' },
  { code: '24-BPTTH', level: 'agency', parent: '24', name: 'Báo và Đài PTTH' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '99001-01', level: 'village', parent: '99001', name: 'Núi Hiểu', adults: 6000 },
  { code: '99001-02', level: 'village', parent: '99001', name: 'Nam Ngạn', adults: 6000 },
  { code: '99001-03', level: 'village', parent: '99001', name: 'Cầu Đen', adults: 6000 },
];

const HOLDERS: readonly Holder[] = [
  { unit: '99001-01', role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user: 'tu' },
  { unit: '99001-02', role: 'village_head', name: 'Lê Văn Bảy', address: 'bác', user: 'bay' },
  { unit: '99001', role: 'commune_officer', name: 'Lê Thị Hạnh', address: 'chị', user: 'hanh' },
  { unit: '24', role: 'department', name: 'Phạm Văn Dũng', address: 'anh', user: 'dung' },
  { unit: '24', role: 'police', name: 'Trần Văn Minh', address: 'đồng chí', user: 'minh' },
  { unit: '24-GDDT', role: 'agency_officer', name: 'Vũ Thị Lan', address: 'chị', user: 'lan' },
  { unit: '24-TD', role: 'agency_officer', name: 'Ngô Văn Sơn', address: 'anh', user: 'son' },
  { unit: '24-BPTTH', role: 'agency_officer', name: 'Đỗ Thị Mai', address: 'chị', user: 'mai' },
];

const CHAIR: Holder = {
  ...{ unit: '99001', role: 'commune_chair', name: 'Bùi Văn Quang', address: 'ông', user: 'quang' },
};

interface Screen {
  readonly label: string;
  readonly command?: string | undefined;
}

export interface Played {
  /** The talk as it was heard. */
  readonly text: string;
  readonly talk: VillageTalk;
}

export async function playTalk(written: string, more: readonly Holder[] = []): Promise<Played> {
  const lines = written.trimEnd().split('\n');
  const begin = lines.find((line) => line.startsWith('@ '))?.slice(2) ?? '';
  const chairConfirms = lines.includes('% the chair confirms');
  const holders = [...HOLDERS, ...(chairConfirms ? [CHAIR] : []), ...more];
  const talk = new VillageTalk({ units: UNITS, holders, chairConfirms }, at(begin));
  const screens = new Map<string, readonly Screen[]>();
  const out: string[] = [];
  let heard = 0;
  for (const line of lines) {
    const said = /^(\w+) > (.+)$/.exec(line);
    if (/^[#@%]/.test(line)) {
      out.push(line);
      if (line.startsWith('@ ')) talk.at = new Date(at(line.slice(2)));
      const survey = /^% survey of (.+) until (.+)$/.exec(line);
      if (survey) talk.setRuns([surveyOf(survey[1] ?? '', new Date(at(survey[2] ?? '')), talk.at)]);
      const book = /^% class book of (\S+): (\d+), (\d+)$/.exec(line);
      if (book) talk.classBook.set(book[1] ?? '', { sessions: Number(book[2]), visits: Number(book[3]) });
    }
    if (!said) continue;
    out.push(line);
    const [, user = '', typed = ''] = said;
    const says = await talk.sayWhole(user, spoken(screens.get(user) ?? [], typed.replaceAll('\\n', '\n')));
    for (const { text, choices = [] } of says) out.push(...heardLines('<', text, choices));
    screens.set(user, says.at(-1)?.choices ?? []);
    for (const { to, text, buttons = [] } of talk.notices.slice(heard)) {
      out.push(...heardLines(`${to} <<`, text, buttons));
      if (buttons.length > 0)
        screens.set(
          to,
          buttons.map(({ label, payload }) => ({ label, command: payload })),
        );
    }
    heard = talk.notices.length;
  }
  return { text: `${out.join('\n')}\n`, talk };
}

function surveyOf(units: string, deadline: Date, opensAt: Date): FormRun {
  return {
    ...{ form: 'equipment-survey', period: 'equipment-survey', opensAt, deadline },
    lockAt: new Date(deadline.getTime() + 7 * 86_400_000),
    audience: new Set(units.split(', ')),
  };
}

/** A tap is the word of command behind the button, or its label. */
function spoken(screen: readonly Screen[], typed: string): string {
  const label = /^\[(.+)\]$/.exec(typed)?.[1];
  if (label === undefined) return typed;
  const found = screen.find((one) => one.label === label);
  if (!found) throw new Error(`no button [${label}] among ${JSON.stringify(screen)}`);
  return found.command ?? found.label;
}

function heardLines(mark: string, text: string, buttons: readonly { readonly label: string }[]): string[] {
  const shown = buttons.map(({ label }) => `[${label}]`).join(' ');
  return [...text.split('\n'), ...(shown === '' ? [] : [shown])].map((line) => `${mark} ${line}`.trimEnd());
}

function at(typed: string): string {
  return `${typed.trim().replace(' ', 'T')}:00+07:00`;
}
