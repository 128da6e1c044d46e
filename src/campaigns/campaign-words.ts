import type { Words } from '../kernel/i18n';
import { asLetters, fromLetters } from '../kernel/letters';
import { formatCount } from '../kernel/vn-text';
import { moment } from '../kernel/moment';
import type { OutboundMessage } from '../channels/channel';
import { isAnsweredHere, type Campaign, type Tally } from './campaign';
import { EQUIPMENT } from './halls';

/** What goes out about surveys and head-counts, and the buttons under it, which never grow old. Pure. */

/** `N34`: the number 34; `HOI`: the question again; `XEM`: the results; `DUYET`, `TRA`: the second key. */
export type CampaignAct = 'CO' | 'KHONG' | `N${number}` | 'HOI' | 'XEM' | 'DUYET' | 'TRA';

export interface TappedCampaign {
  readonly campaign: string;
  readonly act: CampaignAct;
  /** Null: whichever village the person answers for. */
  readonly unit: string | null;
}

export function campaignPayload(campaign: string, act: CampaignAct, unit?: string): string {
  return `#KS_${[campaign, act, ...(unit === undefined ? [] : [asLetters(unit)])].join('_')}`.toUpperCase();
}

/** What stands behind `#KS_`; null when it is nothing of ours. */
export function readCampaignTap(rest: string): TappedCampaign | null {
  const found = /^([A-Z0-9]+)_(CO|KHONG|N\d{1,5}|HOI|XEM|DUYET|TRA)(?:_([A-Z]+))?$/.exec(rest.toUpperCase());
  return found
    ? {
        campaign: found[1] as string,
        act: found[2] as CampaignAct,
        unit: found[3] === undefined ? null : fromLetters(found[3]),
      }
    : null;
}

/** The value behind a button; null: it is no answer. */
export function valueOf(act: CampaignAct): number | null {
  if (act === 'CO') return 1;
  if (act === 'KHONG') return 0;
  return act.startsWith('N') ? Number(act.slice(1)) : null;
}

/** Whether a button answers a question of this kind. */
export function answers(act: CampaignAct, { kind }: Pick<Campaign, 'kind'>): boolean {
  if (!isAnsweredHere({ kind })) return false;
  return kind === 'yes_no' ? act === 'CO' || act === 'KHONG' : /^N\d/.test(act);
}

/** A text about it, in the words for its kind: nobody is «asked» by an announcement. */
export function textKey({ kind }: Pick<Campaign, 'kind'>, key: string): string {
  return kind === 'announcement' ? `campaigns:announce.${key}` : `campaigns:${key}`;
}

/** «có», «không», «34 người» */
export function valueText(words: Words, { kind }: Pick<Campaign, 'kind'>, value: number): string {
  if (kind === 'count') return words.t('campaigns:value.count', { count: formatCount(value) });
  return words.t(value === 1 ? 'campaigns:value.yes' : 'campaigns:value.no');
}

/** «có 21, không 5, từ 26/32 nơi»; nobody answered: that, and no nought. */
export function tallyText(
  words: Words,
  { kind }: Pick<Campaign, 'kind'>,
  { all, answered, sum }: Tally,
): string {
  const vars = { all: formatCount(all), answered: formatCount(answered), sum: formatCount(sum) };
  if (answered === 0) return words.t('campaigns:tally.nobody', vars);
  return words.t(`campaigns:tally.${kind}`, { ...vars, rest: formatCount(answered - sum) });
}

/**
 * The question as the head of a village reads it. A nought is a button of the head-count's, under the digit it is, by
 * which a number typed alone is known to answer the message shown last.
 */
export function questionMessage(
  words: Words,
  campaign: Campaign,
  to: {
    readonly unit: string;
    readonly unitName: string;
    readonly asker: string;
    readonly Address: string;
    /** What was said of it by the villages before; null: it was there from the beginning. */
    readonly before: string | null;
  },
): OutboundMessage {
  const { id, kind, question } = campaign;
  const { unit, unitName, asker, Address } = to;
  const vars = { Address, asker, question, unit: unitName, closes: moment(words, campaign.closesAt) };
  const button = (act: CampaignAct, label: string, digit: number) => ({
    kind: 'reply' as const,
    label: words.t(`campaigns:buttons.${label}`),
    payload: campaignPayload(id, act, unit),
    digit,
  });
  if (kind === 'announcement')
    return { kind: 'text', text: words.t('campaigns:question.announcement', vars) };
  if (kind === 'equipment')
    return {
      ...{ kind: 'text', text: words.t('campaigns:question.equipment', vars) },
      buttons: [
        {
          ...{ kind: 'reply', label: words.t('campaigns:buttons.answer'), digit: 1 },
          payload: `#BAOCAO_${EQUIPMENT}_${unit}`.toUpperCase(),
        },
      ],
    };
  const buttons =
    kind === 'yes_no' ? [button('CO', 'yes', 1), button('KHONG', 'no', 2)] : [button('N0', 'nobody', 0)];
  const text = words.t(`campaigns:question.${kind}`, vars);
  const lead =
    to.before === null ? '' : `${words.t('campaigns:moved.lead', { ...vars, before: to.before })}\n`;
  return { kind: 'text', text: `${lead}${text}`, buttons };
}
