import type { AnyEffect, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, type Command } from '../../dialogs/feature';
import { capital } from '../../kernel/vn-text';
import { addressVars, type Person } from '../../org/chat/people';
import type { SettleRelease } from '../releases.service';
import { holdsSecondKey } from './second-key';
import { personName, releaseVars } from './release-texts';
import { named, tapped, RELEASE, releaseMeant, seeRelease } from './see-release-command';
import { makeRelease, notice } from './make-release-command';

/** «chốt số tháng 3», «duyệt bản chốt 03/2026-1»: the province's figures of a month under a number, with two keys. */

const confirmRelease: Command<DialogDeps> = command({
  id: 'confirm-release',
  button: '#DUYETCHOT',
  says: [
    'duyệt bản chốt 03/2026-1',
    'đồng ý duyệt bản chốt 03/2026-1',
    'duyệt bản chốt',
    'em duyệt bản chốt 03/2026-1',
    'phê duyệt bản chốt 03/2026-1',
  ],
  help: 57,
  for: holdsSecondKey,
  strong: true,
  read: named(new RegExp(`^(?:(?:em|toi|dong y|a|ok) )*(?:phe )?duyet ${RELEASE}$`)),
  tapped,
  run: (turn, { person }, { id }) => settle(turn, person, id, true),
});

const refuseRelease: Command<DialogDeps> = command({
  id: 'refuse-release',
  button: '#BOCHOT',
  says: [
    'từ chối bản chốt 03/2026-1',
    'không duyệt bản chốt 03/2026-1',
    'hủy bản chốt 03/2026-1',
    'bỏ bản chốt 03/2026-1',
    'từ chối bản chốt',
  ],
  for: holdsSecondKey,
  strong: true,
  read: named(new RegExp(`^(?:(?:em|toi) )*(?:tu choi|khong duyet|huy|bo) ${RELEASE}$`)),
  tapped,
  run: (turn, { person }, { id }) => settle(turn, person, id, false),
});

async function settle(
  turn: Turn<DialogDeps>,
  person: Person,
  id: string | null,
  confirms: boolean,
): Promise<StepResult> {
  const found = await releaseMeant(turn, id);
  if ('move' in found) return found;
  const vars = releaseVars(turn, found);
  if (found.confirmedBy !== null) return sentence(turn, 'release:already', vars);
  if (confirms && found.by === turn.user) return sentence(turn, 'release:own', vars);
  const effect: SettleRelease = {
    ...{ kind: 'release.settle', id: turn.effectId(), release: found.id, confirms },
    ...{ by: turn.user, at: turn.at, eventId: turn.event.id },
  };
  const [maker] = turn.deps.directory.officesOf(found.by, turn.at);
  const told: AnyEffect[] = [];
  if (maker && found.by !== turn.user)
    told.push(
      notice(turn, found.by, confirms ? 'release:confirmed_maker' : 'release:refused_maker', {
        ...addressVars(turn.words, maker),
        ...vars,
        confirmer: capital(personName(turn, turn.user)),
      }),
    );
  const said = turn.words.t(confirms ? 'release:confirmed' : 'release:refused', { ...person.vars, ...vars });
  return { ...answer({ text: said }), effects: [effect, ...told] };
}

export default defineFeature<DialogDeps>({
  id: 'release',
  commands: [makeRelease, confirmRelease, refuseRelease, seeRelease],
  dialogs: [],
});
