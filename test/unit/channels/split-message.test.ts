import fc from 'fast-check';
import type { Button, OutboundMessage } from '../../../src/channels/channel';
import { splitMessage } from '../../../src/channels/split-text';
import { readAddress } from '../../../src/channels/zalo/address';
import { render, ZALO_LIMITS } from '../../../src/channels/zalo/render';
import type { ConsultationBody } from '../../../src/channels/zalo/wire';

const buttons: Button[] = [{ kind: 'reply', label: 'Có', payload: '#Y' }];

it('leaves alone what fits and what cannot be split', () => {
  const short: OutboundMessage = { kind: 'text', text: 'x', buttons, quote: 'q' };
  const paper: OutboundMessage = { kind: 'file', file: { file: 'a.pdf' }, name: 'a.pdf' };
  expect(splitMessage(short, 10)).toEqual([short]);
  expect(splitMessage(paper, 1)).toEqual([paper]);
});

it('quotes with the first and asks with the last', () => {
  expect(splitMessage({ kind: 'text', text: 'Một hai. Ba bốn.', buttons, quote: 'q' }, 9)).toEqual([
    { kind: 'text', text: 'Một hai.', quote: 'q' },
    { kind: 'text', text: 'Ba bốn.', buttons },
  ]);
});

it('shows a picture with the first', () => {
  const image = { url: 'https://example.vn/a.png' };
  expect(splitMessage({ kind: 'image', image, text: 'Một hai. Ba bốn.', buttons }, 9)).toEqual([
    { kind: 'image', image, text: 'Một hai.' },
    { kind: 'text', text: 'Ba bốn.', buttons },
  ]);
});

it('leaves nothing for the channel to cut, whatever the text', () => {
  const words = fc.array(
    fc.oneof(fc.constantFrom(' ', '\n', '. ', 'Đường', '😀', '[@1]'), fc.string({ unit: 'grapheme' })),
    { maxLength: 600, size: 'max' },
  );
  const address = readAddress('zalo:1');
  const bare = (text: string): string => text.replace(/[\s\p{Cc}\p{Cs}]+/gu, '').replaceAll('＠', '@');
  fc.assert(
    fc.property(words, (parts) => {
      const text = parts.join('').normalize('NFC');
      const sent = splitMessage({ kind: 'text', text }, ZALO_LIMITS.textMax).map((message) => {
        const body = address && render(address, message, { without: new Set() })?.body;
        return (body as ConsultationBody | null | undefined)?.message.text ?? '';
      });
      expect(bare(sent.join(''))).toBe(bare(text));
    }),
    { numRuns: 40, endOnFailure: true },
  );
});
