import type { Button, OutboundMessage } from '../../channels/channel';
import type { Words } from '../../kernel/i18n';
import { moment } from '../../kernel/moment';
import type { ClassRecord } from '../class';

/** What a class is called in a sentence, and the messages about it that go out unasked. */

export function classTopic(words: Words, { topic }: Pick<ClassRecord, 'topic'>): string {
  return topic ?? words.t('classes:no_topic');
}

/** «Quên mật khẩu VNeID – 19:30 thứ Năm 19/3, nhà văn hóa (thôn Đông Lâm)» */
export function classLine(words: Words, record: ClassRecord, unitName: string): string {
  return words.t('classes:line', {
    topic: classTopic(words, record),
    time: moment(words, record.startsAt),
    place: record.place ?? words.t('classes:no_place'),
    unit: unitName,
  });
}

/** A button of a class: `#LOPDK_L3F…`. Its label is `classes:buttons.<label>`. */
export function classButton(words: Words, word: string, id: string, label: string): Button {
  return { kind: 'reply', label: words.t(`classes:buttons.${label}`), payload: `#${word}_${id}` };
}

export function movedMessage(
  words: Words,
  vars: { readonly address: string; readonly Address: string },
  record: ClassRecord,
  unitName: string,
): OutboundMessage {
  const reason = record.moved?.reason ?? null;
  return {
    kind: 'text',
    text: words.t('classes:told.moved', {
      ...vars,
      topic: classTopic(words, record),
      time: moment(words, record.startsAt),
      before: moment(words, record.moved?.from ?? record.startsAt),
      place: record.place ?? unitName,
      reason: reason === null ? '' : words.t('classes:because', { reason }),
    }),
    buttons: [
      classButton(words, 'LOPDI', record.id, 'still_going'),
      classButton(words, 'LOPTHOI', record.id, 'leave'),
    ],
  };
}

export function cancelledMessage(
  words: Words,
  vars: { readonly address: string; readonly Address: string },
  record: ClassRecord,
  what: 'cancelled' | 'not_held' = 'cancelled',
): OutboundMessage {
  const reason = record.cancelled?.reason ?? null;
  return {
    kind: 'text',
    text: words.t(`classes:told.${what}`, {
      ...vars,
      topic: classTopic(words, record),
      time: moment(words, record.startsAt),
      reason: reason === null ? '' : words.t('classes:because', { reason }),
    }),
    buttons: [{ kind: 'reply', label: words.t('classes:buttons.near'), payload: '#LOPGAN' }],
  };
}
