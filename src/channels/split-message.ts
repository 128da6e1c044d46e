import type { OutboundMessage } from './channel';
import { splitText } from './split-text';

/**
 * A message as the messages it must become, in order, where its text is longer than the channel takes: the picture and
 * the quote stand with the first, the buttons under the last. One that fits stays as it is. Whoever sends them writes a
 * row for each, so that a broken send repeats only its own part; what is handed to a channel whole is cut there.
 */
export function splitMessage(message: OutboundMessage, textMax: number): OutboundMessage[] {
  if (message.kind !== 'text' && message.kind !== 'image') return [message];
  // NFC makes no text longer than three times: most need no closer look.
  if ((message.text ?? '').length * 3 <= textMax) return [message];
  const parts = splitText(message.text ?? '', textMax);
  if (parts.length <= 1) return [message];
  const { text: _whole, buttons, ...first } = message;
  return parts.map((text, i): OutboundMessage => {
    const begun: OutboundMessage = i === 0 ? { ...first, text } : { kind: 'text', text };
    return i === parts.length - 1 && buttons ? { ...begun, buttons } : begun;
  });
}
