import type { StepResult } from '../../conversation/dialog';
import { capital, foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { momentShort } from '../../kernel/moment';
import { searchArticles } from '../../knowledge/search';
import type { TellOfStranger } from './stranger-effects';
import { addressVars, contactName, personOf, placeName, superiorOf } from './people';
import { isSaid } from '../../dialogs/feature';
import type { Context } from './onboarding.dialog';

/** The commune a blocked person names: its officer is asked to call, and told when to look. */
export function askOfficer(context: Context, text: string): StepResult {
  const { turn } = context;
  const { words, deps } = turn;
  const { vars } = personOf(turn);
  const day = vnDay(turn.at);
  const typed = foldText(text).replace(/^(toi|minh|em|bac|chau)?\s*(la|o|thuoc)?\s*/u, '');
  const found = deps.directory.tree.find(typed === '' ? text : typed, day, { level: 'commune' });
  const unit = found.length === 1 ? found[0] : undefined;
  if (!unit) {
    // «Dừng», «menu», a question: who cannot name their commune is not kept here.
    if (isSaid(turn) || searchArticles(text, deps.articles(words.locale))?.sure)
      return { move: { to: 'pass' } };
    return { move: { to: 'here', say: { text: words.t('onboarding:which_commune', vars) }, miss: true } };
  }
  const { office } = superiorOf(deps, unit.code, turn.at);
  const place = placeName(deps, unit.code, turn.at);
  if (!office?.user)
    return {
      move: {
        to: 'end',
        say: { text: words.t('onboarding:will_call_unclaimed', { ...vars, place, Place: capital(place) }) },
      },
    };
  const effect: TellOfStranger = {
    kind: 'stranger.notice',
    from: turn.user,
    id: turn.effectId(),
    to: office.user,
    text: words.t('onboarding:officer_notice', {
      ...addressVars(words, office),
      place,
      time: momentShort(words, turn.at),
    }),
    at: turn.at,
  };
  const contact = contactName(words, deps, unit.code, turn.at);
  return {
    effects: [effect],
    move: { to: 'end', say: { text: words.t('onboarding:will_call', { ...vars, contact }) } },
  };
}
