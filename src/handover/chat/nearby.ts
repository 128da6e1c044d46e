import { say } from '../../dialogs/answer';
import type { Say } from '../../conversation/dialog';
import { humanChoice } from '../../knowledge/chat/articles';
import { placeName } from '../../org/chat/people';
import { type HandoverTurn } from './turn-threads';

/** Who helps in a commune: one-stop desk, police, the digital team, and the classes to come. No address or number that nobody has given us. */
export function nearby(turn: HandoverTurn, commune: string): Say {
  const classes = { id: 'NEAR', label: turn.words.t('classes:buttons.near'), command: '#LOPGAN' };
  const unit = placeName(turn.deps, commune, turn.at);
  return { text: say(turn, 'handover:nearby', { unit }), choices: [classes, humanChoice(turn.words)] };
}
