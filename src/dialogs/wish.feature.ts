import type { StepResult, Turn } from '../conversation/dialog';
import { foldText, normalText } from '../kernel/vn-text';
import { vnDay } from '../kernel/vn-time';
import { namesOurs } from '../knowledge/rank';
import type { DialogDeps } from './deps';
import { defineFeature, type Feature, type Message } from './feature';
import { commandFinder } from './find-command';
import { isAsked } from './unfinished';

/**
 * What is wished in words that no list has, learned from many ways of saying it (`wished.ts`). Of one place below somebody
 * who oversees others, «bác trưởng thôn Đông Lâm mất máy, cấp lại mã cho bác ấy», what shows or asks something about it; of
 * anything else what only tells or asks something. Nothing is done here that could not be taken back.
 */
export function wishFeature(features: () => readonly Feature<DialogDeps>[]): Feature<DialogDeps> {
  return defineFeature<DialogDeps>({
    id: 'wish',
    commands: [],
    dialogs: [],
    async otherwise(turn, message) {
      const named = message.person.overseeing.length > 0 ? placeAmid(turn, message) : null;
      if (named) return ofPlace(turn, message, named, features());
      // What is asked about VNeID and papers is looked up among the articles.
      return namesOurs(message.text)
        ? null
        : (commandFinder(features()).wished(message)?.run(turn, message) ?? null);
    },
  });
}

async function ofPlace(
  turn: Turn<DialogDeps>,
  message: Message,
  { unit, rest }: NamedPlace,
  features: readonly Feature<DialogDeps>[],
): Promise<StepResult | null> {
  if (isAsked(message.conversation)) return null;
  return commandFinder(features).shownOfPlace(message, rest)?.about?.(turn, message, unit) ?? null;
}

const KIND =
  /^(?:thôn|thon|xóm|xom|làng|lang|bản|ban|tdp|tổ|to|khu|xã|xa|phường|phuong|phố|pho|số|so|p|x)$/iu;
const LONGEST_NAME = 5;

interface NamedPlace {
  readonly unit: string;
  readonly rest: string;
}

/** The one place below the person that the message names, and the message without its name. Null: none, or several. */
export function placeAmid(
  { deps, at }: Turn<DialogDeps>,
  { typed, person }: Pick<Message, 'typed' | 'person'>,
): NamedPlace | null {
  const { tree } = deps.directory;
  const day = vnDay(at);
  const words = normalText(typed)
    .split(/[\s,.;:!?()«»"]+/u)
    .filter(Boolean);
  const found = new Map<string, readonly [number, number]>();
  for (let from = 0; from < words.length;) from = place(from) ?? from + 1;
  const [only, ...others] = found;
  if (!only || others.length > 0) return null;
  const [unit, [from, to]] = only;
  return { unit, rest: [...words.slice(0, from), ...words.slice(to)].join(' ') };

  /** Where the longest name that begins here ends. */
  function place(from: number): number | null {
    for (let to = Math.min(words.length, from + LONGEST_NAME); to > from; to -= 1) {
      const name = words.slice(from, to).join(' ');
      const hasKind = KIND.test(words[from - 1] ?? '');
      // One word may be any word, and a number any number.
      if (to - from === 1 && !hasKind) continue;
      if (KIND.test(name) || (/^\d+$/.test(foldText(name)) !== hasKind && /^\d+$/.test(name))) continue;
      const units = person.overseeing.flatMap((office) => tree.find(name, day, { under: office.unit }));
      const codes = [...new Set(units.map(({ code }) => code))];
      if (codes.length !== 1) continue;
      found.set(codes[0] as string, [from, to]);
      return to;
    }
    return null;
  }
}
