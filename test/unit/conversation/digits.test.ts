import { advance } from '../../../src/conversation/advance';
import type { Engine } from '../../../src/conversation/engine';
import { defineDialog, newConversation, type TurnEvent } from '../../../src/conversation/dialog';
import { payloadOf, payloadUnder, toMessages } from '../../../src/conversation/say';
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

const undoable = (engine: Engine<Sum>): Engine<Sum> => {
  const say = {
    text: 'done',
    choices: [{ id: 'UNDO', label: 'Undo' }],
    screen: { dialog: 'adding', ref: 'x' },
  };
  return { ...engine, route: async () => ({ kind: 'result', result: { move: { to: 'here', say } } }) };
};

it('numbers the choices as the open step will read digits, links not counted', async () => {
  expect(await digitsAfter('start', addingEngine(asking('choice')))).toEqual([1, undefined, 2]);
});

it('numbers nothing where a number is an answer of its own', async () => {
  expect(await digitsAfter('start', addingEngine(asking('own')))).toEqual([undefined, undefined, undefined]);
});

it('numbers what is offered with nothing open, since a digit reaches it then', async () => {
  expect(await digitsAfter('anything', undoable(addingEngine(asking('choice'))))).toEqual([1]);
});

it('numbers nothing under a screen that is not the open one', async () => {
  const engine = addingEngine(asking('choice'));
  const { conversation } = await advance(
    engine,
    newConversation('zalo:1'),
    event('start'),
    { total: () => 0 },
    () => plainWords,
  );
  const shown = undoable({
    ...engine,
    dialogs: new Map([['adding', { ...asking('choice'), comeBack: undefined }]]) as never,
  });
  const turn = await advance(shown, conversation, event('hm'), { total: () => 0 }, () => plainWords);
  expect(turn.conversation.stack).toHaveLength(1);
  expect(turn.says.map(({ digits }) => digits)).toEqual([false]);
});

describe('a digit while nothing is open', () => {
  const shown = { 1: '/start', 2: payloadOf({ dialog: 'adding', ref: '', turn: 1, choice: 'UNDO' }) };
  const asked: [string, number][] = [];
  const engine = (): Engine<Sum> => ({
    ...addingEngine(),
    shown: async (_deps, user, digit) => {
      asked.push([user, digit]);
      return (shown as Record<number, string>)[digit] ?? null;
    },
  });
  const play = async (texts: readonly string[], with_ = engine()) => {
    let conversation = newConversation('zalo:1');
    let said: string[] = [];
    for (const text of texts) {
      const turn = await advance(with_, conversation, event(text), { total: () => 0 }, () => plainWords);
      conversation = turn.conversation;
      said = turn.says.map(({ say }) => say.text);
    }
    return { conversation, said };
  };
  beforeEach(() => asked.splice(0));

  it.each(['1', ' 1. ', '1)'])('«%s» is the command of the last message shown', async (typed) => {
    expect((await play([typed])).said).toEqual(['so far 0']);
    expect(asked).toEqual([['zalo:1', 1]]);
  });

  it('is the tap on a button of the last message shown', async () => {
    expect((await play(['2'])).said).toEqual(['an old button']);
  });

  it('stays a number where the last message has nothing under it', async () => {
    expect((await play(['3'])).said).toEqual(['unknown']);
  });

  it.each(['0', '100', '1 2', 'số 1', '1,5'])('is not asked of «%s»', async (typed) => {
    await play([typed]);
    expect(asked).toEqual([]);
  });

  it('is the answer of an open question, never a choice shown before', async () => {
    const { conversation } = await play(['start', '1', '2']);
    expect(conversation.stack[0]?.slots).toEqual({ count: 2 });
    expect(asked).toEqual([]);
  });

  it('counts the choices that an answer offers and leaves nothing open', async () => {
    const choices = [
      { id: 'A', label: 'A', command: '/start' },
      { id: 'CALL', label: 'Call', link: { phone: '0900000001' } },
      { id: 'B', label: 'B', command: '/start' },
    ];
    const offering = (text: string): Engine<Sum> => ({
      ...engine(),
      route: async () => ({ kind: 'unknown', say: async () => ({ text, choices }) }),
    });
    expect((await play(['hello'], offering('which?'))).conversation.offered).toBe(2);
    expect(
      (await play(['hello'], offering('you can:\n1. ask\n2. tell'))).conversation.offered,
    ).toBeUndefined();
    expect((await play(['hello', 'start'], offering('which?'))).conversation.offered).toBe(2);
    expect(await digitsAfter('hello', offering('which?'))).toEqual([1, undefined, 2]);
    expect(await digitsAfter('hello', offering('1. ask'))).toEqual([undefined, undefined, undefined]);
  });
});

it('finds what stands under a digit of a message', () => {
  const buttons = [
    { kind: 'open_url', label: 'Page', url: 'https://example.vn' },
    { kind: 'reply', label: 'Undo', payload: '#UNDO', digit: 1 },
    { kind: 'reply', label: 'Later', payload: 'later' },
  ] as const;
  expect(payloadUnder({ kind: 'text', text: 'done', buttons }, 1)).toBe('#UNDO');
  expect(payloadUnder({ kind: 'text', text: 'done', buttons }, 2)).toBeNull();
  expect(payloadUnder({ kind: 'text', text: 'done' }, 1)).toBeNull();
  expect(payloadUnder({ kind: 'file', file: { file: 'a.pdf' }, name: 'a.pdf' }, 1)).toBeNull();
  expect(payloadUnder(null, 1)).toBeNull();
});
