import { newConversation, type Frame, type TurnEvent } from '../../../src/conversation/dialog';
import { isAsked, isUnfinished } from '../../../src/dialogs/unfinished';

const at = new Date('2026-03-12T01:00:00Z');
const event = (text: string): TurnEvent => ({
  ...{ id: 'e1', kind: 'text', text, secrets: [], codeHash: null, arrivedAt: at, eventAt: at },
});
const frame = (dialog: string): Frame => ({
  ...{ dialog, version: 1, step: 'any', slots: {}, misses: 0, ref: '', offered: [], offeredAt: 1 },
});
const nothingOpen = newConversation('zalo:1');

it.each`
  text     | offered      | unfinished | why
  ${'2'}   | ${undefined} | ${true}    | ${'its question may be on the way'}
  ${'2'}   | ${4}         | ${false}   | ${'it is a choice of the last answer'}
  ${' 4 '} | ${4}         | ${false}   | ${'so is the last of them'}
  ${'5'}   | ${4}         | ${true}    | ${'there are only four'}
  ${'0'}   | ${4}         | ${true}    | ${'there is none before the first'}
  ${'412'} | ${1}         | ${true}    | ${'it is a figure'}
`('«$text» after $offered choices is waited for: $unfinished, $why', ({ text, offered, unfinished }) => {
  const conversation = { ...nothingOpen, ...(offered === undefined ? {} : { offered: Number(offered) }) };
  expect(isUnfinished(conversation, event(String(text)))).toBe(unfinished);
});

it.each([
  ['report', true],
  ['onboarding', true],
  ['menu', false],
  ['listing', false],
  ['lone-number', false],
])('a question is open while %s is: %s', (dialog, asked) => {
  expect(isAsked({ ...nothingOpen, stack: [frame(dialog)] })).toBe(asked);
  expect(isAsked(nothingOpen)).toBe(false);
});

it.each(['image', 'audio', 'video', 'file', 'not_shown'] as const)(
  'several of %s that come one by one are answered together',
  (kind) => {
    expect(isUnfinished(nothingOpen, { ...event(''), kind })).toBe(true);
    expect(isUnfinished(nothingOpen, { ...event('ảnh buổi học'), kind })).toBe(false);
  },
);
