import type { AnyEffect, StepResult, Turn, TurnEvent } from '../../conversation/dialog';
import { answer } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { MASK } from '../../kernel/secrets';
import { secretChoices } from '../../knowledge/chat/articles';
import type { NoteWrongCode } from './org-effects';
import { personOf } from './people';

/**
 * A message that carried a code or another secret. A code alone may be the claim of a post; anything else is covered
 * already and is warned about in one sentence. Null: it carried none.
 */
export async function claimOrWarn(turn: Turn<DialogDeps>, open: boolean): Promise<StepResult | null> {
  const { event } = turn;
  if (!isInWords(event)) return null;
  if (event.codeHash !== null && event.secrets.every((kind) => kind === 'claim_code'))
    return codeOrWarning(turn, event.codeHash, open);
  return secretWarning(turn, open);
}

/** What was covered stands in the words themselves, not in the name of a file, an address or a form beside them. */
function isInWords({ secrets, text }: TurnEvent): boolean {
  return secrets.length > 0 && text.includes(MASK);
}

/** The warning of a secret beside the words: a file, a link or a form is handled as ever, after it. Null: there was none. */
export function warningBeside(turn: Turn<DialogDeps>): string | null {
  const { event } = turn;
  if (event.secrets.length === 0 || isInWords(event)) return null;
  return turn.words.t('common:secret_warning_short', personOf(turn).vars);
}

/** A claim code from somebody without a post, or of a post that waits; otherwise perhaps an OTP, and a warning. */
async function codeOrWarning(turn: Turn<DialogDeps>, code: string, open: boolean): Promise<StepResult> {
  const claiming: StepResult = { move: { to: 'dialog', dialog: 'onboarding', slots: { code } } };
  if (personOf(turn).offices.length === 0) return claiming;
  // A holder of a post may claim another; a number that matches none counts as a wrong try, so that codes cannot be guessed.
  const id = turn.effectId();
  const found = await turn.deps.org.lookUp({ codeHash: code, user: turn.user, effectId: id, at: turn.at });
  if (found.outcome === 'office' || found.outcome === 'ended') return claiming;
  const wrong: NoteWrongCode = { kind: 'org.wrongCode', id, user: turn.user, at: turn.at };
  const effects: AnyEffect[] = found.outcome === 'wrong' ? [wrong] : [];
  return { ...secretWarning(turn, open), effects };
}

function secretWarning(turn: Turn<DialogDeps>, open: boolean): StepResult {
  const { vars, offices } = personOf(turn);
  // Six lone digits are an OTP; from somebody without a post perhaps a code of an old invitation.
  if (offices.length === 0 && turn.event.secrets.every((kind) => kind === 'six_digits'))
    return answer({ text: turn.words.t('onboarding:six_digits', vars) });
  if (open) return answer({ text: turn.words.t('common:secret_warning_short', vars) });
  return answer({
    text: turn.words.t('common:secret_warning', vars),
    choices: secretChoices(turn),
  });
}
