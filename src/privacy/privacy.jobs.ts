import { z } from 'zod';
import { defineJob } from '../jobs/define-job';

/** Forgets those who asked for it in chat, a moment after they were answered. */
export const carryOutErasures = defineJob({
  name: 'privacy.erase',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 30_000 },
});

export function privacyHandlers(deps: { readonly eraseAsked: (now: Date) => Promise<void> }) {
  return {
    [carryOutErasures.name]: (
      _payload: z.output<typeof carryOutErasures.schema>,
      context: { readonly at: Date },
    ) => deps.eraseAsked(context.at),
  };
}
