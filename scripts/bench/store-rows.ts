import { MeasuredProgram, type Asked } from '../measured/program';
import type { Engine } from './engines';
import { rounded, type Row } from './numbers';
import type { RoundsOptions } from './webhook-rows';

/**
 * S13 and S14: what one message costs the store, from the webhook to the accepted reply:
 * commands, and bytes of the embedded log (its echo and receipts included). A plain answer, and a whole report of one line with «gửi», each for several
 * leaders; what the program asks by itself in the same time is taken off.
 */
const LEADERS = 8;
const IDLE_MS = 10_000;
/** With the audit chain, whose entries come after the answer: 8 and 12. */
const PLAIN_MOST = 6;
const REPORT_MOST = 8;

export async function storeRows(engine: Engine, { say }: RoundsOptions): Promise<Record<string, Row>> {
  const program = await MeasuredProgram.start({
    // As in S5: the pace is reserved in blocks, not message by message.
    ZALO_REQUESTS_PER_MINUTE: '60000',
    ...(engine.mongo ? { MONGODB_URI: engine.mongo } : {}),
  });
  try {
    const codes = (await program.codes('village_head', '07210')).slice(0, LEADERS);
    const leaders = codes.map((_code, n) => `70000000000000100${n}`);
    for (const [n, user] of leaders.entries()) await program.claim(user, codes[n]);
    const idle = await program.asked(() => new Promise((resolve) => setTimeout(resolve, IDLE_MS)));
    const each = async (texts: readonly string[]) => {
      const asked = await program.asked(async () => {
        for (const user of leaders) for (const text of texts) await program.say(user, text);
      });
      return perMessage(asked, idle, leaders.length * texts.length);
    };
    const plain = await each(['hạn báo cáo bao giờ', 'hạn báo cáo bao giờ', 'hạn báo cáo bao giờ']);
    const report = await each(['BC 418 5 121 14', 'gửi']);
    say(`S13 commands a message: plain ${plain.commands}, report ${report.commands}`);
    const shown = (name: 'commands' | 'bytes', unit: string, goal: number): Row => ({
      ...{ value: plain[name], goal, ours: plain[name], yardstick: null, unit },
      report: report[name],
    });
    return {
      S13: { ...shown('commands', 'commands of the store a message', PLAIN_MOST), reportGoal: REPORT_MOST },
      ...(engine.mongo ? {} : { S14: shown('bytes', 'bytes written a message', Number.NaN) }),
    };
  } finally {
    await program.stop();
  }
}

function perMessage(asked: Asked, idle: Asked, messages: number) {
  const less = (name: 'commands' | 'bytes'): number | null =>
    rounded((asked[name] - (idle[name] * asked.ms) / idle.ms) / messages);
  return { commands: less('commands'), bytes: less('bytes') };
}
