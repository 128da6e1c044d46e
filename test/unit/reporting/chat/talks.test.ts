import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TWO_VILLAGES, VillageTalk, type Holder } from '../../../support/village-talk';

/**
 * Talks of several people of one commune, as each of them reads it (`test/talks`). `hanh > …` is typed, `hanh > [x]` taps the
 * button of the last thing that person read, `@` moves the clock; `<` is what was answered, `bác Tư <<` what somebody was told
 * unasked, buttons last. `UPDATE_TRANSCRIPTS=1` writes what the program says now.
 */

const FOLDER = join(__dirname, '../../../talks');
const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';

const HOLDERS: readonly Holder[] = [
  { unit: '99001-01', role: 'village_head', name: 'Nguyễn Văn Tư', address: 'bác', user: 'tu' },
  { unit: '99001-02', role: 'village_head', name: 'Lê Văn Bảy', address: 'bác', user: 'bay' },
  { unit: '99001', role: 'commune_officer', name: 'Lê Thị Hạnh', address: 'chị', user: 'hanh' },
  { unit: '24', role: 'department', name: 'Phạm Văn Dũng', address: 'anh', user: 'dung' },
];

interface Screen {
  readonly label: string;
  readonly command?: string | undefined;
}

/** Plays the talk and writes it as it was heard. */
async function play(written: string): Promise<string> {
  const lines = written.trimEnd().split('\n');
  const begin = lines.find((line) => line.startsWith('@ '))?.slice(2) ?? '';
  const talk = new VillageTalk({ units: TWO_VILLAGES, holders: HOLDERS }, at(begin));
  const screens = new Map<string, readonly Screen[]>();
  const out: string[] = [];
  let heard = 0;
  for (const line of lines) {
    const said = /^(\w+) > (.+)$/.exec(line);
    if (/^(?:#|@)/.test(line)) {
      out.push(line);
      if (line.startsWith('@ ')) talk.at = new Date(at(line.slice(2)));
    }
    if (!said) continue;
    out.push(line);
    const [, user = '', typed = ''] = said;
    const says = await talk.sayWhole(user, spoken(screens.get(user) ?? [], typed));
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
  return `${out.join('\n')}\n`;
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

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

it.each(names)('%s', async (name) => {
  const written = readFileSync(join(FOLDER, name), 'utf8');
  const now = await play(written);
  if (UPDATE) writeFileSync(join(FOLDER, name), now);
  else expect(now).toBe(written);
});
