import { advance, type Advanced } from '../../../src/conversation/advance';
import {
  defineDialog,
  newConversation,
  type Conversation,
  type TurnEvent,
} from '../../../src/conversation/dialog';
import { payloadOf, readPayload } from '../../../src/conversation/say';
import { adding, addingEngine, plainWords } from '../../support/talk';

const at = new Date('2026-03-12T01:00:00Z');
let n = 0;

function event(text: string, id = `e${++n}`): TurnEvent {
  return { id, kind: 'text', text, secrets: [], codeHash: null, arrivedAt: at, eventAt: at };
}

async function play(
  texts: readonly string[],
  from: Conversation = newConversation('zalo:1'),
  engine = addingEngine(),
): Promise<Advanced> {
  let last: Advanced | null = null;
  let state = from;
  for (const text of texts) {
    last = await advance(engine, state, event(text), { total: () => 0 }, () => plainWords);
    state = last.conversation;
  }
  return last as Advanced;
}

const said = (turn: Advanced): string => turn.says.map(({ say }) => say.text).join('|');

describe('one turn', () => {
  it('begins a dialog and asks its first question with its choices', async () => {
    const turn = await play(['start']);
    expect(said(turn)).toBe('so far 0');
    expect(turn.conversation.stack).toMatchObject([
      { dialog: 'adding', step: 'number', offeredAt: 1, offered: [{ id: 'STOP' }] },
    ]);
  });

  it('gives effects ids made from the event, the same ones when played again', async () => {
    const before = (await play(['start'])).conversation;
    const answer = event('5', 'the-event');
    const once = await advance(addingEngine(), before, answer, { total: () => 0 }, () => plainWords);
    const twice = await advance(addingEngine(), before, answer, { total: () => 0 }, () => plainWords);
    expect(once.effects).toEqual([{ kind: 'add', id: 'the-event:0', value: 5 }]);
    expect(twice).toEqual(once);
  });

  it('answers a question in the middle and leads back, the frame untouched', async () => {
    const turn = await play(['start', '5', 'why']);
    expect(said(turn)).toBe('because\n\nback to adding');
    const next = await play(['7'], turn.conversation);
    expect(next.effects).toMatchObject([{ value: 7 }]);
    expect(next.conversation.stack[0]?.slots).toEqual({ count: 2 });
  });

  it('counts wrong answers of a step and forgets them with the next right one', async () => {
    const wrong = await play(['start', 'hm', 'hm']);
    expect(wrong.conversation.stack[0]?.misses).toBe(2);
    expect((await play(['3'], wrong.conversation)).conversation.stack[0]?.misses).toBe(0);
  });

  it('takes a tap for the choice of the screen it belongs to, and no other', async () => {
    const shown = (await play(['start', '5'])).conversation;
    const fresh = payloadOf({ dialog: 'adding', ref: '', turn: shown.turn, choice: 'STOP' });
    expect(said(await play([fresh], shown))).toBe('finished');
    const old = payloadOf({ dialog: 'adding', ref: '', turn: shown.turn - 1, choice: 'STOP' });
    const after = await play([old], shown);
    expect(said(after)).toContain('an old button');
    expect(after.conversation.stack).toHaveLength(1);
    expect(after.effects).toEqual([]);
  });

  it('reads a choice by its words too', async () => {
    expect(said(await play(['start', 'stop']))).toBe('finished');
  });

  it('ends with nothing open', async () => {
    expect((await play(['start', 'stop'])).conversation.stack).toEqual([]);
  });

  it('lets a word of command pass any question', async () => {
    const turn = await play(['start', '5', '/start']);
    expect(said(turn)).toBe('so far 0');
    expect(turn.conversation.stack).toHaveLength(1);
  });
});

describe('a dialog that changed since the frame was stored', () => {
  const stored = async (): Promise<Conversation> => (await play(['start', '5'])).conversation;

  it('goes on where the new version says', async () => {
    const renamed = defineDialog({
      ...adding,
      version: 2,
      first: 'figure',
      steps: {
        figure: { ...adding.steps['number'], to: ['figure', 'done'] },
        done: adding.steps['done'] ?? { to: [] },
      },
      upgrade: (frame) => ({ step: 'figure', slots: frame.slots }),
    });
    const turn = await play(['why'], await stored(), addingEngine(renamed));
    expect(said(turn)).toContain('back to adding');
    expect(turn.conversation.stack[0]).toMatchObject({ version: 2, step: 'figure', slots: { count: 1 } });
  });

  it('begins again with a sentence when it cannot, and does not take the message for an answer', async () => {
    const other = defineDialog({ ...adding, version: 3, upgrade: () => null });
    const turn = await play(['5'], await stored(), addingEngine(other));
    expect(said(turn)).toBe('common:begin_again\n\nso far 1');
    expect(turn.effects).toEqual([]);
  });

  it('forgets a dialog that no longer exists', async () => {
    const ghost = { ...(await stored()).stack[0]!, dialog: 'ghost' };
    const turn = await play(['hello'], { ...newConversation('zalo:1'), stack: [ghost] });
    expect(turn.conversation.stack).toEqual([]);
    expect(said(turn)).toBe('unknown');
  });
});

describe('what cannot be defined', () => {
  it.each([
    [
      'a step that leads nowhere',
      { ...adding, steps: { number: { ...adding.steps['number'], to: ['nowhere'] } } },
    ],
    ['no first step', { ...adding, first: 'nothing' }],
    ['a step that neither asks nor runs', { ...adding, steps: { ...adding.steps, number: { to: [] } } }],
    ['an id that is no name', { ...adding, id: 'Adding 1' }],
  ])('%s', (_what, dialog) => {
    expect(() => defineDialog(dialog as typeof adding)).toThrow(RangeError);
  });
});

describe('payloads', () => {
  it('come back as they were, whatever the case', () => {
    const tap = { dialog: 'report', ref: '2026-03/99001-07', turn: 12, choice: 'UNDO1' };
    expect(readPayload(payloadOf(tap))).toEqual(tap);
    expect(readPayload(payloadOf(tap).toLowerCase())).toEqual(tap);
  });

  it.each(['#BAOCAO', '5', '#report|x', 'report|a|1|SEND', '#report|a|one|SEND', ''])(
    '«%s» is no tap',
    (text) => {
      expect(readPayload(text)).toBeNull();
    },
  );
});

describe('a talk the person may no longer go on with', () => {
  const closing = { ...adding, closes: () => 'no longer yours' };
  const standing = async () => (await play(['start', '5'])).conversation;

  it('closes with its sentence, and an answer to it writes nothing', async () => {
    const turn = await play(['7'], await standing(), addingEngine(closing));
    expect([said(turn), turn.effects, turn.conversation.stack]).toEqual(['no longer yours', [], []]);
  });

  it('closes under a tap on its own screen too', async () => {
    const before = await standing();
    const tap = payloadOf({ dialog: 'adding', ref: '', turn: before.turn, choice: 'STOP' });
    const turn = await play([tap], before, addingEngine(closing));
    expect([said(turn), turn.conversation.stack]).toEqual(['no longer yours', []]);
  });

  it('still answers what was no answer to it', async () => {
    const turn = await play(['why'], await standing(), addingEngine(closing));
    expect([said(turn), turn.conversation.stack]).toEqual(['no longer yours\n\nbecause', []]);
  });
});
