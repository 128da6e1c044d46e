import { digestOf, type Plain } from '../kernel/canonical-json';
import { hexAsLetters } from '../kernel/letters';
import type { Report } from './report';

/** What somebody vouches for: the figures of a report as they stand, in one digest. Pure. */

/** The digest of every figure that stands as sent, with its value, parts and version: what an approval vouches for. */
export function approvalDigest(report: Report): string {
  const figures: Record<string, Plain> = {};
  for (const { figure, value, status, version, detail, state } of Object.values(report.figures))
    if (state === 'submitted' || state === 'approved')
      figures[figure] = { value, status, version, detail: detail ?? null };
  const { form, period, unit } = report;
  return digestOf({ form, period, unit, figures });
}

/** A short name for a set of reports as they stand, in letters; another figure, or another report, gives another. */
export function setDigest(reports: readonly Report[]): string {
  const all = reports.map((report) => approvalDigest(report)).sort();
  return hexAsLetters(digestOf(all).slice('sha256:'.length, 'sha256:'.length + 10));
}
