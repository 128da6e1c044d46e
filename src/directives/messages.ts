import type { UserKey } from '../kernel/ids';
import { chunks } from '../kernel/lists';
import { capital } from '../kernel/vn-text';
import { vnDay } from '../kernel/vn-time';
import { givenName, unitNameOn } from '../org/names';
import { mayReport } from '../org/roles';
import type { RowFate } from '../outbox/outbox-row';
import { travelling } from './annex';
import type { DirectivesDeps } from './deps';
import { isSilent, type Directive, type Recipient } from './directive';
import { toldMessage, withActs, type Composed, type Told } from './directive-words';
import type { Holder } from './offices';
import { withReach } from './reach';

/** What a message about a directive says, made from what is true when it is asked. */

/** What several messages about one directive have in common. */
export interface Around {
  /** What communes add, by their code. */
  readonly lines: ReadonlyMap<string, string>;
  /** What it replaces; null: nothing. */
  readonly old: Directive | null;
  /** Where the same offices stood with that, by their code. */
  readonly before: ReadonlyMap<string, Recipient>;
  /** Names of the files that go with it. */
  readonly annexes: readonly string[];
}

const NAMES_MAX = 260;

export class DirectiveMessages {
  constructor(private readonly deps: DirectivesDeps) {}

  /** One person, for the offices they hold among these recipients. */
  told(
    directive: Directive,
    to: Holder,
    recipients: readonly Recipient[],
    step: Told['step'],
    at: Date,
    around: Around,
  ): Composed {
    const words = this.deps.wordsFor(to.user);
    const [first] = recipients as [Recipient, ...Recipient[]];
    const last = recipients.flatMap(({ answers }) => answers).at(-1);
    const answer = first.answer === 'none' ? null : last;
    return toldMessage(words, {
      directive,
      step,
      units: recipients.map(({ unit }) => this.nameOf(unit, at)),
      address: this.addressOf(to),
      name: givenName(to.fullName),
      isCommune: this.deps.offices.directory.tree.getNearest(first.unit, vnDay(at))?.level === 'commune',
      line: this.lineFor(first, around, at),
      replaces: this.replacedBy(recipients, around),
      annexes: around.annexes,
      movedFrom: recipients.flatMap(({ movedFrom }) => movedFrom).map((unit) => this.nameOf(unit, at)),
      said: answer
        ? {
            ...{ answer: first.answer, at: answer.at, reason: answer.note ?? '' },
            by: first.onBehalf === null ? null : this.nameOf(first.onBehalf, at),
          }
        : null,
      at,
    });
  }

  /** The silent villages of a commune for its officer, or a silent commune for its chair. Null: nobody is silent any more. */
  async officerList(directive: Directive, place: string, to: Holder, at: Date): Promise<Composed | null> {
    const words = this.deps.wordsFor(to.user);
    const vars = { number: directive.number, unit: this.nameOf(place, at), ...this.addressVars(to) };
    if (to.role === 'commune_chair') {
      const own = await this.deps.repo.recipient(directive.id, place);
      if (own && own.answer !== 'none') return null;
      if (own)
        return { message: withActs(words, words.t('directives:list.chair', vars), ['XEM'], directive.id) };
    }
    const inside = (unit: string) =>
      this.deps.offices.directory.tree.getNearest(unit, vnDay(at))?.parent === place;
    const below = directive.audience.units.filter(inside).sort();
    const all = await this.deps.repo.some(directive.id, below);
    const silent = all.filter(isSilent);
    if (silent.length === 0) return null;
    const text = words.t('directives:list.officer', {
      ...vars,
      silent: silent.length,
      all: all.length,
      names: await this.namesOf(words, silent, at),
    });
    const composed = withActs(words, text, ['NHAC', 'THAY', 'XEM'], directive.id);
    const call = await this.callButton(words, silent, at);
    return {
      message:
        composed.kind === 'text' && call
          ? { ...composed, buttons: [...(composed.buttons ?? []), call] }
          : composed,
    };
  }

  /** For whoever gave the order: the communes that are silent, and how many villages. Null: none. */
  async provinceList(directive: Directive, to: UserKey, at: Date): Promise<Composed | null> {
    const words = this.deps.wordsFor(to);
    const all = await this.deps.repo.recipientsOf(directive.id);
    const silent = await this.overlaid(all.filter(({ answer }) => answer === 'none'));
    if (silent.length === 0) return null;
    const { tree } = this.deps.offices.directory;
    const level = (unit: string) => tree.getNearest(unit, vnDay(at))?.level;
    const above = silent.filter(({ unit }) => level(unit) !== 'village');
    const text = words.t(
      above.length > 0 ? 'directives:list.province' : 'directives:list.province_villages',
      {
        number: directive.number,
        silent: above.length,
        all: all.filter(({ unit }) => level(unit) !== 'village').length,
        names: await this.namesOf(words, above, at),
        villages: silent.length - above.length,
        of: all.filter(({ unit }) => level(unit) === 'village').length,
      },
    );
    return { message: withActs(words, text, ['NHAC', 'XEM'], directive.id) };
  }

  /** The recipients with how far their messages came by now. */
  async overlaid<R extends Recipient>(recipients: readonly R[]): Promise<R[]> {
    const rows = await this.fates(recipients.flatMap(({ last }) => last?.rows ?? []));
    return recipients.map((recipient) => withReach(recipient, rows));
  }

  async fates(ids: readonly string[]): Promise<ReadonlyMap<string, RowFate>> {
    const found: RowFate[] = [];
    for (const some of chunks(ids, 5_000)) found.push(...(await this.deps.rows.fates(some)));
    return new Map(found.map((fate) => [fate.id, fate]));
  }

  nameOf(unit: string, at: Date): string {
    return unitNameOn(this.deps.offices.directory.tree, unit, vnDay(at));
  }

  addressOf(to: Holder): string {
    const words = this.deps.wordsFor(to.user);
    const own = words.locale === 'vi' ? to.address : '';
    return own !== '' ? own : words.t(`common:address.${mayReport(to.role) ? 'villager' : 'officer'}`);
  }

  addressVars(to: Holder): { readonly address: string; readonly Address: string } {
    const address = this.addressOf(to);
    return { address, Address: capital(address) };
  }

  /** What messages about these recipients have in common, read at once: the lines of their communes, and what they had before. */
  async around(directive: Directive, recipients: readonly Recipient[]): Promise<Around> {
    const { repo } = this.deps;
    const through = [...new Set(recipients.flatMap((one) => one.through ?? []))];
    const communes = await repo.some(directive.id, through);
    const old = directive.supersedes === null ? null : await repo.get(directive.supersedes);
    const units = recipients.map(({ unit }) => unit);
    return {
      annexes: travelling(await this.deps.annexes.of(directive.id), directive).map(({ name }) => name),
      lines: new Map(communes.flatMap(({ unit, line }) => (line === null ? [] : [[unit, line] as const]))),
      old,
      before: new Map((old ? await repo.some(old.id, units) : []).map((one) => [one.unit, one])),
    };
  }

  private lineFor({ through }: Recipient, { lines }: Around, at: Date): Told['line'] {
    const text = through === null ? undefined : lines.get(through);
    if (through === null || text === undefined) return null;
    return { commune: capital(this.nameOf(through, at)), text };
  }

  private replacedBy(recipients: readonly Recipient[], { old, before }: Around): Told['replaces'] {
    const known = recipients.flatMap(({ unit }) => before.get(unit) ?? []);
    if (!old || known.every(({ told, answers }) => told.length === 0 && answers.length === 0)) return null;
    return { number: old.number, answeredAt: known.flatMap(({ answers }) => answers)[0]?.at ?? null };
  }

  /** «Đông Lâm, Ngọc Trì (chưa có người nhận việc) và 3 nơi nữa» */
  async namesOf(
    words: ReturnType<DirectivesDeps['wordsFor']>,
    recipients: readonly Recipient[],
    at: Date,
  ): Promise<string> {
    const names = (await this.overlaid(recipients)).map(({ unit, reached, why }) => {
      const name = this.nameOf(unit, at);
      if (reached !== 'unreachable') return name;
      return words.t(why === 'not_claimed' ? 'directives:list.not_claimed' : 'directives:list.unreachable', {
        name,
      });
    });
    for (let shown = names.length; shown > 1; shown -= 1) {
      const text = names.slice(0, shown).join(', ');
      const rest = names.length - shown;
      if (text.length <= NAMES_MAX)
        return rest === 0 ? text : words.t('common:list_more', { names: text, count: rest });
    }
    return names.length <= 1
      ? (names[0] ?? '')
      : words.t('common:list_more', { names: names[0] ?? '', count: names.length - 1 });
  }

  /** Calls the first of the silent whose number is kept. */
  private async callButton(
    words: ReturnType<DirectivesDeps['wordsFor']>,
    silent: readonly Recipient[],
    at: Date,
  ) {
    for (const { unit } of silent.slice(0, 5))
      for (const post of this.deps.offices.directory.officesIn(unit)) {
        const phone = post.hasPhone ? await this.deps.org.phoneOf(post.id) : null;
        if (phone)
          return {
            kind: 'call' as const,
            label: words.t('directives:buttons.call', { unit: this.nameOf(unit, at) }).slice(0, 20),
            phone,
          };
      }
    return null;
  }
}
