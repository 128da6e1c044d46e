import { decodeTelex } from '../kernel/vn-text';
import { sameMarks, sayingOf, sayings } from '../understanding/saying';
import { readTap, type Command, type Feature, type Message } from './feature';

/** Which commands a message may be, the likeliest first. Built once from the features; pure. */
export interface CommandFinder<D> {
  /** By the button that was tapped; null: it is no button of a command. */
  byButton(text: string): Command<D> | null;
  /** By what was said: those that read it, then the one it is a known way to say. Those whose list was shown last go first. */
  said(message: Message): Command<D>[];
  /** Whether it is one that no open question may take for its answer. */
  isStrong(message: Message): boolean;
}

export function commandFinder<D>(features: readonly Feature<D>[]): CommandFinder<D> {
  const commands = features.flatMap((feature) => feature.commands);
  const buttons = new Map<string, Command<D>>();
  const ways = new Map<string, { readonly one: Command<D>; readonly way: string }>();
  for (const one of commands) {
    if (one.button !== undefined && buttons.has(one.button))
      throw new RangeError(`${one.button} stands twice`);
    if (one.button !== undefined) buttons.set(one.button, one);
    for (const way of one.says) ways.set(sayingOf(way), { one, way });
  }
  const known = (text: string): Command<D> | undefined => {
    for (const form of sayings(text)) {
      const found = ways.get(form);
      if (found && sameMarks(text, found.way)) return found.one;
    }
    return undefined;
  };
  const said = (message: Message): Command<D>[] => {
    const reading = commands.filter((one) => one.reads?.(message));
    const decoded = decodeTelex(message.text);
    const way = known(message.text) ?? (decoded === null ? undefined : known(decoded));
    const all = way && !reading.includes(way) ? [...reading, way] : reading;
    const listed = message.conversation.listed?.kind;
    return [
      ...all.filter((one) => one.list && one.list === listed),
      ...all.filter((one) => !one.list || one.list !== listed),
    ];
  };
  return {
    byButton: (text) => buttons.get(readTap(text)?.word ?? '') ?? null,
    said,
    isStrong: (message) => said(message).some((one) => one.strong === true),
  };
}
