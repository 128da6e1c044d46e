import { NOTHING_ELSE } from '../nothing-else';
import { ARTICLES } from './articles';
import { noDirectives } from '../bench/no-directives';
import { loadLocales } from '../../src/app/load-locales';
import { workCalendar } from '../../src/org/seed/days-off';
import { readConfig } from '../../src/config/config';
import { advance } from '../../src/conversation/advance';
import {
  newConversation,
  textIn,
  type Conversation,
  type Effect,
  type Frame,
  type TurnEvent,
} from '../../src/conversation/dialog';
import { FEATURES } from '../../src/app/features';
import type { DialogDeps } from '../../src/dialogs/deps';
import { readTap } from '../../src/dialogs/feature';
import { createEngine } from '../../src/dialogs/router';
import type { MovableClock } from '../../src/kernel/clock';
import { Dictionary, type Words } from '../../src/kernel/i18n';
import { maskSecrets } from '../../src/kernel/secrets';
import { MINUTE } from '../../src/kernel/vn-time';
import { OrgDirectory } from '../../src/org/directory';
import { toOffice } from '../../src/org/org.repo';
import type { OfficeDoc } from '../../src/org/org.model';
import { ReportsService } from '../../src/reporting/reports.service';
import { reportId, type Report } from '../../src/reporting/report';
import type { ReportEffect } from '../../src/reporting/report-effect';
import { CITIZEN, hash, officeDocs, orgRepo, reportsRepo, VILLAGE } from './commune';
import { cpuStopwatch, type Micros } from './cpu';
import { FINDER } from './said';
import { Rollup } from '../../src/reporting/rollup';

/**
 * The real engine, dialogs and rules over repositories that only remember, without a network and without a store: what
 * a line makes of a talk is seen in microseconds. Every talk can be copied, so that each line begins from the same state.
 */

export { CLAIM_CODE, LEADER, NEWCOMER, OFFICER, CITIZEN } from './commune';

/** What one message led to. */
export interface Heard {
  readonly text: string;
  readonly buttons: readonly string[];
  /** Keys of `locales` that were used to answer. */
  readonly keys: readonly string[];
  readonly effects: readonly Effect[];
  /** Where the person stands now: `report.question`; empty when nothing is open. */
  readonly at: string;
  readonly slots: Readonly<Record<string, unknown>>;
  /** The article that answered; null: none did. */
  readonly article: string | null;
  /** Ids of the commands that made something of it. */
  readonly took: readonly string[];
  /** What the buttons below the answer lead to: ids of articles and of commands. */
  readonly offers: readonly string[];
  readonly micros: Micros;
}

/** One person's talk: can be copied and goes on from there. */
export interface Talk {
  readonly user: string;
  conversation: Conversation;
  readonly reports: Map<string, Report>;
}

export class World {
  private turns = 0;
  private keys: string[] = [];

  private constructor(
    private readonly clock: MovableClock,
    private readonly deps: DialogDeps,
    private readonly service: ReportsService,
    private readonly hold: { reports: Map<string, Report> },
    private readonly dictionary: Dictionary,
  ) {}

  static async open(clock: MovableClock): Promise<World> {
    const hold = { reports: new Map<string, Report>() };
    const config = readConfig({});
    const dictionary = new Dictionary(loadLocales());
    const offices = officeDocs();
    const directory = await OrgDirectory.load(orgRepo(offices));
    const repo = reportsRepo(hold, () => clock.now());
    const calendars = { month: config, work: workCalendar() };
    const { OPTIONAL_FIGURES: optionalFigures, UNDO_MINUTES: undoMinutes } = config;
    const units = () => directory.tree;
    const undoMs = undoMinutes * MINUTE;
    const service = new ReportsService({ repo, units, calendars, optionalFigures, undoMs, clock });
    const invited = offices.find(({ codeHash }) => codeHash !== undefined) as OfficeDoc;
    const deps: DialogDeps = {
      ...NOTHING_ELSE,
      org: {
        lookUp: async ({ codeHash }) =>
          codeHash === invited.codeHash
            ? { outcome: 'office', office: toOffice(invited) }
            : { outcome: 'wrong', left: 4, blockedUntil: null },
        findByCode: async (codeHash) => (codeHash === invited.codeHash ? toOffice(invited) : null),
        findByPhone: async () => [],
        consentOf: async () => null,
        phoneOf: async () => null,
        codeMark: () => '4827 9135',
      },
      directory,
      reports: service,
      rollup: new Rollup({ repo, units, optionalFigures }),
      directives: noDirectives({
        ...{ directory, calendar: calendars.work },
        words: dictionary.in('vi'),
      }).view,
      articles: (locale) => (locale === 'en' ? ARTICLES.en : ARTICLES.vi),
      reminders: {
        wouldAsk: async (user, wished) =>
          user === CITIZEN
            ? { outcome: 'nothing_owed' }
            : { outcome: 'will', at: wished, deadline: new Date('2026-03-17T17:00:00+07:00'), owed: [] },
      },
      settings: { askPhoneImage: null, calendars, optionalFigures, undoMinutes, noticeVersion: '2026-1' },
    };
    return new World(clock, deps, service, hold, dictionary);
  }

  /** Somebody with nothing said yet. */
  begin(user: string): Talk {
    return { user, conversation: newConversation(user), reports: new Map() };
  }

  copy(talk: Talk): Talk {
    return { user: talk.user, conversation: talk.conversation, reports: new Map(talk.reports) };
  }

  /** Says one thing and carries out what it leads to. */
  async say(talk: Talk, typed: string): Promise<Heard> {
    this.hold.reports = talk.reports;
    this.keys = [];
    took = [];
    const masked = maskSecrets(typed, hash);
    const at = this.clock.now();
    const event: TurnEvent = {
      ...{ id: `line:${(this.turns += 1)}`, kind: 'text', text: masked.text },
      ...{ secrets: masked.secrets, codeHash: masked.codeHash ?? null, arrivedAt: at, eventAt: at },
    };
    const micros = cpuStopwatch();
    const done = await advance(createEngineOnce(), talk.conversation, event, this.deps, (locale) =>
      this.words(locale),
    );
    const spent = micros();
    talk.conversation = done.conversation;
    for (const effect of done.effects)
      if (effect.kind.startsWith('report.')) await this.service.apply(effect as ReportEffect);
    const last = done.says.at(-1);
    const top = done.conversation.stack.at(-1);
    const text = done.says.map(({ say }) => say.text).join('\n');
    return {
      text,
      article: articleIn(text, top),
      took,
      offers: (last?.say.choices ?? []).flatMap(({ command }) => leadsTo(command ?? '')),
      buttons: (last?.say.choices ?? []).map(({ label }) => label),
      keys: this.keys,
      effects: done.effects,
      at: top ? `${top.dialog}.${top.step}` : '',
      slots: top?.slots ?? {},
      micros: spent,
    };
  }

  /** The report of the village as the talk left it. */
  report(talk: Talk, period: string): Report | null {
    return talk.reports.get(reportId({ form: 'village-month', period, unit: VILLAGE })) ?? null;
  }

  private words(locale: string): Words {
    const words = this.dictionary.in(locale === '' ? 'vi' : locale);
    return {
      locale: words.locale,
      has: (key) => words.has(key),
      t: (key, vars) => {
        this.keys.push(key);
        return words.t(key, vars);
      },
    };
  }
}

/** The article whose answer stands on the screen. */
function articleIn(text: string, top: Frame | undefined): string | null {
  if (top?.dialog === 'article') return textIn(top.slots, 'id');
  return ARTICLES.vi.find(({ parts }) => text.includes(parts[0] ?? '\0'))?.id ?? null;
}

/** The article or the command behind a button. */
function leadsTo(button: string): string[] {
  const tap = readTap(button);
  if (tap?.word === '#FAQ') return [tap.rest.toLowerCase()];
  const command = FINDER.byButton(button);
  return command ? [command.id] : [];
}

let took: string[] = [];
/** The features as they are; which command made something of a message is written down. */
function watched(features: typeof FEATURES): typeof FEATURES {
  return features.map((feature) => ({
    ...feature,
    commands: feature.commands.map((one) => ({
      ...one,
      async run(...given: Parameters<typeof one.run>) {
        const result = await one.run(...given);
        if (result) took.push(one.id);
        return result;
      },
    })),
  }));
}

let engine: ReturnType<typeof createEngine> | null = null;
function createEngineOnce(): ReturnType<typeof createEngine> {
  engine ??= createEngine(watched(FEATURES));
  return engine;
}
