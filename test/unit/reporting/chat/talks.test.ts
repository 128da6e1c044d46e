import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { playTalk } from '../../../support/talk-player';

/** Talks of several people, as each of them reads it (`test/talks`). `UPDATE_TRANSCRIPTS=1` writes what the program says now. */

const FOLDER = join(__dirname, '../../../talks');
const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));

it.each(names)('%s', async (name) => {
  const written = readFileSync(join(FOLDER, name), 'utf8');
  const { text } = await playTalk(written);
  if (UPDATE) writeFileSync(join(FOLDER, name), text);
  else expect(text).toBe(written);
});
