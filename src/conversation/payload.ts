import type { OutboundMessage } from '../channels/channel';
import type { Tap } from './dialog';

/**
 * Payloads of hidden buttons: `#<dialog>|<ref>|<turn>|<choice>`. They carry no secret and no trust — a person can type
 * one — only which screen they belong to, so that an old one can explain itself.
 */
export function payloadOf(tap: Tap): string {
  return `#${tap.dialog}|${tap.ref}|${tap.turn}|${tap.choice}`.toUpperCase();
}

/** The tap a text stands for; null for anything a person would type. Upper and lower case are the same. */
export function readPayload(text: string): Tap | null {
  const match = /^#([a-z][a-z-]*)\|([^|]*)\|(\d{1,9})\|([a-z0-9_]+)$/i.exec(text.trim());
  if (!match) return null;
  const [, dialog = '', ref = '', turn = '0', choice = ''] = match;
  return {
    dialog: dialog.toLowerCase(),
    ref: ref.toLowerCase(),
    turn: Number(turn),
    choice: choice.toUpperCase(),
  };
}

/** What a tap on the choice would say that this message shows under a digit; null: it shows none so. */
export function payloadUnder(message: OutboundMessage | null, digit: number): string | null {
  if (message === null || !('buttons' in message)) return null;
  for (const button of message.buttons ?? [])
    if (button.kind === 'reply' && button.digit === digit) return button.payload;
  return null;
}
