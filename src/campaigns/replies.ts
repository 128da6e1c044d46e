import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import type { Report } from '../reporting/report';
import { tally, type Campaign } from './campaign';
import { tallyText } from './campaign-words';
import type { CampaignsRepo } from './campaigns.repo';
import { EQUIPMENT, hallsOf, hallsText } from './halls';

/** What came back to a question: answers given to it, or the reports of the form that it asks for. */
export interface Replies {
  /** Who said it themselves, by village. */
  readonly who: readonly { readonly unit: string; readonly by: UserKey }[];
  /** Villages without an answer, in the order they were asked. */
  readonly silent: readonly string[];
  /** The result of some of the villages, with what it is out of. */
  text(words: Words, units: readonly string[]): string;
}

export interface RepliesDeps {
  readonly repo: Pick<CampaignsRepo, 'answersOf'>;
  readonly reports: {
    submissions(form: string, period: string, units: readonly string[]): Promise<readonly Report[]>;
  };
}

export async function repliesTo({ repo, reports }: RepliesDeps, campaign: Campaign): Promise<Replies> {
  const { units } = campaign;
  if (campaign.kind !== 'equipment') {
    const answers = await repo.answersOf(campaign.id);
    return {
      who: answers,
      silent: tally(units, answers).silent,
      text: (words, some) => tallyText(words, campaign, tally(some, answers)),
    };
  }
  const sent = campaign.run === undefined ? [] : await reports.submissions(EQUIPMENT, campaign.run, units);
  const halls = hallsOf(sent);
  const answered = new Set(halls.map(({ unit }) => unit));
  return {
    who: halls.flatMap(({ unit, by }) => (by === null ? [] : [{ unit, by }])),
    silent: units.filter((unit) => !answered.has(unit)),
    text: (words, some) => hallsText(words, some, halls),
  };
}
