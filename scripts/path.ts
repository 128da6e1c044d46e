/**
 * `npm run path`: how long the way of a message is. Talks with the program in a process of its own and prints, for each
 * thing said, how many files and functions of `src` were entered, without the stand-ins `embedded` and `simulator`;
 * `--list` names them. What the program does by the clock in the same moment is counted too; the line of
 * `nothing` tells how much that is.
 */
import { parseArgs } from 'node:util';
import { MeasuredProgram } from './measured/program';

const LEADER = '700000000000000001';
const OFFICER = '700000000000000002';

/** Longer than any step takes, and than anything that is done once a second. */
const SILENCE_MS = 1_500;

const STEPS: readonly (readonly [string, (program: MeasuredProgram) => Promise<unknown>])[] = [
  ['«BC 418 5 121 14»', (program) => program.say(LEADER, 'BC 418 5 121 14')],
  ['«gửi»', (program) => program.say(LEADER, 'gửi')],
  ['nothing', () => new Promise((resolve) => setTimeout(resolve, SILENCE_MS))],
  ['«tổng tháng 3»', (program) => program.say(OFFICER, 'tổng tháng 3')],
  ['a reminder', (program) => program.moveTo('2026-03-17T08:00:30+07:00')],
];
/** Just before the reminder, so that days of other jobs are not counted with it. */
const BEFORE_REMINDER = '2026-03-17T07:59:50+07:00';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { list: { type: 'boolean' } }, strict: true });
  const program = await MeasuredProgram.start();
  try {
    await program.claim(LEADER, (await program.codes('village_head', '07210'))[0]);
    await program.claim(OFFICER, (await program.codes('commune_officer', '07210'))[0]);
    for (const [step, run] of STEPS) {
      if (step === 'a reminder') await program.moveTo(BEFORE_REMINDER);
      await program.entered();
      await run(program);
      const entered = await program.entered();
      const functions = [...entered.values()].flat();
      // Those without a name are arrows inside the others.
      const named = functions.filter((name) => name !== '').length;
      process.stdout.write(
        `${JSON.stringify({ step, files: entered.size, functions: functions.length, named })}\n`,
      );
      if (values.list === true)
        for (const [file, names] of [...entered].sort(([a], [b]) => a.localeCompare(b)))
          process.stdout.write(`  ${file}: ${names.map((name) => name || '=>').join(' ')}\n`);
    }
  } finally {
    await program.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
