import type { Choice, Effect, Turn } from '../../conversation/dialog';
import type { UserKey } from '../../kernel/ids';

/** A question that stayed open: counted, so that a class can be proposed; with its words only where nobody understood them. */
export interface QuestionUnsolved extends Effect {
  readonly kind: 'question.unsolved';
  readonly user: UserKey;
  /** The article's id; `other` where nothing was understood. */
  readonly topic: string;
  /** What was asked, masked, where nothing was understood. */
  readonly words?: string;
  readonly at: Date;
}

/** It worked after all: not counted any more. */
export interface QuestionSolved extends Effect {
  readonly kind: 'question.solved';
  readonly user: UserKey;
  readonly topic: string;
  readonly at: Date;
}

export function solved<D>(turn: Turn<D>, topic: string): QuestionSolved {
  return { kind: 'question.solved', id: turn.effectId(), user: turn.user, topic, at: turn.at };
}

export function unsolved<D>(turn: Turn<D>, topic: string): QuestionUnsolved {
  return { kind: 'question.unsolved', id: turn.effectId(), user: turn.user, topic, at: turn.at };
}

/** Longer ones tell more of the person than of the matter, shorter ones ask nothing. */
const MOST_LETTERS = 160;
const FEWEST_WORDS = 3;

/** Nothing was understood: those who can answer read it, without who asked. What was covered or is long is only counted. */
export function notUnderstood<D>(turn: Turn<D>): QuestionUnsolved {
  const text = turn.event.text
    .replace(/\s+/g, ' ')
    .replace(/\d{4,}/g, '…')
    .trim();
  const kept =
    turn.event.secrets.length === 0 && text.length <= MOST_LETTERS && text.split(' ').length >= FEWEST_WORDS;
  return { ...unsolved(turn, 'other'), ...(kept ? { words: text } : {}) };
}

/** «Báo tôi khi có lớp»: agrees to be invited, once, to a class about it. */
export function inviteChoice<D>({ words }: Pick<Turn<D>, 'words'>, topic: string): Choice {
  return {
    id: 'INVITE',
    label: words.t('knowledge:invite_me'),
    command: `#BAOLOP_${topic.toUpperCase()}`,
  };
}
