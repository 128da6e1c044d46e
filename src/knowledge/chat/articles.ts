import type { Choice, Say } from '../../conversation/dialog';
import type { Words } from '../../kernel/i18n';
import type { Article } from '../article';

/** An article as an answer: its text, which ends with its source and date. */
export function articleAnswer(article: Article): Say {
  return { text: article.parts.join('\n\n') };
}

/** The questions most people come with. */
export function questionChoices({ words }: { readonly words: Words }): Choice[] {
  return [
    { id: 'FORGOT', label: words.t('common:buttons.forgot_password'), command: '#FAQ_FORGOT-VNEID-PASSWORD' },
    { id: 'PHONE', label: words.t('common:buttons.new_phone'), command: '#FAQ_NEW-PHONE' },
    { id: 'ACTIVATE', label: words.t('common:buttons.activate'), command: '#FAQ_ACTIVATE-LEVEL2' },
    { id: 'LEARN', label: words.t('common:buttons.where_to_learn'), command: '#FAQ_WHERE-TO-LEARN' },
  ];
}
