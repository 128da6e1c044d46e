import type { Person } from '../../src/simulator/fake-person';
import { pause, type Province } from './province';

/** The running program looks for sheets each second. */
const SEEN_AFTER_MS = 1_500;

/** `members`: rows of new heads, one for each of the villages. Each takes the post with the code that the sheet gives. */
export async function takeUp(
  province: Province,
  villages: readonly string[],
  sheets: { readonly units?: string; readonly members: readonly string[] },
): Promise<{ readonly unit: string; readonly person: Person }[]> {
  const codes = await province.importSheets({
    ...sheets,
    members: ['unit_code,role,full_name,phone', ...sheets.members].join('\n'),
  });
  await pause(SEEN_AFTER_MS);
  const newcomers = villages.map((unit) => ({
    unit,
    person: province.newcomer(`người mới của ${unit}`),
    lines: [codes.get(`${unit}/village_head`) ?? '', 'đúng'],
  }));
  await province.say(newcomers);
  return newcomers;
}
