import { advance, type Engine } from '../../../src/conversation/advance';
import { defineDialog, newConversation, type TurnEvent } from '../../../src/conversation/dialog';
import { toMessages } from '../../../src/conversation/say';
import { adding, addingEngine, plainWords, type Sum } from '../../support/talk';

/** A channel without buttons must know which choices a digit answers: those of the open step, where it takes digits so. */

const at = new Date('2026-03-12T01:00:00Z');
const event = (text: string): TurnEvent => ({
  id: `e:${text}`,
  kind: 'text',
  text,
  secrets: [],
  codeHash: null,
  arrivedAt: at,
  eventAt: at,
});

async function digitsAfter(text: string, engine: Engine<Sum>): Promise<(number | undefined)[]> {
  const turn = await advance(
    engine,
    newConversation('zalo:1'),
    event(text),
    { total: () => 0 },
    () => plainWords,
  );
  return turn.says
    .flatMap(({ say, dialog, ref, digits }) => toMessages(say, { dialog, ref, turn: 1, digits }))
    .flatMap((message) => (message.kind === 'text' ? (message.buttons ?? []) : []))
    .map((button) => (button.kind === 'reply' ? button.digit : undefined));
}

const asking = (digits: 'choice' | 'own') =>
  defineDialog<Sum>({
    ...adding,
    steps: {
      ...adding.steps,
      number: {
        ...adding.steps['number'],
        to: ['number', 'done'],
        digits,
        ask: async () => ({
          text: 'yes?',
          choices: [
            { id: 'YES', label: 'Yes' },
            { id: 'PAGE', label: 'Page', link: { url: 'https://example.vn' } },
            { id: 'NO', label: 'No' },
          ],
        }),
      },
    },
  });

it('numbers the choices as the open step will read digits, links not counted', async () => {
  expect(await digitsAfter('start', addingEngine(asking('choice')))).toEqual([1, undefined, 2]);
});

it('numbers nothing where a number is an answer of its own', async () => {
  expect(await digitsAfter('start', addingEngine(asking('own')))).toEqual([undefined, undefined, undefined]);
});

it('numbers nothing under a screen that is not the open one', async () => {
  const engine = addingEngine(asking('choice'));
  const say = {
    text: 'done',
    choices: [{ id: 'UNDO', label: 'Undo' }],
    screen: { dialog: 'adding', ref: 'x' },
  };
  const shown: Engine<Sum> = { ...engine, route: async () => ({ kind: 'unknown', say }) };
  expect(await digitsAfter('anything', shown)).toEqual([undefined]);
});
