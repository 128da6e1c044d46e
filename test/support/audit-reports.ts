import type { AuditWords } from '../../src/audit/entry';
import { FORMS } from '../../src/reporting/forms';
import type { FigureDetail, FigureState, FigureStatus, FigureVersion } from '../../src/reporting/report';
import type { CountedReport } from '../../src/reporting/totals';

/**
 * Reports reckoned from nothing but entries of the audit, in the order of the chain: what an auditor with the log and no
 * store would come to. What does not add up, such as words, is left out.
 */
type Entry = Pick<AuditWords, 'at' | 'act' | 'subject' | 'unit'> & { readonly after?: unknown };

interface Said {
  readonly value?: number | null;
  readonly status: FigureStatus;
  readonly state: FigureState;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
}

interface After {
  readonly figures?: Readonly<Record<string, Said>>;
  readonly moved?: readonly { readonly figure: string }[];
  readonly report?: 'submitted' | 'draft';
  readonly late?: boolean;
}

interface Reckoned {
  readonly form: string;
  readonly period: string;
  readonly unit: string;
  rev: number;
  submittedAt: Date | null;
  late: boolean;
  readonly figures: Map<string, Said>;
}

const MOVED_TO: Readonly<Record<string, FigureState>> = {
  'report.approved': 'approved',
  'report.returned': 'returned',
  'report.undone': 'draft',
};

export function reportsOutOf(entries: readonly Entry[]): CountedReport[] {
  const reports = new Map<string, Reckoned>();
  for (const entry of entries) {
    if (!entry.act.startsWith('report.') || entry.unit === null) continue;
    const [form = '', period = ''] = entry.subject.split('/');
    const key = `${entry.subject}/${entry.unit}`;
    const report = reports.get(key) ?? begun(form, period, entry.unit);
    reports.set(key, report);
    take(report, entry);
  }
  return [...reports.values()].map(({ figures, ...report }) => ({
    ...report,
    figures: Object.fromEntries(
      [...figures].map(([name, said]) => {
        const id = FORMS.get(report.form)?.figures.find(({ key }) => key === name)?.id ?? name;
        return [id, versionOf(id, said)];
      }),
    ),
  }));
}

function begun(form: string, period: string, unit: string): Reckoned {
  return { form, period, unit, rev: 0, submittedAt: null, late: false, figures: new Map() };
}

function take(report: Reckoned, { at, act, after }: Entry): void {
  const { figures = {}, moved = [], report: becomes, late } = (after ?? {}) as After;
  report.rev += 1;
  for (const [name, said] of Object.entries(figures)) report.figures.set(name, said);
  for (const { figure } of moved) {
    const said = report.figures.get(figure);
    const state = MOVED_TO[act];
    if (said && state) report.figures.set(figure, { ...said, state });
  }
  if (becomes === 'submitted') Object.assign(report, { submittedAt: new Date(at), late: late === true });
  if (becomes === 'draft') Object.assign(report, { submittedAt: null, late: false });
}

/** As much of a version as a sum reads. */
function versionOf(figure: string, said: Said): FigureVersion {
  const { value = null, status, state, numerator = null, denominator = null } = said;
  const ratio: FigureDetail = { kind: 'ratio', numerator, denominator, asOf: null, source: null };
  const detail = said.numerator === undefined ? {} : { detail: ratio };
  return { figure, value, status, state, ...detail } as FigureVersion;
}
