import { decodeTelex } from '../kernel/vn-text';
import { likenessTo } from '../understanding/likeness';
import { sameMarks, sayingOf, sayings } from '../understanding/saying';
import { readTap, type Command, type Feature, type Message } from './feature';

/** Which commands a message may be, the likeliest first. Built once from the features; pure. */
export interface CommandFinder<D> {
  /** By the button that was tapped; null: it is no button of a command. */
  byButton(text: string): Command<D> | null;
  /**
   * By what was said: the one that owns it, or those that read it, then the one it is a known way to say, then the one it is surely like. Those
   * whose list was shown last go first.
   */
  said(message: Message): Command<D>[];
  /** What it may be, the likeliest first, with how like it they are: to be asked about. Never one that only its own words reach. */
  near(message: Message): { readonly one: Command<D>; readonly score: number }[];
}

/** Commands are about the work of those who hold a post: a citizen's words must be nearer to one. */
const FOR_CITIZENS = 0.62;

const FINDERS = new WeakMap<readonly object[], unknown>();

/** The same for the same list of features. */
export function commandFinder<D>(features: readonly Feature<D>[]): CommandFinder<D> {
  const known = FINDERS.get(features) as CommandFinder<D> | undefined;
  if (known) return known;
  const finder = build(features);
  FINDERS.set(features, finder);
  return finder;
}

function build<D>(features: readonly Feature<D>[]): CommandFinder<D> {
  const commands = features.flatMap((feature) => feature.commands);
  const buttons = new Map<string, Command<D>>();
  const ways = new Map<string, { readonly one: Command<D>; readonly way: string }>();
  for (const one of commands) {
    if (one.button !== undefined && buttons.has(one.button))
      throw new RangeError(`${one.button} stands twice`);
    if (one.button !== undefined) buttons.set(one.button, one);
    for (const way of one.says) ways.set(sayingOf(way), { one, way });
  }
  const sayingKnown = (text: string): Command<D> | undefined => {
    for (const form of sayings(text)) {
      const found = ways.get(form);
      if (found && sameMarks(text, found.way)) return found.one;
    }
    return undefined;
  };
  const byId = new Map(commands.map((one) => [one.id, one]));
  const likeWays = likenessTo(
    commands.flatMap(({ id, says }) => says.filter((way) => !/\d/.test(way)).map((text) => ({ id, text }))),
  );
  // Asked several times in a turn about the same text.
  let asked = { text: '', found: likeWays('') };
  const like = (text: string): typeof asked.found => {
    if (asked.text !== text) asked = { text, found: likeWays(text) };
    return asked.found;
  };
  const surely = (text: string): Command<D> | undefined => {
    const [first] = like(text);
    const one = first?.sure === true ? byId.get(first.id) : undefined;
    return one?.exact || one?.readOnly ? undefined : one;
  };
  const owners = commands.filter(({ owns }) => owns !== undefined);
  const find = (message: Message): Command<D>[] => {
    const owner = owners.find((one) => one.owns?.(message));
    if (owner) return [owner];
    const reading = commands.filter((one) => one.reads?.(message));
    const decoded = decodeTelex(message.text);
    const way = sayingKnown(message.text) ?? (decoded === null ? undefined : sayingKnown(decoded));
    const meant = way ?? (reading.length > 0 ? undefined : surely(message.text));
    const all = meant && !reading.includes(meant) ? [...reading, meant] : reading;
    const listed = message.conversation.listed?.kind;
    return [
      ...all.filter((one) => one.list && one.list === listed),
      ...all.filter((one) => !one.list || one.list !== listed),
    ];
  };
  // A message nobody understands is asked about several times in its turn.
  const found = new WeakMap<Message, Command<D>[]>();
  const said = (message: Message): Command<D>[] => {
    const known = found.get(message) ?? find(message);
    found.set(message, known);
    return known;
  };
  return {
    byButton: (text) => buttons.get(readTap(text)?.word ?? '') ?? null,
    said,
    near: ({ text, person }) =>
      like(text).flatMap(({ id, score }) => {
        const one = byId.get(id);
        const near = person.offices.length > 0 || score >= FOR_CITIZENS;
        return one && !one.exact && near ? [{ one, score }] : [];
      }),
  };
}
