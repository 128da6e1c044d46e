import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BotWorld, TAN_HOA } from '../support/bot';
import type { Heard, Talker } from '../support/talker';
import { instant, readTranscript, writeHeard, writeLine, type Transcript } from '../support/transcript';

/** Every talk of `test/transcripts`, word for word. `UPDATE_TRANSCRIPTS=1` writes what the program says now. */

const FOLDER = join(__dirname, '../transcripts');
const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';
/** Whoever administers the account, without whom no group is made. */
const ADMIN = '7788990011223344556';
const FEBRUARY = '2026-02-12T08:00:00+07:00';

const talks = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => {
    const written = readFileSync(join(FOLDER, name), 'utf8');
    return { name, written, ...readTranscript(written) };
  })
  .sort((a, b) => a.at.localeCompare(b.at));

let world: BotWorld;
const people = new Map<string, Talker>();
/** Two talks of one post are of one person. */
const holders = new Map<string, Promise<Talker>>();

beforeAll(async () => {
  world = await BotWorld.start({ at: FEBRUARY, env: { ZALO_GROUP_ADMINS: ADMIN } });
  world.zalo.person(ADMIN, 'Quản trị OA').followsSinceLong();
  world.zalo.account.change({ admins: [ADMIN] });
  if (!talks.some(({ role }) => role === 'commune_officer')) await world.holder(TAN_HOA, 'commune_officer');
  for (const talk of talks) people.set(talk.name, await arrive(talk));
}, 60_000);

afterAll(() => world.close());

/** The person of the talk, with what they did before it begins. */
function arrive(talk: Transcript): Promise<Talker> {
  if (talk.isNew) return Promise.resolve(world.stranger(talk.header));
  if (talk.february !== null) return world.reporter(talk.unit, `BC ${talk.february}`);
  const office = `${talk.role} of ${talk.unit}`;
  const holder = holders.get(office) ?? world.holder(talk.unit, talk.role);
  holders.set(office, holder);
  return holder;
}

it.each(talks)('$name', async (talk) => {
  const person = people.get(talk.name) as Talker;
  await world.clock.to(talk.at);
  const said = [...talk.notes, talk.header];
  for (const line of talk.lines) {
    said.push(writeLine(line));
    if (line.kind === 'note') continue;
    said.push(...writeHeard(await play(talk, person, line)));
  }
  const now = `${said.join('\n')}\n`;
  if (UPDATE) writeFileSync(join(FOLDER, talk.name), now);
  else expect(now).toBe(talk.written);
});

async function play(
  talk: Transcript,
  person: Talker,
  line: Exclude<Transcript['lines'][number], { kind: 'note' }>,
): Promise<Heard> {
  switch (line.kind) {
    case 'types':
      return person.says(line.text.replace('{code}', () => world.code(talk.unit, talk.role)));
    case 'taps': {
      const { card } = line;
      const message = card === null ? undefined : person.person.heard.find(({ text }) => text.includes(card));
      if (card !== null && !message) throw new Error(`no message holds «${card}»`);
      return person.taps(line.button, message);
    }
    case 'clock': {
      const before = person.person.heard.length;
      await world.clock.to(instant(line.at));
      return person.heardSince(before);
    }
  }
}
