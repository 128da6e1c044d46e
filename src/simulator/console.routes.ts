import express, { type Router } from 'express';
import type { Clock } from '../kernel/clock';
import { consoleSchemas as bodies } from './console-schemas';
import type { FakeZalo } from './fake-zalo';
import type { Group } from './openapi/group-store';
import type { ZaloTemplate } from './openapi/templates';
import { createPeopleRoutes } from './people.routes';
import { answerRefusal, read, Refused } from './refusals';
import { samplePayload } from './sample-media';
import { accountEvent } from './zalo-events';

/**
 * What Zalo's consoles do, as routes of the simulator: the account's package, money and permissions, the webhook's
 * switches and probes, templates, places for groups, staff who write by hand, and trouble on the way to the webhook.
 */

export function createConsoleRoutes(deps: { readonly fake: FakeZalo; readonly clock: Clock }): Router {
  const { fake, clock } = deps;
  const router = express.Router();
  router.use(express.json({ limit: '256kb' }));

  const view = () => ({
    account: fake.account.now,
    requestsPerMinute: fake.rate,
    quota: fake.quotaRules,
    echoes: fake.echoes,
    webhook: webhookView(),
  });

  function webhookView() {
    const { url, disabled, escape, retries, commandsOnly, delayMs, signedTime, off } = fake.webhook;
    const due = fake.webhook.nextDue();
    return {
      url,
      disabled,
      escape,
      retries,
      commandsOnly,
      delayMs,
      signedTime,
      off: [...off],
      nextRetry: due?.toISOString() ?? null,
    };
  }

  router.get('/account', (_req, res) => void res.json(view()));
  router.post('/account', async (req, res) => {
    const {
      requestsPerMinute,
      quota,
      echoes,
      callback,
      package: name,
      ...changes
    } = read(bodies.account, req);
    const wasInstalled = fake.account.now.installed;
    fake.account.change(defined(changes));
    if (name !== undefined) fake.changePackage(name);
    if (requestsPerMinute !== undefined) fake.setRate(requestsPerMinute);
    if (quota) fake.setQuota(defined(quota));
    if (echoes) Object.assign(fake.echoes, defined(echoes));
    if (callback !== undefined) fake.oauth.callback = callback;
    // Whoever adds the app again consents by that.
    if (!wasInstalled && fake.account.now.installed) await fake.consents();
    await fake.onAccountChange();
    res.json(view());
  });
  router.post('/consent', async (_req, res) => {
    await fake.consents();
    res.json(view());
  });
  /** A pair without consent, as the console's API Explorer gives one; the access token before it is dead. */
  router.post('/api-explorer', (_req, res) => {
    const { accessToken, refreshToken } = fake.issuePair();
    res.json({ access_token: accessToken, refresh_token: refreshToken });
  });
  router.post('/account/remove-app', async (_req, res) => {
    res.json({ delivered: await fake.removeApp() });
  });

  router.post('/webhook', async (req, res) => {
    const asked = read(bodies.webhook, req);
    const { webhook } = fake;
    if (typeof asked.url === 'string' && !webhook.caller.mayCall(asked.url))
      throw new Refused(400, 'url: the simulator calls only addresses of this machine');
    if (asked.enable) webhook.enable();
    if (asked.url !== undefined) webhook.url = asked.url;
    if (asked.escape !== undefined) webhook.escape = asked.escape;
    if (asked.retries !== undefined) webhook.retries = asked.retries;
    if (asked.commandsOnly !== undefined) webhook.commandsOnly = asked.commandsOnly;
    if (asked.delayMs !== undefined) webhook.delayMs = asked.delayMs;
    if (asked.signedTime !== undefined) webhook.signedTime = asked.signedTime;
    for (const name of asked.off ?? []) webhook.off.add(name);
    for (const name of asked.on ?? []) webhook.off.delete(name);
    if (asked.chaos) webhook.trouble(defined(asked.chaos));
    if (asked.duplicate !== undefined) webhook.duplicateNext(asked.duplicate);
    if (asked.drop !== undefined) webhook.dropNext(asked.drop);
    if (asked.hold) webhook.hold();
    if (asked.release !== undefined) await webhook.release(asked.release);
    if (asked.runDue) await webhook.runDue();
    res.json({ ...webhookView(), status: asked.probe === undefined ? undefined : await probe(asked.probe) });
  });

  function probe(kind: 'signed' | 'unsigned' | 'object' | 'empty' | 'get' | 'head'): Promise<number | null> {
    if (kind === 'object') return fake.webhook.postRaw('{}');
    if (kind === 'empty') return fake.webhook.postRaw('');
    if (kind === 'get') return fake.webhook.ping('GET');
    if (kind === 'head') return fake.webhook.ping('HEAD');
    return fake.webhook.probe({ signed: kind === 'signed' });
  }

  router.post('/templates', (req, res) => {
    fake.templates.put(defined(read(bodies.template, req)) as ZaloTemplate);
    res.json({ templates: fake.templates.all() });
  });
  router.post('/assets', (req, res) => {
    const { validThrough, ...asset } = read(bodies.asset, req);
    fake.groups.putAsset({ ...asset, validThrough: new Date(validThrough).getTime() });
    res.json({ assets: fake.groups.allAssets() });
  });
  router.post('/announce', async (req, res) => {
    const { name, fields, zns } = read(bodies.announce, req);
    const { appId, oaId } = fake.desk;
    const event = accountEvent({ appId, oaId, at: clock.now() }, name, fields);
    res.json({ delivered: await fake.announces(event, { zns }) });
  });
  router.post('/admin', async (req, res) => {
    const { user, group, text, adminId } = read(bodies.admin, req);
    if (group !== undefined)
      res.json({ delivered: await fake.groupLife.adminSays(groupOf(group), text, adminId) });
    else if (user !== undefined && fake.isKnown(user))
      res.json({ delivered: await fake.adminTypes(user, text, adminId) });
    else throw new Refused(400, 'user: unknown');
  });

  router.get('/groups', (_req, res) => void res.json({ groups: fake.groups.all() }));
  router.post('/groups', async (req, res) => {
    const { group: id, user, act, text, quote, kind } = read(bodies.group, req);
    const group = groupOf(id);
    const payload = kind && samplePayload(fake.media, kind);
    const words = {
      ...(text === undefined ? {} : { text }),
      ...(quote === undefined ? {} : { quote }),
      ...(kind && payload ? { media: { kind, payload, shown: { kind } } } : {}),
    };
    if (act === 'remove_oa') fake.groupLife.removesOa(group);
    if (act === 'say') await fake.groupLife.says(group, memberOf(group, user), words);
    if (act === 'ask') await fake.groupLife.asksToJoin(group, fake.person(user).id);
    if (act === 'dissolve') await fake.groupLife.dissolves(group);
    if (act === 'rename') await fake.groupLife.renames(group, text ?? group.name);
    if (act === 'promote') await fake.groupLife.promotes(group, memberOf(group, user));
    if (act === 'leave') await fake.groupLife.leaves(group, memberOf(group, user));
    res.json({ group: fake.groups.get(id) });
  });

  function groupOf(id: string): Group {
    const group = fake.groups.get(id);
    if (!group) throw new Refused(404, 'no such group');
    return group;
  }

  function memberOf(group: Group, user: string | undefined): string {
    if (user === undefined || !group.members.includes(user)) throw new Refused(400, 'user: not in the group');
    return user;
  }

  router.use(createPeopleRoutes(deps));
  router.use(answerRefusal);
  return router;
}

/** Without the fields that were not given, so that they do not overwrite what is there. */
function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
