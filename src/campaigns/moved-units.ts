import { followersOf } from '../directives/moved-units';
import { vnDay } from '../kernel/vn-time';
import { isOpen, type Campaign } from './campaign';
import { valueText } from './campaign-words';
import type { CampaignsDeps } from './campaigns.service';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import { unitNameOn } from '../org/names';

/**
 * Villages that became part of others, or were divided, while a question was open: what they said stays with them and counts
 * no more, and each that follows answers for itself, also where it had answered before it grew. Whoever asked is told once.
 */

/** The campaign with the villages that answer at `now`; done again it changes nothing. */
export async function moveUnits(deps: CampaignsDeps, campaign: Campaign, now: Date): Promise<Campaign> {
  if (campaign.state !== 'waiting' && !isOpen(campaign, now)) return campaign;
  const { repo, offices } = deps;
  const { tree } = offices.directory;
  const day = vnDay(now);
  const into = new Map(campaign.units.map((unit) => [unit, followersOf(tree, unit, day)]));
  const gone = campaign.units.filter((unit) => !into.get(unit)?.includes(unit));
  if (gone.length === 0) return campaign;
  const units = [...new Set(campaign.units.flatMap((unit) => into.get(unit) ?? []))];
  if (campaign.state === 'issued')
    for (const unit of units) {
      const from = gone.filter((old) => into.get(old)?.includes(unit));
      if (from.length > 0) await repo.takeOver(campaign.id, unit, from);
    }
  await deps.outbox.enqueue(movedNotice(deps, campaign, gone, into, now));
  await repo.setUnits(campaign.id, units);
  if (campaign.kind === 'equipment') await deps.equipment.refresh();
  return { ...campaign, units };
}

/** What those before a village have said, for whoever answers for it now: «thôn Đông Lâm: có; thôn Ngọc Trì: chưa trả lời». */
export async function saidBefore(
  deps: Pick<CampaignsDeps, 'repo' | 'offices' | 'wordsFor'>,
  campaign: Campaign,
  before: readonly string[],
  to: { readonly user: string; readonly at: Date },
): Promise<string> {
  const words = deps.wordsFor(to.user);
  const said = await Promise.all(
    before.map(async (unit) => {
      const given = await deps.repo.answer(campaign.id, unit);
      const name = unitNameOn(deps.offices.directory.tree, unit, vnDay(to.at));
      return given === null
        ? words.t('campaigns:results.silent_one', { name })
        : words.t('campaigns:results.commune', { name, result: valueText(words, campaign, given.value) });
    }),
  );
  return said.join('; ');
}

function movedNotice(
  deps: CampaignsDeps,
  campaign: Campaign,
  gone: readonly string[],
  into: ReadonlyMap<string, readonly string[]>,
  now: Date,
): readonly NewOutboxMessage[] {
  const { user } = campaign.by;
  if (!deps.offices.mayManage(user, campaign, now)) return [];
  const words = deps.wordsFor(user);
  const name = (unit: string): string => unitNameOn(deps.offices.directory.tree, unit, vnDay(now));
  const lines = gone.map((unit) =>
    words.t('campaigns:moved.line', { from: name(unit), to: (into.get(unit) ?? []).map(name).join(', ') }),
  );
  const text = words.t(`campaigns:moved.${campaign.state === 'issued' ? 'asker' : 'asker_waiting'}`, {
    ...{ question: campaign.question, lines: lines.join('; ') },
  });
  return [
    {
      id: `campaign:${campaign.id}:moved:${gone.join(',')}`,
      ...{ to: user, purpose: 'notice', cause: campaign.id, createdAt: now },
      message: { kind: 'text', text },
    },
  ];
}
