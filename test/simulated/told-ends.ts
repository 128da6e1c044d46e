import type { Province } from './province';

/** How the asking ended, in the program's own words: what each commune's officer reads, and what is read of them. */

export const ENDS = {
  done: /(\d+) đúng hạn/,
  late: /(\d+) muộn/,
  refused: /(\d+) đã nhắc nhưng chưa có số/,
  unreachable: /(\d+) không liên lạc được/,
  open: /(\d+) còn được gửi thêm/,
} as const;
export type End = keyof typeof ENDS;

/** What the officer of one commune was answered. */
export interface ToldEnds {
  readonly commune: string;
  /** «Kết quả kỳ này của thôn: 1 muộn, …» */
  readonly line: string;
  /** Each village that has no figures, as it is named: «Ngọc Trì (đã nhắc, chưa có số)». */
  readonly missing: readonly string[];
}

/** The numbers of a line; what it does not name is none. */
export function countsOf(line: string): Record<End, number> {
  const counts = { done: 0, late: 0, refused: 0, unreachable: 0, open: 0 };
  for (const end of Object.keys(ENDS) as End[]) counts[end] = Number(ENDS[end].exec(line)?.[1] ?? 0);
  return counts;
}

/** Every officer asks how it stands and who is missing, and goes through the whole list. */
export async function askEnds(province: Province): Promise<ToldEnds[]> {
  const heard = new Map<string, { status: string; pages: string[] }>();
  const ask = async (communes: readonly string[], word: string): Promise<Map<string, string>> => {
    const since = province.zalo.lastSend;
    const officers = communes.map((unit) => ({ unit, person: province.holder(unit, 'commune_officer') }));
    await province.say(officers.map(({ person }) => ({ person, lines: [word] })));
    return new Map(
      officers.map(({ unit, person }) => [
        unit,
        province.zalo
          .sendsTo(person.id, since)
          .map(({ text }) => text)
          .join('\n'),
      ]),
    );
  };
  for (const [unit, status] of await ask(province.communes, 'tình hình'))
    heard.set(unit, { status, pages: [] });
  let rest: readonly string[] = province.communes;
  for (let word = '#CHUANOP'; rest.length > 0; word = 'Xem tiếp') {
    const pages = await ask(rest, word);
    for (const [unit, page] of pages) heard.get(unit)?.pages.push(page);
    rest = rest.filter((unit) => {
      const [, page, all] = /\(trang (\d+)\/(\d+)\)/.exec(pages.get(unit) ?? '') ?? [];
      return Number(page ?? 0) < Number(all ?? 0);
    });
  }
  return [...heard].map(([commune, { status, pages }]) => ({
    commune,
    line: /Kết quả kỳ này[^\n]*/.exec(status)?.[0] ?? '',
    missing: pages.flatMap((page) => [...page.matchAll(/^- (.+)$/gm)].map(([, name]) => name as string)),
  }));
}
