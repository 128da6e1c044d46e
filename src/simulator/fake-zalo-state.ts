import { Journal } from './journal';
import type { StoredPerson, OwedEvent, Fact, Table } from './fake-zalo-facts';

/**
 * What the fake Zalo knows: token pairs, people with their chats and windows, and events it still owes the webhook.
 * Every change is a fact; `record` applies it and, when a file is given, writes it down before it returns. So the
 * bot's stored tokens stay good, and what people typed is not forgotten, when program and fake are killed together.
 */

const CHAT_KEPT = 300;

export class FakeZaloState {
  access: { readonly token: string; readonly at: number } | null = null;
  readonly refresh = new Map<string, { readonly at: number; readonly spent: boolean }>();
  readonly codes = new Map<
    string,
    { readonly at: number; readonly challenge: string | null; readonly used: boolean }
  >();
  readonly people = new Map<string, StoredPerson>();
  /** Messages the bot has not taken yet, and whose they are. */
  readonly waiting = new Map<string, string>();
  readonly owed = new Map<string, OwedEvent>();
  /** Messages paid from the package's allowance, by `2026-03`. */
  readonly subSpent = new Map<string, number>();
  purchaseSpent = 0;
  webhookDisabled = false;
  private readonly tables = new Map<string, Map<string, object>>();
  private readonly journal: Journal<Fact> | null;

  /** `file` null keeps everything in memory, for tests and load runs. */
  constructor(file: string | null = null) {
    this.journal =
      file === null
        ? null
        : Journal.open<Fact>(file, (facts) => {
            for (const fact of facts) this.apply(fact);
            return this.facts();
          });
  }

  record(fact: Fact): void {
    // Written down first: what could not be kept has not happened.
    this.journal?.append(fact, { durable: fact.t === 'pair' || fact.t === 'code_used' });
    this.apply(fact);
  }

  close(): void {
    this.journal?.close();
  }

  person(id: string): StoredPerson | undefined {
    return this.people.get(id);
  }

  table<T extends object>(name: string): Table<T> {
    const kept = this.tableOf(name) as Map<string, T>;
    return {
      get: (id) => kept.get(id),
      all: () => [...kept.values()],
      get size() {
        return kept.size;
      },
      put: (id, value) => this.record({ t: 'shelf', shelf: name, id, value }),
      drop: (id) => this.record({ t: 'shelf', shelf: name, id, value: null }),
    };
  }

  private tableOf(name: string): Map<string, object> {
    const known = this.tables.get(name);
    if (known) return known;
    const fresh = new Map<string, object>();
    this.tables.set(name, fresh);
    return fresh;
  }

  private apply(fact: Fact): void {
    switch (fact.t) {
      case 'pair':
        this.access = { token: fact.access, at: fact.at };
        this.refresh.set(fact.refresh, { at: fact.at, spent: false });
        if (fact.spent !== undefined)
          this.refresh.set(fact.spent, { at: this.refresh.get(fact.spent)?.at ?? fact.at, spent: true });
        return;
      case 'access':
        this.access = { token: fact.token, at: fact.at };
        return;
      case 'refresh':
        this.refresh.set(fact.token, { at: fact.at, spent: fact.spent });
        return;
      case 'code':
        this.codes.set(fact.code, { at: fact.at, challenge: fact.challenge, used: false });
        return;
      case 'code_used': {
        const code = this.codes.get(fact.code);
        if (code) this.codes.set(fact.code, { ...code, used: true });
        return;
      }
      case 'person':
        this.applyPerson(fact.id, fact.name);
        return;
      case 'spent_quota':
        if (fact.from === 'sub') this.subSpent.set(fact.month, (this.subSpent.get(fact.month) ?? 0) + 1);
        else this.purchaseSpent += 1;
        return;
      case 'owed':
        this.owed.set(fact.event.key, fact.event);
        return;
      case 'settled':
        this.owed.delete(fact.key);
        return;
      case 'webhook':
        this.webhookDisabled = fact.disabled;
        return;
      case 'shelf':
        if (fact.value === null) this.tableOf(fact.shelf).delete(fact.id);
        else this.tableOf(fact.shelf).set(fact.id, fact.value);
        return;
      default:
        this.applyToPerson(fact);
    }
  }

  private applyPerson(id: string, name: string): void {
    const known = this.people.get(id);
    if (known) known.name = name;
    else
      this.people.set(id, {
        id,
        name,
        follows: false,
        lastInteraction: null,
        repliesInWindow: 0,
        refusesWith: null,
        chat: [],
        states: new Map(),
      });
  }

  private applyToPerson(
    fact: Extract<Fact, { t: 'touched' | 'follows' | 'refuses' | 'chat' | 'state' | 'replied' }>,
  ): void {
    const person = this.people.get(fact.id);
    if (!person) throw new Error(`the fake Zalo has a fact about an unknown person: ${fact.t}`);
    switch (fact.t) {
      case 'touched':
        person.lastInteraction = Math.max(fact.at, person.lastInteraction ?? 0);
        person.repliesInWindow = 0;
        return;
      case 'follows':
        person.follows = fact.on;
        return;
      case 'refuses':
        person.refusesWith = fact.code;
        return;
      case 'replied':
        person.repliesInWindow += 1;
        return;
      case 'chat': {
        person.chat.push(fact.message);
        person.states.set(fact.message.id, fact.state);
        if (fact.state === 'waiting') this.waiting.set(fact.message.id, person.id);
        if (person.chat.length > CHAT_KEPT)
          for (const old of person.chat.splice(0, person.chat.length - CHAT_KEPT))
            person.states.delete(old.id);
        return;
      }
      case 'state':
        for (const message of fact.messages)
          if (person.states.has(message)) person.states.set(message, fact.state);
        for (const message of fact.messages) this.waiting.delete(message);
    }
  }

  /** The present state as the fewest facts that lead to it. */
  private facts(): Fact[] {
    const facts: Fact[] = [];
    for (const [token, kept] of this.refresh) facts.push({ t: 'refresh', token, ...kept });
    if (this.access) facts.push({ t: 'access', ...this.access });
    for (const [code, { at, challenge, used }] of this.codes) {
      facts.push({ t: 'code', code, challenge, at });
      if (used) facts.push({ t: 'code_used', code });
    }
    for (const person of this.people.values()) facts.push(...factsOf(person));
    for (const [month, count] of this.subSpent)
      for (let i = 0; i < count; i++) facts.push({ t: 'spent_quota', from: 'sub', month });
    for (let i = 0; i < this.purchaseSpent; i++)
      facts.push({ t: 'spent_quota', from: 'purchase', month: '' });
    for (const event of this.owed.values()) facts.push({ t: 'owed', event });
    if (this.webhookDisabled) facts.push({ t: 'webhook', disabled: true });
    for (const [shelf, kept] of this.tables)
      for (const [id, value] of kept) facts.push({ t: 'shelf', shelf, id, value });
    return facts;
  }
}

function factsOf(person: StoredPerson): Fact[] {
  const { id } = person;
  const facts: Fact[] = [{ t: 'person', id, name: person.name }];
  if (person.lastInteraction !== null) facts.push({ t: 'touched', id, at: person.lastInteraction });
  if (person.follows) facts.push({ t: 'follows', id, on: true });
  if (person.refusesWith !== null) facts.push({ t: 'refuses', id, code: person.refusesWith });
  for (let i = 0; i < person.repliesInWindow; i++) facts.push({ t: 'replied', id });
  for (const message of person.chat)
    facts.push({ t: 'chat', id, message, state: person.states.get(message.id) ?? 'taken' });
  return facts;
}
