import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { answer, listed, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { vnDay } from '../../kernel/vn-time';
import { followersOf } from '../../directives/moved-units';
import { moment, momentShort } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import { formerHolderAnswer } from '../../org/chat/lost-right';
import { personOf, placeName } from '../../org/chat/people';
import { byCommune, isAnsweredHere, isOpen, type Campaign } from '../campaign';
import {
  answers,
  campaignPayload,
  textKey,
  valueOf,
  valueText,
  type CampaignAct,
  type TappedCampaign,
} from '../campaign-words';
import type { CampaignEffect } from './campaign-effects';

/** What is done with a survey's buttons: answering, the second key, and seeing the results. */

/** By a button, whose campaign and village may be anybody's: rights are read here and again where it is written. */
export async function byTap(turn: Turn<DialogDeps>, tapped: TappedCampaign): Promise<StepResult> {
  const campaign = await turn.deps.campaigns.get(tapped.campaign);
  if (!campaign) return sentence(turn, 'campaigns:not_yours');
  if (tapped.act === 'XEM') return results(turn, campaign);
  if (tapped.act === 'HOI') return askAgain(turn, campaign, tapped.unit);
  if (tapped.act === 'DUYET' || tapped.act === 'TRA')
    return decideKey(turn, campaign, tapped.act === 'DUYET');
  const units = campaign.units.filter(
    (unit) =>
      (tapped.unit === null || unit === tapped.unit) &&
      turn.deps.directory.mayActFor(turn.user, unit, turn.at),
  );
  if (units.length === 0) return movedAnswer(turn, campaign, tapped);
  if (!answers(tapped.act, campaign)) return sentence(turn, 'campaigns:not_yours');
  return answerFor(
    turn,
    units.map((unit) => ({ campaign, unit })),
    tapped.act,
  );
}

/** The question once more, to whoever has still to answer it or to turn its second key; nothing is written. */
function askAgain(turn: Turn<DialogDeps>, campaign: Campaign, unit: string | null): StepResult {
  const { words, deps, user, at } = turn;
  const vars = {
    ...{ question: campaign.question, closes: moment(words, campaign.closesAt) },
    ...{ label: campaign.label, count: campaign.units.length },
  };
  const choice = (act: CampaignAct, label: string, of?: string): Choice => ({
    ...{
      id: act,
      label: words.t(`campaigns:buttons.${label}`),
      command: campaignPayload(campaign.id, act, of),
    },
  });
  if (campaign.state === 'waiting' && deps.campaigns.holdsKey(user, campaign, at))
    return sentence(turn, textKey(campaign, 'key.asked'), vars, [
      choice('DUYET', 'confirm'),
      choice('TRA', 'refuse'),
    ]);
  const mine = campaign.units.find(
    (code) => (unit === null || code === unit) && deps.directory.mayActFor(user, code, at),
  );
  if (mine === undefined || campaign.kind === 'announcement') return sentence(turn, 'campaigns:not_yours');
  const asked = { ...vars, unit: placeName(deps, mine, at), asker: placeName(deps, campaign.from, at) };
  if (!isOpen(campaign, at)) return sentence(turn, 'campaigns:closed', asked);
  // A head-count has no button here: under one a typed 1 would be its place and not one person.
  const choices = campaign.kind === 'count' ? [] : [choice('CO', 'yes', mine), choice('KHONG', 'no', mine)];
  return sentence(turn, `campaigns:question.${campaign.kind}`, asked, choices);
}

/** The button of a village that is another one now: whoever answers for that is asked there, whoever led it before reads why. */
function movedAnswer(turn: Turn<DialogDeps>, campaign: Campaign, { unit }: TappedCampaign): StepResult {
  const { tree } = turn.deps.directory;
  const [next] =
    unit === null || campaign.units.includes(unit)
      ? []
      : followersOf(tree, unit, vnDay(turn.at)).filter(
          (code) => campaign.units.includes(code) && turn.deps.directory.mayActFor(turn.user, code, turn.at),
        );
  if (unit === null || next === undefined || !isOpen(campaign, turn.at) || !isAnsweredHere(campaign)) {
    const lost = formerHolderAnswer(turn);
    return lost === null ? sentence(turn, 'campaigns:not_yours') : answer({ text: lost });
  }
  const choices = campaign.kind === 'count' ? [] : (['CO', 'KHONG'] as const);
  return sentence(
    turn,
    'campaigns:moved.button',
    {
      unit: capital(placeName(turn.deps, unit, turn.at)),
      ...{ next: placeName(turn.deps, next, turn.at), question: campaign.question },
    },
    choices.map((act) => ({
      id: act,
      label: turn.words.t(`campaigns:buttons.${act === 'CO' ? 'yes' : 'no'}`),
      command: campaignPayload(campaign.id, act, next),
    })),
  );
}

/** The answer to the one open question among these; which one is asked back when there are several. */
export async function answerFor(
  turn: Turn<DialogDeps>,
  asked: readonly { readonly campaign: Campaign; readonly unit: string }[],
  act: CampaignAct,
): Promise<StepResult> {
  const [first] = asked;
  const value = valueOf(act);
  if (!first || value === null) return sentence(turn, 'campaigns:not_yours');
  if (asked.length > 1) {
    const choices = asked.slice(0, 4).map(({ campaign, unit }, i) => ({
      id: `A${i + 1}`,
      label: placeName(turn.deps, unit, turn.at).slice(0, 20),
      command: campaignPayload(campaign.id, act, unit),
    }));
    return sentence(turn, 'campaigns:which', {}, choices);
  }
  return keepAnswer(turn, first.campaign, first.unit, value);
}

async function keepAnswer(
  turn: Turn<DialogDeps>,
  campaign: Campaign,
  unit: string,
  value: number,
): Promise<StepResult> {
  const vars = {
    unit: placeName(turn.deps, unit, turn.at),
    question: campaign.question,
    closes: moment(turn.words, campaign.closesAt),
  };
  if (!isOpen(campaign, turn.at)) return sentence(turn, 'campaigns:closed', vars);
  const before = await turn.deps.campaigns.answer(campaign.id, unit);
  if (before && before.by !== turn.user)
    return sentence(turn, 'campaigns:already', {
      ...vars,
      value: valueText(turn.words, campaign, before.value),
      when: momentShort(turn.words, before.at),
    });
  const effect: CampaignEffect = {
    ...{ kind: 'campaign.answer', id: turn.effectId(), campaign: campaign.id, unit, value },
    ...{ by: turn.user, at: turn.at },
  };
  const said = { ...vars, value: valueText(turn.words, campaign, value) };
  return { ...sentence(turn, before ? 'campaigns:changed' : 'campaigns:kept', said), effects: [effect] };
}

function decideKey(turn: Turn<DialogDeps>, campaign: Campaign, yes: boolean): StepResult {
  const { question } = campaign;
  if (!turn.deps.campaigns.holdsKey(turn.user, campaign, turn.at))
    return sentence(turn, 'campaigns:key.not_yours');
  if (campaign.state !== 'waiting' || (yes && turn.at >= campaign.closesAt))
    return sentence(turn, 'campaigns:key.no_longer', { question });
  const effect: CampaignEffect = {
    ...{ kind: 'campaign.decide', id: turn.effectId(), campaign: campaign.id, yes },
    ...{ by: turn.user, at: turn.at },
  };
  const vars = { question, count: campaign.units.length };
  return {
    ...sentence(turn, textKey(campaign, `key.${yes ? 'done' : 'sent_back'}`), vars),
    effects: [effect],
  };
}

/** The counts with what they are out of, by commune where there are several, and the villages that are silent. */
export async function results(turn: Turn<DialogDeps>, campaign: Campaign): Promise<StepResult> {
  const { words, deps, at } = turn;
  if (!deps.campaigns.maySee(turn.user, campaign, at)) return sentence(turn, 'campaigns:not_yours');
  const vars = {
    ...personOf(turn).vars,
    ...{ question: campaign.question, closes: moment(words, campaign.closesAt) },
  };
  if (campaign.state === 'waiting') return sentence(turn, textKey(campaign, 'results.waiting'), vars);
  if (campaign.kind === 'announcement') return reach(turn, campaign);
  const replies = await deps.campaigns.replies(campaign);
  const { silent } = replies;
  const communes = byCommune(campaign.units, deps.directory.tree, vnDay(at));
  const head = [
    words.t(`campaigns:results.${isOpen(campaign, at) ? 'open' : 'closed'}`, vars),
    replies.text(words, campaign.units),
    ...(silent.length > 0
      ? [words.t('campaigns:results.silent', { count: silent.length, all: campaign.units.length })]
      : []),
  ].join('\n');
  const parts =
    communes.size < 2
      ? []
      : [...communes].map(([commune, units]) =>
          words.t('campaigns:results.commune', {
            name: placeName(deps, commune, at),
            result: replies.text(words, units),
          }),
        );
  const without = silent.map((unit) =>
    words.t('campaigns:results.silent_one', { name: placeName(deps, unit, at) }),
  );
  const names = [...parts, ...without];
  return names.length === 0 ? listed({ text: head }) : listed({ head, names });
}

/** How many an announcement has reached and who has seen it, and the villages it has not reached. */
async function reach(turn: Turn<DialogDeps>, campaign: Campaign): Promise<StepResult> {
  const { all, sent, seen, missing } = await turn.deps.campaigns.reached(campaign);
  const head = turn.words.t('campaigns:announce.reach', { question: campaign.question, all, sent, seen });
  if (missing.length === 0) return answer({ text: head });
  const names = missing.map((unit) => capital(placeName(turn.deps, unit, turn.at)));
  return listed({
    head: `${head}\n${turn.words.t('campaigns:announce.missing', { count: missing.length })}`,
    names,
  });
}
