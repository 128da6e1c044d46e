import { applyEffectsOf, createApplyEffect } from '../../../src/app/apply-effect';
import type { AnyEffect, StepResult } from '../../../src/conversation/dialog';
import type { EffectHandlers } from '../../../src/dialogs/feature';

/** Most of this is said to the compiler: a mark that expects an error is one where there is none. */

const done: string[] = [];
const every = new Proxy({} as EffectHandlers<AnyEffect>, {
  ownKeys: () => ['contact.mute'],
  getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  get: (_target, kind) => async () => {
    done.push(String(kind));
    return 'done';
  },
});
const mute: AnyEffect = {
  ...{ kind: 'contact.mute', id: 'e1:0', user: 'zalo:1' },
  ...{ muted: true, at: new Date('2026-03-13T03:00:00Z') },
};

it('does a write by the handler of its kind', async () => {
  expect(await createApplyEffect([{ effects: every }])(mute)).toBe('done');
  expect(done).toEqual(['contact.mute']);
});

it('a dialog that asks for a write which nobody knows does not compile', () => {
  const known: StepResult = { move: { to: 'here' }, effects: [mute] };
  // @ts-expect-error: no feature has such a write
  const unknown: StepResult = { move: { to: 'here' }, effects: [{ kind: 'contact.forget', id: 'e1:0' }] };
  // @ts-expect-error: nor is a kind enough, where the rest of the write is missing
  const half: StepResult = { move: { to: 'here' }, effects: [{ kind: 'contact.mute', id: 'e1:0' }] };
  expect([known, unknown, half].map(({ effects }) => effects?.length)).toEqual([1, 1, 1]);
});

it('a program without the handler of one write does not compile', async () => {
  const { 'contact.mute': _left, ...rest } = every;
  // @ts-expect-error: nobody handles contact.mute
  const apply = createApplyEffect([{ effects: rest }]);
  await expect(apply(mute)).rejects.toThrow('no handler of the effect contact.mute');
});

it('a handler that wants another write than the one of its kind does not compile', () => {
  const wrong = { ...every, 'contact.mute': async (_other: { readonly wanted: number }) => 'done' as const };
  // @ts-expect-error: what it is given is no such thing
  expect(createApplyEffect([{ effects: wrong }])).toBeInstanceOf(Function);
});

it('two features that claim one kind are refused at once', () => {
  const one = { effects: { 'contact.mute': async () => 'done' as const } };
  expect(() => applyEffectsOf([one, one])).toThrow(RangeError);
});
