import { FEATURES } from '../../src/app/features';
import { loadLocales } from '../../src/app/load-locales';
import { newConversation } from '../../src/conversation/dialog';
import { commandFinder } from '../../src/dialogs/find-command';
import { readTap, type Message } from '../../src/dialogs/feature';
import type { UserKey } from '../../src/kernel/ids';
import { foldText, normalText } from '../../src/kernel/vn-text';
import { readIntent } from '../../src/understanding/intent';

/** Every feature of the talk: what can be said, that it is found, and that nobody else takes it. */

const user = 'zalo:1' as UserKey;
const finder = commandFinder(FEATURES);
const commands = FEATURES.flatMap((feature) => feature.commands);

function message(text: string): Message {
  const typed = normalText(text).trim();
  return {
    text,
    typed,
    fold: foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s#]/gu, ' ')),
    intent: readIntent(text),
    tap: readTap(text)?.rest ?? null,
    person: { user, offices: [], reporting: [], overseeing: [], vars: { address: 'bác', Address: 'Bác' } },
    conversation: { ...newConversation(user), turn: 1 },
  };
}

it('have ids of their own', () => {
  for (const ids of [FEATURES.map(({ id }) => id), commands.map(({ id }) => id)])
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(commands.length).toBeGreaterThan(20);
});

const spoken = commands.filter(({ says }) => says.length > 0);

it.each(spoken.map((one) => [one.id, one] as const))(
  '%s can be said in at least five ways',
  (_id, { says }) => {
    expect(new Set(says).size).toBeGreaterThanOrEqual(5);
  },
);

const ways = spoken.flatMap(({ id, says }) => says.map((text) => [text, id] as const));

it.each(ways)('«%s» is the command %s and no other', (text, id) => {
  expect(finder.said(message(text)).map((one) => one.id)).toEqual([id]);
});

it.each(ways)('«%s» without marks still finds %s', (text, id) => {
  expect(finder.said(message(foldText(text))).map((one) => one.id)).toContain(id);
});

it.each(commands.filter(({ button }) => button).map((one) => [one.button as string, one.id] as const))(
  'the button %s is the command %s',
  (button, id) => {
    expect(finder.byButton(button)?.id).toBe(id);
    expect(finder.byButton(`${button}_X-1`)?.id).toBe(id);
  },
);

it('the help has a line for each command that asks for one, in both languages, and no line is left over', () => {
  const wanted = commands.filter(({ help }) => help).map(({ id }) => id);
  for (const [locale, spaces] of Object.entries(loadLocales()))
    expect([locale, Object.keys(spaces['help'] ?? {}).sort()]).toEqual([locale, ['head', ...wanted].sort()]);
});
