import { decodeTelex } from '../kernel/vn-text';
import { likenessTo } from '../understanding/likeness';
import { sameMarks, sayingOf, sayings } from '../understanding/saying';
import { wished } from '../understanding/wished';
import { isAsked } from './unfinished';
import { readTap, type Command, type Feature, type Message } from './feature';

/** Which commands a message may be, the likeliest first. Built once from the features; pure. */
export interface CommandFinder<D> {
  /** By the button that was tapped; null: it is no button of a command. */
  byButton(text: string): Command<D> | null;
  /**
   * By what was said, of those the person may say: the one that owns it, or those that read it, then the one it is a known way
   * to say, then the one it is surely like. Those whose list was shown last go first.
   */
  said(message: Message): readonly Command<D>[];
  /** The same of all commands, whoever they are for: to tell somebody that this is not theirs. */
  saidByAnybody(message: Message): readonly Command<D>[];
  /** Whether it is one of the person's that no open question may take for its answer. */
  insists(message: Message): boolean;
  /** The one that surely is wished, however it is put, of those that only tell or ask something; null: none, or what a citizen asks. */
  wished(message: Message): Command<D> | null;
  /**
   * The likeliest wish of those that something is shown for of one place; `rest`: the message without its name. Showing it is
   * no harm, so it need not be the surest of all. Null: another wish is likelier.
   */
  shownOfPlace(message: Message, rest: string): Command<D> | null;
  /** What it may be, the likeliest first, with how like it they are: to be asked about. Never one that only its own words reach. */
  near(message: Message): Near<D>[];
}

export interface Near<D> {
  readonly one: Command<D>;
  /** 0 to 1. */
  readonly score: number;
}

/** Commands are about the work of those who hold a post: a citizen's words must be nearer to one. */
const FOR_CITIZENS = 0.62;
/** So far ahead of every other wish that a command which only tells something, or asks before it acts, is meant. */
const SURELY_WISHED = 0.35;
/** The same while a question waits for its answer. */
const BESIDE_A_QUESTION = 0.5;
/** So far ahead it comes before what everybody's words were taken for. */
const RATHER_WISHED = 0.2;
/** So far ahead it is offered before anything else; what is behind, after it. */
const WISHED = 0.12;
const WISHED_SCORE = 0.82;
const MAYBE_SCORE = 0.6;
/** Of a place: so much speaks for it, and no more for another wish than this. */
const LEAST_OF_PLACE = 0.3;
const BEHIND = 0.15;
/** What speaks less for a wish than this says nothing. */
const LEAST = 0.15;
const LEAST_OF_CITIZENS = 0.5;

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
  const wayOf = (text: string): Command<D> | undefined => {
    const decoded = decodeTelex(text);
    return sayingKnown(text) ?? (decoded === null ? undefined : sayingKnown(decoded));
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
  /** Wishes of this person, likeliest first; none where it is rather a question, an answer or talk. */
  const isTheirs =
    ({ person }: Message) =>
    (id: string): boolean =>
      byId.get(id)?.for?.(person) ?? true;
  const wishedBy = (message: Message) => wished(message.text, isTheirs(message));
  /** Whether something else is surely wished than what everybody's words were taken for. */
  const isOther = (message: Message, taken: readonly Command<D>[]): boolean => {
    const [first] = taken.length > 0 ? wishedBy(message) : [];
    return (
      first !== undefined &&
      first.ahead >= RATHER_WISHED &&
      byId.has(first.id) &&
      !taken.some(({ id, meansToo }) => id === first.id || meansToo?.includes(first.id))
    );
  };
  const find = (message: Message, among: readonly Command<D>[]): readonly Command<D>[] => {
    const owner = among.find((one) => one.owns?.(message));
    if (owner) return [owner];
    const readBy = among.filter((one) => one.reads?.(message));
    const reading = readBy.every(({ loose }) => loose) && isOther(message, readBy) ? [] : readBy;
    const known = wayOf(message.text) ?? (reading.length > 0 ? undefined : surely(message.text));
    const all = known && among.includes(known) && !reading.includes(known) ? [...reading, known] : reading;
    const listed = message.conversation.listed?.kind;
    return [
      ...all.filter((one) => one.list && one.list === listed),
      ...all.filter((one) => !one.list || one.list !== listed),
    ];
  };
  const theirs = once(({ person }: Message) => commands.filter((one) => one.for?.(person) ?? true));
  const said = once((message: Message) => find(message, theirs(message)));
  const saidByAnybody = once((message: Message) => find(message, commands));
  const insisting = once((message: Message) =>
    theirs(message).filter(({ strong, owns }) => strong === true || owns !== undefined),
  );
  const insists = (one: Command<D>, message: Message): boolean =>
    one.strong === true || one.owns?.(message) === true;
  return {
    byButton: (text) => buttons.get(readTap(text)?.word ?? '') ?? null,
    said,
    saidByAnybody,
    // Most answers to a question are no such command, and then nothing else is asked.
    insists: (message) =>
      (insisting(message).some((one) => one.owns?.(message) || one.reads?.(message)) ||
        wayOf(message.text)?.strong === true ||
        surely(message.text)?.strong === true) &&
      said(message).some((one) => insists(one, message)),
    shownOfPlace(message, rest) {
      const may = isTheirs(message);
      const [best] = wished(rest, may);
      const [shown] = wished(rest, (id) => byId.get(id)?.about !== undefined && may(id));
      if (!best || !shown || shown.score < LEAST_OF_PLACE || best.score - shown.score > BEHIND) return null;
      return byId.get(shown.id) ?? null;
    },
    wished(message) {
      const [first] = message.person.offices.length === 0 ? [] : wishedBy(message);
      const least = isAsked(message.conversation) ? BESIDE_A_QUESTION : SURELY_WISHED;
      const one = first && first.ahead >= least ? byId.get(first.id) : undefined;
      return one?.tells === true ? one : null;
    },
    near(message) {
      const isCitizen = message.person.offices.length === 0;
      const least = isCitizen ? FOR_CITIZENS : 0;
      const all = new Map<string, Near<D>>();
      const add = (id: string, score: number): void => {
        const one = byId.get(id);
        if (one && !one.exact && score >= least && score > (all.get(id)?.score ?? 0))
          all.set(id, { one, score });
      };
      for (const { id, score } of like(message.text)) add(id, score);
      // What is known for a command of others is no other wish.
      const learned = saidByAnybody(message).length > 0 ? [] : wishedBy(message);
      const [first, ...others] = learned.filter(({ score }) => score >= LEAST);
      // A citizen's question that nobody can answer is an honest «I do not know», not the nearest wish.
      if (isCitizen) {
        if (first && first.score >= LEAST_OF_CITIZENS && first.ahead >= WISHED) add(first.id, FOR_CITIZENS);
      } else if (first) {
        add(first.id, first.ahead >= WISHED ? WISHED_SCORE : MAYBE_SCORE);
        // A question, an answer or talk that is surely meant is no wish at all.
        if (byId.has(first.id) || first.ahead < WISHED) for (const { id } of others) add(id, MAYBE_SCORE);
      }
      return [...all.values()].sort((a, b) => b.score - a.score);
    },
  };
}

/** What is worked out of a message, at most once: it is asked about several times in its turn. */
function once<T>(find: (message: Message) => T): (message: Message) => T {
  const found = new WeakMap<Message, T>();
  return (message) => {
    if (!found.has(message)) found.set(message, find(message));
    return found.get(message) as T;
  };
}
