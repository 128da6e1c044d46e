/**
 * Whether a message whose send ended uncertain did arrive. Zalo has no key by which a send is known again; what it has is
 * the talk itself. Only texts can be recognised there; of anything else only its absence is certain.
 */
import { messageOf } from '../../kernel/errors';
import type { UserKey } from '../../kernel/ids';
import type { Logger } from '../../observability/logger';
import type { LookUp, OutboundMessage } from '../channel';
import { readAddress } from './address';
import type { Caller } from './api/caller';
import { HISTORY_PAGE, pastMessages, type PastMessage } from './api/history';
import { render } from './render';
import { clean } from '../text';

export interface LookUpParts {
  readonly caller: Caller;
  readonly log: Logger;
}

/** By how much Zalo's clock may be behind ours. */
const CLOCKS_DIFFER = 5_000;
const PAGES = 3;
const UNKNOWN: LookUp = { arrived: 'unknown' };

/** Never throws: what cannot be asked is unknown. */
export async function lookUp(
  parts: LookUpParts,
  to: UserKey,
  message: OutboundMessage,
  since: Date,
): Promise<LookUp> {
  const address = readAddress(to);
  const talk =
    address?.kind === 'person'
      ? { userId: address.userId }
      : address?.kind === 'group'
        ? { groupId: address.groupId }
        : null;
  if (talk === null || message.kind === 'template') return UNKNOWN;
  try {
    return await search(parts.caller, talk, textsOf(to, message), since.getTime() - CLOCKS_DIFFER);
  } catch (error) {
    parts.log.warn({ reason: messageOf(error) }, 'a talk could not be looked up');
    return UNKNOWN;
  }
}

async function search(
  caller: Caller,
  talk: { readonly userId: string } | { readonly groupId: string },
  texts: ReadonlySet<string>,
  since: number,
): Promise<LookUp> {
  let unclear = false;
  for (let page = 0; page < PAGES; page += 1) {
    const found = await pastMessages(caller, talk, page * HISTORY_PAGE);
    if ('failed' in found) return UNKNOWN;
    for (const past of found.messages) {
      if (past.at === null) unclear = true;
      else if (past.at.getTime() < since) return unclear ? UNKNOWN : { arrived: 'no' };
      const match = isIt(past, texts);
      if (match === 'yes')
        return past.messageId === '' ? UNKNOWN : { arrived: 'yes', messageId: past.messageId };
      if (match === 'perhaps') unclear = true;
    }
    if (found.messages.length < HISTORY_PAGE) return unclear ? UNKNOWN : { arrived: 'no' };
  }
  return UNKNOWN;
}

function isIt(past: PastMessage, texts: ReadonlySet<string>): 'yes' | 'perhaps' | 'no' {
  if (past.byAccount === false) return 'no';
  const same = past.text !== null && texts.has(clean(past.text));
  if (same && past.byAccount) return 'yes';
  if (same || past.text === null) return 'perhaps';
  return texts.size === 0 && past.type !== 'text' ? 'perhaps' : 'no';
}

/** The texts by which the message would be known, one for each form in which it may have gone. */
function textsOf(to: UserKey, message: OutboundMessage): Set<string> {
  const texts = new Set<string>();
  const address = readAddress(to);
  let form = address && render(address, message, { without: new Set(), asset: 'any' });
  while (form?.family === 'oa') {
    const { text } = form.body.message;
    if (text !== undefined) texts.add(clean(text));
    form = form.risk?.plainer ?? null;
  }
  return texts;
}
