import { Router, type Request, type Response } from 'express';
import type { AuditService } from '../audit/audit.service';
import type { ClassesService } from '../classes/classes.service';
import { weekDuty } from '../classes/duty';
import type { Clock } from '../kernel/clock';
import { AppError } from '../kernel/errors';
import { vnDay } from '../kernel/vn-time';
import { takes } from '../reporting/form';
import { FORMS, formOf } from '../reporting/forms';
import type { Threads } from '../handover/threads';
import { dayOfPeriod, periodBounds } from '../reporting/periods';
import type { ReportsService } from '../reporting/reports.service';
import type { Ledger } from '../reporting/ledger';
import type { ReleasesService } from '../reporting/releases.service';
import type { MonthOwed } from '../reporting/tasks';
import type { Rollup } from '../reporting/rollup';
import type { UnitsView } from '../reporting/units-view';
import {
  presentDuty,
  presentReport,
  presentThread,
  presentTotals,
  presentUnit,
  presentForm,
} from './present';
import { presentClass } from './present-class';
import {
  auditQuery,
  classesQuery,
  dutiesQuery,
  readQuery,
  rollupQuery,
  releaseQuery,
  releasesQuery,
  submissionsQuery,
  tasksQuery,
  threadsQuery,
  unitsQuery,
} from './query';
import type { DirectivesView } from '../directives/view';
import { directivesQuery, presentDirective, progressFor } from './directives';
import { presentMonthTasks, presentTasks } from './present-tasks';
import { presentRelease, totalsIn } from './present-release';
import { exportNote } from './export-note';
import { readCallers, type ApiCaller, type ApiToken } from './tokens';
import { reach, reachOrSources, topsOf, unitsEver, releaseScope, formsOf, classDays } from './reach';

/**
 * The JSON API for neighbouring systems: units, duties, submissions and totals, to be mounted at `/api/v1`. It only
 * reads. Every request needs a bearer token; one that is bound to a unit sees that unit and what is below it. What is
 * wrong is thrown and answered as problem+json by the server it is mounted in.
 */
export interface ApiDeps {
  readonly tokens: readonly ApiToken[];
  readonly units: () => UnitsView;
  readonly reports: Pick<ReportsService, 'times' | 'duties' | 'submissions'>;
  readonly rollup: Pick<Rollup, 'totals'>;
  readonly threads: Pick<Threads, 'list'>;
  readonly audit: Pick<AuditService, 'page' | 'note'>;
  readonly directives: Pick<DirectivesView, 'get' | 'list' | 'progress'>;
  readonly releases: Pick<ReleasesService, 'list' | 'get' | 'confirmed'>;
  readonly ledger: Pick<Ledger, 'done'>;
  readonly classes: Pick<ClassesService, 'heldWithPeople'>;
  readonly clock: Clock;
  /** The word for what is counted: `session` → «buổi». */
  readonly measureName: (measure: string) => string;
  readonly taskTitle: (task: string) => string;
  /** The month whose summary is owed. */
  readonly monthOwed: (at: Date) => MonthOwed;
  /** Of a task that is owed each month. */
  readonly monthTaskTitle: (task: string, period: string) => string;
  /** «Bản chốt 03/2026-1» */
  readonly releaseLabel: (number: string) => string;
}

export function apiRoutes(deps: ApiDeps): Router {
  const readCaller = readCallers(deps.tokens);
  const router = Router();
  const get = (path: string, answer: (req: Request, caller: ApiCaller) => object | Promise<object>): void => {
    router.get(path, async (req: Request, res: Response) => {
      const caller = readCaller(req.headers.authorization);
      const body = await answer(req, caller);
      res.set('cache-control', 'no-store').json(body);
    });
  };

  get('/units', (req, caller) => {
    const { parent, at = vnDay(deps.clock.now()) } = readQuery(unitsQuery, req.query);
    const units = deps.units();
    const found =
      parent === undefined
        ? topsOf(units, caller, at)
        : reach(units, caller, parent, at).flatMap(({ code }) => units.children(code, at));
    return { units: found.map(presentUnit) };
  });

  get('/forms', () => ({ forms: [...FORMS.values()].map(presentForm) }));

  get('/duties', async (req, caller) => {
    const { period, form, unit, status } = readQuery(dutiesQuery, req.query);
    const forms = form === undefined ? formsOf(period) : [formOf(form)];
    const units = deps.units();
    const found = [];
    for (const form of forms) {
      const day = dayOfPeriod(deps.reports.times(form.id, period));
      const tops = unit === undefined ? topsOf(units, caller, day) : reachOrSources(units, caller, unit, day);
      for (const { code } of tops) found.push(...(await deps.reports.duties(form.id, period, code)));
    }
    return {
      duties: found.filter((duty) => status === undefined || duty.status === status).map(presentDuty),
    };
  });

  get('/submissions', async (req, caller) => {
    const { form: id, period, unit, history } = readQuery(submissionsQuery, req.query);
    const form = formOf(id);
    const times = deps.reports.times(id, period);
    const units = deps.units();
    const day = dayOfPeriod(times);
    const tops = reachOrSources(units, caller, unit, day);
    const owing = tops.flatMap(({ code }) => units.within(code, day)).filter((below) => takes(form, below));
    const reports = await deps.reports.submissions(
      id,
      period,
      owing.map(({ code }) => code),
    );
    const now = deps.clock.now();
    await deps.audit.note(exportNote(caller, 'submissions', { form: id, period, unit }, now));
    return {
      submissions: reports.map((report) => presentReport(form, report, times.lockAt, now, history === '1')),
    };
  });

  get('/rollup', async (req, caller) => {
    const { form, period, unit } = readQuery(rollupQuery, req.query);
    const day = dayOfPeriod(deps.reports.times(form, period));
    const there = reachOrSources(deps.units(), caller, unit, day).length > 0;
    const nothing = { form, period, unit, expected: 0, onTime: 0, late: 0, indicators: [] };
    const totals = there ? await deps.rollup.totals(form, period, unit) : nothing;
    if (!totals) throw new AppError('not_found', { unit });
    const now = deps.clock.now();
    await deps.audit.note(exportNote(caller, 'rollup', { form, period, unit }, now));
    return presentTotals(totals, now, deps.measureName);
  });

  get('/threads', async (req, caller) => {
    const { unit, state } = readQuery(threadsQuery, req.query);
    if (unit !== undefined) reach(deps.units(), caller, unit, vnDay(deps.clock.now()));
    const top = unit ?? caller.unit;
    return { threads: (await deps.threads.list(top, state)).map(presentThread) };
  });

  get('/tasks', async (req, caller) => {
    const { unit, status } = readQuery(tasksQuery, req.query);
    const units = deps.units();
    const now = deps.clock.now();
    const day = vnDay(now);
    const tops = unit === undefined ? topsOf(units, caller, day) : reach(units, caller, unit, day);
    const below = tops.flatMap(({ code }) => units.within(code, day));
    const month = deps.monthOwed(now);
    const confirmed = await deps.releases.confirmed(month.period);
    const tasks = [
      ...presentTasks(below, await deps.ledger.done(), now, deps.taskTitle),
      ...presentMonthTasks(below, { ...month, confirmed }, now, deps.monthTaskTitle),
    ];
    return { tasks: tasks.filter((task) => status === undefined || task.status === status) };
  });

  get('/releases', async (req, caller) => {
    const { form, period } = readQuery(releasesQuery, req.query);
    formOf(form);
    const found = await Promise.all(
      (await deps.releases.list(period)).map(({ id }) => deps.releases.get(id)),
    );
    const scope = releaseScope(deps.units(), caller);
    return {
      releases: found.flatMap((one) => (one ? presentRelease(one, form, scope, deps.releaseLabel) : [])),
    };
  });

  get('/releases/:id', async (req, caller) => {
    const { form } = readQuery(releaseQuery, req.query);
    formOf(form);
    const found = await deps.releases.get(String(req.params['id']));
    const scope = releaseScope(deps.units(), caller);
    const shown = found && presentRelease(found, form, scope, deps.releaseLabel);
    const totals = found && totalsIn(found, form, scope);
    if (!shown || !totals) throw new AppError('not_found', { release: req.params['id'] });
    await deps.audit.note(exportNote(caller, 'release', { release: found.id, form }, deps.clock.now()));
    return { ...shown, rollup: presentTotals(totals, found.at, deps.measureName) };
  });

  get('/audit', (req, caller) => {
    const { from, unit } = readQuery(auditQuery, req.query);
    return deps.audit.page(from, unitsEver(deps.units(), caller, unit));
  });

  get('/directives', async (req, caller) => {
    const { unit, status } = readQuery(directivesQuery, req.query);
    const at = deps.clock.now();
    if (unit !== undefined) reach(deps.units(), caller, unit, vnDay(at));
    const top = unit ?? caller.unit;
    const found = await deps.directives.list({ unit: top, status: status ?? null, at });
    return { directives: found.map(presentDirective) };
  });

  get('/directives/:id/progress', (req, caller) =>
    progressFor(deps.directives, deps.units(), caller, String(req.params['id'])),
  );

  get('/classes', async (req, caller) => {
    const { unit, week } = readQuery(classesQuery, req.query);
    const now = deps.clock.now();
    const units = deps.units();
    const { first, last } = week === undefined ? classDays(now) : periodBounds(week);
    const day = week === undefined ? vnDay(now) : last;
    const tops = unit === undefined ? topsOf(units, caller, day) : reach(units, caller, unit, day);
    const codes = tops.flatMap(({ code }) => units.within(code, day).map((one) => one.code));
    const views = await deps.classes.heldWithPeople(codes, first, last);
    const records = views.map(({ record }) => record);
    const duties = tops.map(({ code }) => ({ unit: code, ...weekDuty(records, units, code, day) }));
    return {
      classes: views.map((view) => presentClass(view, now)),
      ...(week === undefined ? {} : { week, duty: duties }),
    };
  });

  router.use((req) => {
    // A stranger learns nothing about which addresses there are.
    readCaller(req.headers.authorization);
    throw new AppError('not_found');
  });
  return router;
}
