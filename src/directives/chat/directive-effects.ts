import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { NewAnnex } from '../annex';
import type { Annexes } from '../annexes';
import type { DirectiveEvidence } from '../directive-evidence';
import type { Actor, AnswerAct, Directive } from '../directive';
import type { DirectiveAnswers } from '../answers';
import type { DirectiveIssuing } from '../issuing';
import type { MovedSending } from '../move-sending';
import type { AnswerOnBehalf } from '../on-behalf';

/** What talks about directives write. Each may be repeated: the id makes it one. */

export interface DraftDirective extends Effect {
  readonly kind: 'directive.draft';
  readonly directive: Directive;
  readonly at: Date;
}

export interface DropDraft extends Effect {
  readonly kind: 'directive.drop';
  readonly directive: string;
  readonly by: UserKey;
  readonly at: Date;
}

export interface SendDirective extends Effect {
  readonly kind: 'directive.send' | 'directive.confirm';
  readonly directive: string;
  readonly by: Actor;
  readonly at: Date;
}

/** With a sentence that says why. */
export interface EndDirective extends Effect {
  readonly kind: 'directive.refuse' | 'directive.recall' | 'directive.close';
  readonly directive: string;
  readonly by: Actor;
  readonly reason: string;
  readonly at: Date;
}

export interface SupersedeDirective extends Effect {
  readonly kind: 'directive.supersede';
  readonly directive: string;
  readonly next: string;
  readonly by: Actor;
  readonly at: Date;
}

export interface AnswerDirective extends Effect, AnswerAct {
  readonly kind: 'directive.answer';
}

export interface AnswerForSilent extends Effect, AnswerOnBehalf {
  readonly kind: 'directive.answerOnBehalf';
}

export interface AskAgain extends Effect {
  readonly kind: 'directive.askAgain';
  readonly directive: string;
  readonly units: readonly string[];
  /** Null: not before a day ahead of the deadline. */
  readonly askAt: Date | null;
  readonly by: UserKey;
  readonly at: Date;
}

export interface RemindSilent extends Effect {
  readonly kind: 'directive.remindSilent';
  readonly directive: string;
  readonly under: string;
  readonly by: UserKey;
  readonly at: Date;
}

export interface MoveDeadline extends Effect {
  readonly kind: 'directive.moveDeadline';
  readonly directive: string;
  readonly deadline: Date;
  readonly by: UserKey;
  readonly at: Date;
}

export interface MoveSending extends Effect, MovedSending {
  readonly kind: 'directive.moveSending';
}

export interface TellLine extends Effect {
  readonly kind: 'directive.tellLine';
  readonly directive: string;
  readonly commune: string;
  readonly by: UserKey;
  readonly at: Date;
}

export interface AttachAnnex extends Effect {
  readonly kind: 'directive.attach';
  readonly annex: NewAnnex;
}

export interface DetachAnnexes extends Effect {
  readonly kind: 'directive.detach';
  readonly directive: string;
  readonly by: UserKey;
  readonly at: Date;
}

/** To whoever asked for them. */
export interface SendAnnexes extends Effect {
  readonly kind: 'directive.sendAnnexes';
  readonly directive: string;
  readonly to: UserKey;
  readonly at: Date;
}

/** Pictures and papers that offices sent with «xong», to whoever sees how the directive stands there. */
export interface ShowDirectiveEvidence extends Effect {
  readonly kind: 'directive.showEvidence';
  readonly directive: string;
  readonly to: UserKey;
  /** Ids of the pieces, in the order in which they go. */
  readonly pieces: readonly string[];
  readonly at: Date;
  readonly eventId: string;
}

export type DirectiveEffect =
  | ShowDirectiveEvidence
  | AttachAnnex
  | DetachAnnexes
  | SendAnnexes
  | DraftDirective
  | DropDraft
  | SendDirective
  | EndDirective
  | SupersedeDirective
  | AnswerDirective
  | AnswerForSilent
  | AskAgain
  | RemindSilent
  | MoveDeadline
  | MoveSending
  | TellLine;

export function directiveEffects(
  issuing: DirectiveIssuing,
  answers: DirectiveAnswers,
  annexes: Annexes,
  evidence: DirectiveEvidence,
): EffectHandlers<DirectiveEffect> {
  return {
    'directive.attach': ({ annex }) => annexes.attach(annex),
    'directive.detach': ({ directive, by, at }) => annexes.detach(directive, by, at),
    'directive.sendAnnexes': (effect) => annexes.send(effect),
    'directive.showEvidence': (effect) => evidence.show(effect),
    'directive.draft': ({ directive, at }) => issuing.draft(directive, at),
    'directive.drop': ({ directive, by, at }) => issuing.dropDraft(directive, by, at),
    'directive.send': ({ directive, by, at }) => issuing.send({ id: directive, by, at }),
    'directive.confirm': ({ directive, by, at }) => issuing.confirm({ id: directive, by, at }),
    'directive.refuse': ({ directive, by, reason, at }) => issuing.refuse({ id: directive, by, reason, at }),
    'directive.recall': ({ directive, by, reason, at }) => issuing.recall({ id: directive, by, reason, at }),
    'directive.close': ({ directive, by, reason, at }) => issuing.close({ id: directive, by, reason, at }),
    'directive.supersede': ({ directive, next, by, at }) =>
      issuing.supersede({ id: directive, next, by, at }),
    'directive.answer': (effect) => answers.answer(effect),
    'directive.answerOnBehalf': (effect) => answers.answerOnBehalf(effect),
    'directive.askAgain': (effect) => answers.askAgain(effect),
    'directive.remindSilent': (effect) => answers.remindSilent(effect),
    'directive.moveDeadline': (effect) => issuing.moveDeadline(effect),
    'directive.moveSending': (effect) => issuing.moveSending(effect),
    'directive.tellLine': (effect) => answers.tellLine(effect),
  };
}
