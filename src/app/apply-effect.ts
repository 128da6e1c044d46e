import type { AnyEffect } from '../conversation/dialog';
import type { EffectHandlers, EffectOutcome } from '../dialogs/feature';
import type { FeatureParts } from './features';

/** Who does the writes of a turn: the handlers of all features, of which the compiler finds a missing one. */

type Parts = FeatureParts;
type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer Every) => void
  ? Every
  : never;
/** The handlers of all these features in one. */
type HandlersOf<F extends readonly Parts[]> = All<
  F[number] extends infer Each ? (Each extends { readonly effects: infer H } ? H : never) : never
>;

/** These features, if there is a handler of every write that a talk can ask for; else what the compiler complains of. */
export type Complete<F extends readonly Parts[]> =
  HandlersOf<F> extends EffectHandlers<AnyEffect>
    ? F
    : { readonly nobodyHandles: Exclude<AnyEffect['kind'], keyof HandlersOf<F>> };

/** Does one write of a turn. Throws a RangeError at once where two features claim the same kind. */
export function createApplyEffect<const F extends readonly Parts[]>(
  features: F & Complete<F>,
): (effect: AnyEffect) => Promise<EffectOutcome> {
  return applyEffectsOf(features);
}

/** The same for a small world that asks for few writes; what none of these does throws a RangeError. */
export function applyEffectsOf(features: readonly Parts[]): (effect: AnyEffect) => Promise<EffectOutcome> {
  const all = features.flatMap(({ effects }) => Object.entries(effects ?? {}));
  const byKind = new Map(all);
  if (byKind.size < all.length) throw new RangeError('two features do effects of the same kind');
  return async (effect) => {
    const handler = byKind.get(effect.kind);
    if (!handler) throw new RangeError(`no handler of the effect ${effect.kind}`);
    return handler(effect as never);
  };
}
