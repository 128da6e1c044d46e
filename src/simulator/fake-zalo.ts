import type { Router } from 'express';
import { FakeOAuth, type TokenPair } from './fake-oauth';
import { createOpenApi, type AcceptedSend } from './fake-openapi';
import { newUserId, Person, type PersonWorld } from './fake-person';
import { createZaloRouter } from './fake-zalo-router';
import { FakeZaloState } from './fake-zalo-state';
import { FaultQueue } from './faults';
import { Feed } from './feed';
import { serveAlone, type Served } from './serve-alone';
import { GroupLife } from './group-life';
import { MediaStore } from './media-store';
import { echoesOf } from './echoes';
import { AccountContext, PACKAGES, type Account } from './openapi/account';
import type { ApiContext } from './openapi/api-context';
import { GroupStore } from './openapi/group-store';
import { Ledger, type Draft } from './openapi/ledger';
import { TemplateBook } from './openapi/templates';
import { createUploads } from './openapi/uploads';
import { DEFAULT_QUOTA, type QuotaRules } from './openapi/window';
import { seededChances } from './seeded';
import { WebhookEmitter } from './webhook-emitter';
import { accountEvent, echoEvent, type Parties, type ZaloEvent } from './zalo-events';
import type { FakeZaloOptions, Echoes } from './fake-zalo-options';

/**
 * The one fake of Zalo, behind the same HTTP calls as the real one: used by hand through the simulator page, by
 * end-to-end tests and by load runs. It promises what is documented of Zalo (tokens, windows, quotas, limits, error
 * codes, signed and repeated webhooks), trouble on demand, and a ledger of everything it accepted and told.
 * It shares no code with the bot's own Zalo client, so a mistake there cannot hide here.
 */

export class FakeZalo {
  readonly router: Router;
  readonly fail = new FaultQueue();
  readonly feed = new Feed();
  readonly webhook: WebhookEmitter;
  readonly oauth: FakeOAuth;
  readonly echoes: Echoes;
  readonly sends: readonly AcceptedSend[];
  readonly account: AccountContext;
  readonly groups: GroupStore;
  readonly templates: TemplateBook;
  readonly media = new MediaStore();
  readonly ledger: Ledger;
  readonly desk: ApiContext;
  readonly groupLife: GroupLife;
  /** Told of a pair that an administrator's consent gave, where a program stands behind that would otherwise need `zalo:login`. */
  onConsent: (pair: TokenPair) => Promise<void> = async () => undefined;
  /** Told after somebody has changed something in the console. */
  onAccountChange: () => Promise<void> = async () => undefined;
  private readonly state: FakeZaloState;
  private readonly handles = new Map<string, Person>();
  private readonly world: PersonWorld;
  private readonly chance = seededChances(1);
  private quota: QuotaRules;
  private requestsPerMinute: number;
  private echoing: Promise<unknown> = Promise.resolve();
  private alone: Served | null = null;

  constructor(private readonly options: FakeZaloOptions) {
    const { clock, appId, oaId } = options;
    this.state = new FakeZaloState(options.stateFile ?? null);
    this.account = new AccountContext(this.state);
    this.groups = new GroupStore(this.state, clock.now());
    this.templates = new TemplateBook(options.templates ?? []);
    this.ledger = new Ledger(clock, options.sendsKept);
    this.sends = this.ledger.sends;
    this.quota = { ...DEFAULT_QUOTA, ...options.quota };
    this.requestsPerMinute = options.requestsPerMinute ?? 100;
    this.echoes = { sent: true, received: true, seen: false, beforeAnswer: false, ...options.echoes };
    this.oauth = new FakeOAuth({
      state: this.state,
      clock,
      appId,
      appSecret: options.appSecret,
      usedTokenIsEmpty: () => this.account.now.usedTokenIsEmpty,
    });
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
    this.desk = this.apiContext();
    this.groupLife = new GroupLife(this.desk, this.groups, this.webhook);
    this.router = createZaloRouter({
      clock,
      oauth: this.oauth,
      endpoints: createOpenApi(this.desk, this.groups),
      account: this.account,
      faults: this.fail,
      feed: this.feed,
      media: this.media,
      appSecret: options.appSecret,
      oaId,
      rate: () => this.requestsPerMinute,
      beforeAnswer: () => (this.isOvertaking() ? this.echoing.then(() => undefined) : Promise.resolve()),
    });
  }

  private apiContext(): ApiContext {
    const { clock, appId, oaId, oaName = 'Bình dân học vụ số' } = this.options;
    const { state, account, ledger, media, templates } = this;
    return {
      ...{ state, clock, account, ledger, media, templates, appId, oaId, oaName },
      uploads: createUploads({ state, clock, account, media }),
      quota: () => this.quota,
      onAccepted: (send, draft) => this.accepted(send, draft),
      tell: (event, how) => this.webhook.unattended(this.webhook.emit(event, undefined, how)),
    };
  }

  private isOvertaking(): boolean {
    const { beforeAnswer } = this.echoes;
    return typeof beforeAnswer === 'boolean' ? beforeAnswer : this.chance(beforeAnswer);
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

  isKnown(id: string): boolean {
    return this.state.person(id) !== undefined;
  }

  /** Everybody, in the order in which they came. */
  people(): readonly Person[] {
    return [...this.state.people.keys()].map((id) => this.person(id));
  }

  get lastSend(): number {
    return this.ledger.last;
  }

  /** What was accepted for one person after the ledger's place `since`. */
  sendsTo(user: string, since = 0): readonly AcceptedSend[] {
    return this.ledger.after(since).filter((send) => send.user === user);
  }

  /** A first pair of tokens, as an operator gets one in the console. */
  issuePair(): TokenPair {
    return this.oauth.issuePair();
  }

  /** An administrator of the OA consents anew, and the program gets the pair. */
  async consents(): Promise<void> {
    await this.onConsent(this.issuePair());
    await this.onAccountChange();
  }

  setRate(requestsPerMinute: number): void {
    this.requestsPerMinute = requestsPerMinute;
  }

  /** What the OA buys; with it comes its number of requests a minute. */
  changePackage(name: Account['package']): void {
    this.account.change({ package: name });
    if (PACKAGES[name] > 0) this.requestsPerMinute = PACKAGES[name];
  }

  /** The OA's admin removes the app: calls are refused from now on, and the webhook hears of it once. */
  async removeApp(): Promise<boolean> {
    const { appId, oaId, clock } = this.options;
    this.account.change({ installed: false });
    return this.webhook.emit(accountEvent({ appId, oaId, at: clock.now() }, 'permission_revoked'));
  }

  /** Anything the platform tells of the account: reviews of templates, quotas, feedback, calls. */
  announces(event: ZaloEvent, options: { readonly zns?: boolean } = {}): Promise<boolean> {
    return this.webhook.emit(event, undefined, options);
  }

  get rate(): number {
    return this.requestsPerMinute;
  }

  get quotaRules(): QuotaRules {
    return this.quota;
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
    return this.webhook.emit(echoEvent(this.parties(user), id, text, { admin: adminId }));
  }

  /** Begins to watch the clock for repeats, those of an earlier run included. Call it once the webhook can be reached. */
  start(): void {
    this.webhook.watch();
  }

  /** Serves alone, on loopback. Resolves with the base URL for all three of Zalo's hosts. */
  async listen(port = 0): Promise<string> {
    this.alone = await serveAlone(this.router, port);
    this.media.base = this.alone.base;
    return this.alone.base;
  }

  async close(): Promise<void> {
    this.webhook.close();
    await this.alone?.close();
    this.state.close();
  }

  private accepted(send: AcceptedSend, draft: Draft): void {
    if (send.to === 'user') this.feed.tell({ kind: 'person', id: send.user });
    const events = echoesOf(send, draft, this.echoes, this.parties(send.user)).map((event) =>
      this.webhook.emit(event),
    );
    if (this.echoes.seen && send.to === 'user') events.push(this.person(send.user).sees());
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
