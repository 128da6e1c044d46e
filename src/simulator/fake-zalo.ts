import { randomInt } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import type { Clock } from '../kernel/clock';
import { FakeOAuth, type TokenPair } from './fake-oauth';
import { createOpenApi, type AcceptedSend, type ZaloTemplate } from './fake-openapi';
import { Person, type PersonWorld } from './fake-person';
import { DEFAULT_QUOTA, type QuotaRules } from './fake-zalo-messages';
import { createZaloRouter } from './fake-zalo-router';
import { FakeZaloState } from './fake-zalo-state';
import { FaultQueue } from './faults';
import { Feed } from './feed';
import { WebhookEmitter } from './webhook-emitter';
import { echoEvent, receivedEvent, type Parties } from './zalo-events';

/**
 * The one fake of Zalo, behind the same HTTP calls as the real one: used by hand through the simulator page, by
 * end-to-end tests and by load runs. It promises what is documented of Zalo (tokens, windows, quotas, limits, error
 * codes, signed and repeated webhooks), trouble on demand, and a ledger of everything it accepted and told.
 * It shares no code with the bot's own Zalo client, so a mistake there cannot hide here.
 */

export interface FakeZaloOptions {
  readonly clock: Clock;
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaSecret: string;
  readonly oaName?: string;
  /** Where events go; null until it is known (`fake.webhook.url`). */
  readonly webhookUrl?: string | null;
  readonly templates?: readonly ZaloTemplate[];
  readonly requestsPerMinute?: number;
  /** Facts are kept in this file over restarts; absent: in memory only. */
  readonly stateFile?: string;
  readonly quota?: Partial<QuotaRules>;
  readonly echoes?: Partial<Echoes>;
  /** Real time in which the webhook must answer. */
  readonly webhookDeadlineMs?: number;
}

/** What Zalo tells the bot of the bot's own messages. */
export interface Echoes {
  /** `oa_send_text`. */
  sent: boolean;
  /** `user_received_message`. */
  received: boolean;
  /** `user_seen_message`, at once; otherwise only when the person looks (`sees()`). */
  seen: boolean;
  /** They reach the bot before the answer to its send does. */
  beforeAnswer: boolean;
}

/** Ids from the platform's own number space, so that they exceed 2^53 as the real ones do. */
function newUserId(): string {
  return `3${Array.from({ length: 18 }, () => randomInt(10)).join('')}`;
}

export class FakeZalo {
  readonly router: Router;
  readonly fail = new FaultQueue();
  readonly feed = new Feed();
  readonly webhook: WebhookEmitter;
  readonly oauth: FakeOAuth;
  readonly echoes: Echoes;
  readonly sends: readonly AcceptedSend[];
  private readonly state: FakeZaloState;
  private readonly handles = new Map<string, Person>();
  private readonly world: PersonWorld;
  private quota: QuotaRules;
  private requestsPerMinute: number;
  private echoing: Promise<unknown> = Promise.resolve();
  private server: http.Server | null = null;

  constructor(private readonly options: FakeZaloOptions) {
    const { clock, appId, oaId } = options;
    this.state = new FakeZaloState(options.stateFile ?? null);
    this.quota = { ...DEFAULT_QUOTA, ...options.quota };
    this.requestsPerMinute = options.requestsPerMinute ?? 100;
    this.echoes = { sent: true, received: true, seen: false, beforeAnswer: false, ...options.echoes };
    this.oauth = new FakeOAuth({ state: this.state, clock, appId, appSecret: options.appSecret });
    this.webhook = new WebhookEmitter({
      state: this.state,
      feed: this.feed,
      clock,
      appId,
      oaSecret: options.oaSecret,
      url: options.webhookUrl ?? null,
      deadlineMs: options.webhookDeadlineMs ?? 2000,
      onTaken: (key) => this.taken(key),
    });
    this.world = { state: this.state, clock, webhook: this.webhook, feed: this.feed, appId, oaId };
    const openapi = createOpenApi({
      state: this.state,
      clock,
      oaId,
      oaName: options.oaName ?? 'Bình dân học vụ số',
      templates: new Map((options.templates ?? []).map((template) => [template.id, template])),
      quota: () => this.quota,
      onAccepted: (send) => this.accepted(send),
    });
    this.sends = openapi.sends;
    this.router = createZaloRouter({
      clock,
      oauth: this.oauth,
      openapi,
      faults: this.fail,
      feed: this.feed,
      oaId,
      rate: () => this.requestsPerMinute,
      beforeAnswer: () => (this.echoes.beforeAnswer ? this.echoing.then(() => undefined) : Promise.resolve()),
    });
  }

  /** Somebody, made on first mention; without an id a new person. Whether they ever wrote to the OA is another matter. */
  person(id: string = newUserId(), name?: string): Person {
    const known = this.handles.get(id);
    if (known) return known;
    if (!this.state.person(id)) {
      this.state.record({ t: 'person', id, name: name ?? '' });
      this.feed.tell({ kind: 'person', id });
    }
    const person = new Person(id, this.world);
    this.handles.set(id, person);
    return person;
  }

  /** Everybody, in the order in which they came. */
  people(): readonly Person[] {
    return [...this.state.people.keys()].map((id) => this.person(id));
  }

  /** What was accepted for one person after the ledger's place `since`. */
  sendsTo(user: string, since = 0): readonly AcceptedSend[] {
    return this.sends.slice(since).filter((send) => send.user === user);
  }

  /** A first pair of tokens, as an operator gets one in the console. */
  issuePair(): TokenPair {
    return this.oauth.issuePair();
  }

  setRate(requestsPerMinute: number): void {
    this.requestsPerMinute = requestsPerMinute;
  }

  setQuota(quota: Partial<QuotaRules>): void {
    this.quota = { ...this.quota, ...quota };
  }

  /** A person in the OA's own console writes to somebody, as the bot's echo shows it. */
  async adminTypes(user: string, text: string, adminId = '7788990011223344556'): Promise<boolean> {
    const at = this.options.clock.now().getTime();
    const id = `adm${at.toString(16).padStart(17, '0')}`;
    this.state.record({ t: 'chat', id: user, message: { id, from: 'oa', text, at }, state: 'unseen' });
    this.feed.tell({ kind: 'person', id: user });
    return this.webhook.emit(echoEvent(this.parties(user), id, text, adminId));
  }

  /** Begins to watch the clock for repeats, those of an earlier run included. Call it once the webhook can be reached. */
  start(): void {
    this.webhook.watch();
  }

  /** Serves alone, on loopback. Resolves with the base URL for all three of Zalo's hosts. */
  async listen(port = 0): Promise<string> {
    const server = http.createServer(express().use(this.router));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.webhook.close();
    const { server } = this;
    if (server) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    this.state.close();
  }

  private accepted(send: AcceptedSend): void {
    this.feed.tell({ kind: 'person', id: send.user });
    const events: Promise<boolean>[] = [];
    const parties = this.parties(send.user);
    if (this.echoes.sent) events.push(this.webhook.emit(echoEvent(parties, send.messageId, send.text)));
    if (this.echoes.received) events.push(this.webhook.emit(receivedEvent(parties, send.messageId)));
    if (this.echoes.seen) events.push(this.person(send.user).sees());
    this.echoing = Promise.all(events);
    this.webhook.unattended(this.echoing);
  }

  private taken(key: string): void {
    const id = this.state.waiting.get(key);
    if (id === undefined) return;
    this.state.record({ t: 'state', id, messages: [key], state: 'taken' });
    this.feed.tell({ kind: 'person', id });
  }

  private parties(userId: string): Parties {
    return { appId: this.options.appId, oaId: this.options.oaId, userId, at: this.options.clock.now() };
  }
}

export function createFakeZalo(options: FakeZaloOptions): FakeZalo {
  return new FakeZalo(options);
}
