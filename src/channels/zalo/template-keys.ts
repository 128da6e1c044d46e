import type { Clock } from '../../kernel/clock';
import { messageOf } from '../../kernel/errors';
import { DAY, MINUTE } from '../../kernel/vn-time';
import type { Logger } from '../../observability/logger';
import type { Caller } from './api/caller';
import { templateInfo, type TemplateParam } from './api/templates';

/**
 * What each approved template takes, as Zalo tells it once a day. A value too long or missing costs a refusal, so it is
 * better known beforehand; but a send never fails because this could not be asked.
 */
export interface TemplateKeys {
  /** Null when Zalo does not say. */
  of(templateId: string): Promise<readonly TemplateParam[] | null>;
}

const ASK_AGAIN = 10 * MINUTE;

export function createTemplateKeys(deps: {
  readonly caller: Caller;
  readonly clock: Clock;
  readonly log: Logger;
}): TemplateKeys {
  const held = new Map<
    string,
    { readonly until: number; readonly params: Promise<readonly TemplateParam[] | null> }
  >();

  async function ask(templateId: string): Promise<readonly TemplateParam[] | null> {
    try {
      const { params } = await templateInfo(deps.caller, templateId);
      // Every template of ours takes something: an empty list only means that Zalo does not tell.
      return params.length > 0 ? params : null;
    } catch (error) {
      deps.log.warn({ templateId, reason: messageOf(error) }, 'what a template takes could not be asked');
      const until = deps.clock.now().getTime() + ASK_AGAIN;
      held.set(templateId, { until, params: Promise.resolve(null) });
      return null;
    }
  }

  return {
    of(templateId) {
      const now = deps.clock.now().getTime();
      const known = held.get(templateId);
      if (known && now < known.until) return known.params;
      const params = ask(templateId);
      held.set(templateId, { until: now + DAY, params });
      return params;
    },
  };
}
