/**
 * A conversation as people read it, kept in `test/transcripts`:
 *
 *     # what it shows
 *     bác Tư, village_head of 99001-07, 2026-03-13 19:30, February 412 4 96 7
 *     > báo cáo
 *     < Thôn Đông Lâm – tháng 3. Số tháng trước:
 *     < [Đúng hết] [Để sau]
 *     @ 2026-03-15 08:00
 *     > [Đúng hết]
 *
 * `>` is typed, `> [x]` tapped, `> [x] of «y»` tapped on the oldest message that holds y, `@` moves the clock, `<` is what
 * the person then reads, buttons last. `{code}` is the claim code of the post. «new» after the post: not claimed yet.
 */
export interface Transcript {
  /** The comment lines at the top, as written. */
  readonly notes: readonly string[];
  readonly header: string;
  readonly role: string;
  readonly unit: string;
  readonly isNew: boolean;
  /** ISO with offset. */
  readonly at: string;
  /** Figures the village reported for February; null: none. */
  readonly february: string | null;
  readonly lines: readonly TranscriptLine[];
}

export type TranscriptLine =
  | { readonly kind: 'types'; readonly text: string }
  | { readonly kind: 'taps'; readonly button: string; readonly card: string | null }
  | { readonly kind: 'clock'; readonly at: string }
  | { readonly kind: 'note'; readonly text: string };

const HEADER =
  /^[^,]+, (?<role>\w+) of (?<unit>[\w-]+)(?<fresh> \(new\))?, (?<at>[\d-]+ [\d:]+)(?:, February (?<february>[\d ]+))?$/;

/** Throws on a line that is none of the above. What the bot answered is left out: it is compared as a whole. */
export function readTranscript(text: string): Transcript {
  const all = text.trimEnd().split('\n');
  const start = all.findIndex((line) => !line.startsWith('#'));
  const header = all[start] ?? '';
  const groups = HEADER.exec(header)?.groups;
  if (!groups) throw new Error(`a transcript begins with who, of where and when, not «${header}»`);
  const { role = '', unit = '', at = '' } = groups;
  return {
    notes: all.slice(0, start),
    header,
    role,
    unit,
    isNew: groups['fresh'] !== undefined,
    at: instant(at),
    february: groups['february'] ?? null,
    lines: all.slice(start + 1).flatMap((line) => readLine(line)),
  };
}

function readLine(line: string): TranscriptLine[] {
  if (line.startsWith('<')) return [];
  if (line.startsWith('#')) return [{ kind: 'note', text: line }];
  if (line.startsWith('@ ')) return [{ kind: 'clock', at: line.slice(2) }];
  const tap = /^> \[(?<button>[^\]]+)\](?: of «(?<card>.+)»)?$/.exec(line)?.groups;
  if (tap) return [{ kind: 'taps', button: tap['button'] ?? '', card: tap['card'] ?? null }];
  if (line.startsWith('> ')) return [{ kind: 'types', text: line.slice(2) }];
  throw new Error(`a transcript has no such line: «${line}»`);
}

/** «2026-03-13 19:30» in Viet Nam. */
export function instant(local: string): string {
  return `${local.replace(' ', 'T')}:00+07:00`;
}

/** One line of the talk as it stands in the file. */
export function writeLine(line: TranscriptLine): string {
  switch (line.kind) {
    case 'note':
      return line.text;
    case 'clock':
      return `@ ${line.at}`;
    case 'types':
      return `> ${line.text}`;
    case 'taps':
      return `> [${line.button}]${line.card === null ? '' : ` of «${line.card}»`}`;
  }
}

/** What was read, as it stands in the file; nothing read is nothing written. */
export function writeHeard(heard: { readonly text: string; readonly buttons: readonly string[] }): string[] {
  if (heard.text === '') return [];
  const buttons = heard.buttons.map((title) => `[${title}]`).join(' ');
  return [...heard.text.split('\n'), ...(buttons === '' ? [] : [buttons])].map((line) =>
    `< ${line}`.trimEnd(),
  );
}
