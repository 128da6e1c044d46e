import fc from 'fast-check';
import { threadId } from '../../../src/handover/chat/threads.service';
import { readTap } from '../../../src/dialogs/feature';
import { maskSecrets } from '../../../src/kernel/secrets';

it('the button of a thread is never taken for something secret, whatever opened it', () => {
  fc.assert(
    fc.property(fc.string(), (effect) => {
      const payload = `#DANHGIA_${threadId(effect).toUpperCase()}_GOOD`;
      expect(maskSecrets(payload, () => 'hash')).toEqual({ text: payload, secrets: [] });
      expect(readTap(payload)?.rest).toBe(`${threadId(effect).toUpperCase()}_GOOD`);
    }),
  );
});

it('the same cause opens the same thread', () => {
  expect(threadId('e1:0')).toBe(threadId('e1:0'));
  expect(threadId('e1:0')).not.toBe(threadId('e1:1'));
});
