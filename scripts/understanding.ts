/**
 * `npm run understanding [-- --all]` types every labelled line into the real engine and prints, for each file and each
 * place, how many were right, asked back, unhelpful or wrong, with the lines that failed and what came of them. Starts
 * no program and keeps nothing. `-- --say q3 TEXT …` shows what comes of a text of one's own at one place.
 */
import type { Micros } from './understanding/cpu';
import { judgeCitizens, judgeUtterances } from './understanding/citizens';
import {
  countsOf,
  helpedShare,
  labelledLines,
  rightAtOnce,
  type Judged,
  type Verdict,
} from './understanding/labelled';
import { judgeOfficers } from './understanding/officers';
import { judgeVillageLines } from './understanding/village';

/** One entry for each file of labelled lines. */
const FILES: readonly { readonly name: string; judge: () => Promise<Judged[]> }[] = [
  { name: 'village-lines.jsonl', judge: () => judgeVillageLines() },
  {
    name: 'leader-own-lines.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-own-lines.jsonl')),
  },
  {
    name: 'leader-held-out.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-held-out.jsonl')),
  },
  {
    name: 'leader-months-lines.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-months-lines.jsonl')),
  },
  {
    name: 'leader-second-lines.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-second-lines.jsonl')),
  },
  {
    name: 'leader-third-lines.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-third-lines.jsonl')),
  },
  {
    name: 'leader-fourth-lines.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-fourth-lines.jsonl')),
  },
  {
    name: 'leader-fifth-lines.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-fifth-lines.jsonl')),
  },
  {
    name: 'leader-sixth-lines.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-sixth-lines.jsonl')),
  },
  {
    name: 'leader-seventh-lines.jsonl',
    judge: () => judgeVillageLines(labelledLines('leader-seventh-lines.jsonl')),
  },
  { name: 'officer-own-lines.jsonl', judge: () => judgeOfficers('officer-own-lines.jsonl') },
  { name: 'officer-held-out.jsonl', judge: () => judgeOfficers('officer-held-out.jsonl') },
  { name: 'officer-fresh-lines.jsonl', judge: () => judgeOfficers('officer-fresh-lines.jsonl') },
  { name: 'citizen-questions.jsonl', judge: () => judgeCitizens('citizen-questions.jsonl') },
  { name: 'citizen-own-lines.jsonl', judge: () => judgeCitizens('citizen-own-lines.jsonl') },
  { name: 'citizen-fresh-lines.jsonl', judge: () => judgeCitizens('citizen-fresh-lines.jsonl') },
  { name: 'citizen-new-lines.jsonl', judge: () => judgeCitizens('citizen-new-lines.jsonl') },
  { name: 'citizen-people-lines.jsonl', judge: () => judgeCitizens('citizen-people-lines.jsonl') },
  { name: 'citizen-hard-lines.jsonl', judge: () => judgeCitizens('citizen-hard-lines.jsonl') },
  { name: 'citizen-short-lines.jsonl', judge: () => judgeCitizens('citizen-short-lines.jsonl') },
  { name: 'citizen-mixed-lines.jsonl', judge: () => judgeCitizens('citizen-mixed-lines.jsonl') },
  { name: 'citizen-evening-lines.jsonl', judge: () => judgeCitizens('citizen-evening-lines.jsonl') },
  { name: 'utterances.jsonl (citizens)', judge: judgeUtterances },
];

async function main(): Promise<number> {
  const say = process.argv.indexOf('--say');
  if (say > 0) return sayThere(process.argv[say + 1] ?? 'idle', process.argv.slice(say + 2));
  const all = process.argv.includes('--all');
  let wrong = 0;
  const turns: Judged[] = [];
  for (const { name, judge } of FILES) {
    const judged = await judge();
    turns.push(...judged);
    print(name, judged, all ? ['wrong', 'unhelpful', 'asked'] : ['wrong', 'unhelpful']);
    wrong += countsOf(judged).wrong;
  }
  console.log(`all ${turns.length} lines: one turn ${timesOf(turns)} of the processor (goals 1 and 5)`);
  return wrong === 0 ? 0 : 1;
}

/** What comes of texts of one's own, each typed at that place. */
async function sayThere(context: string, texts: readonly string[]): Promise<number> {
  const lines = texts.map((text, i) => ({ id: `${i + 1}`, context, text, expect: { ask: 1 } as const }));
  for (const { line, verdict, saw } of await judgeVillageLines(lines))
    console.log(`«${line.text}» ${verdict}: ${saw}`);
  return 0;
}

function print(name: string, judged: readonly Judged[], listed: readonly Verdict[]): void {
  const places = [...new Set(judged.map(({ line }) => line.context ?? '-'))];
  console.log(`${name}: ${judged.length} lines`);
  for (const place of [...places, 'all']) {
    const of = judged.filter(({ line }) => place === 'all' || (line.context ?? '-') === place);
    const { right, asked, unhelpful, wrong } = countsOf(of);
    console.log(
      `  ${place.padEnd(11)} ${of.length} lines: ${right} right, ${asked} asked, ${unhelpful} unhelpful, ${wrong} wrong`,
    );
  }
  console.log(`  ${goalsOf(judged)}`);
  for (const verdict of listed)
    for (const { line, saw } of judged.filter((one) => one.verdict === verdict))
      console.log(
        `  ${verdict.padEnd(9)} ${line.id} ${line.context ?? ''} «${line.text}» ${JSON.stringify(line.expect)} → ${saw}`,
      );
  console.log(`  one turn: ${timesOf(judged)}`);
}

/** Of the processor, so that a loaded machine tells the same. */
function timesOf(judged: readonly Judged[]): string {
  const at = (of: keyof Micros, share: number): string => {
    const times = judged.map(({ micros }) => micros[of]).sort((a, b) => a - b);
    return ((times[Math.floor((times.length - 1) * share)] ?? 0) / 1000).toFixed(2);
  };
  return (
    `${at('own', 0.5)} ms on median, ${at('own', 0.99)} ms at p99` +
    ` (with V8's own threads ${at('all', 0.5)} and ${at('all', 0.99)})`
  );
}

/** What the file is measured by, each share with its goal. */
function goalsOf(judged: readonly Judged[]): string {
  const share = (name: string, of: number | null, goal: number): string[] =>
    of === null ? [] : [`${name} ${(of * 100).toFixed(1)} % (goal ${goal})`];
  return [
    ...share('answers right at once', rightAtOnce(judged, 'answer'), 75),
    ...share('wishes and corrections right at once', rightAtOnce(judged, 'wish'), 85),
    ...share('right or asked', helpedShare(judged), 97),
  ].join('; ');
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
