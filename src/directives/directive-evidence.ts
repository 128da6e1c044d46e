import type { Evidence } from '../evidence/evidence';
import { ofDirective } from '../evidence/evidence';
import type { Subject } from '../evidence/evidence';
import type { ShowPieces } from '../evidence/show-pieces';
import type { UserKey } from '../kernel/ids';
import type { DirectivesDeps } from './deps';
import type { Done } from './issuing';

/** Where what offices sent with «xong» is kept, and how it is shown. */
export interface KeptEvidence {
  ofAll(subject: Omit<Subject, 'unit'>): Promise<readonly Evidence[]>;
  readonly show: ShowPieces;
}

/** Pictures and papers that show that a directive was carried out. */
export class DirectiveEvidence {
  constructor(
    private readonly deps: Pick<DirectivesDeps, 'repo' | 'offices'>,
    private readonly kept: KeptEvidence,
  ) {}

  /** Sends pieces to somebody who sees how the directive stands at those offices; the sight is an entry of the audit. Twice sends nothing new. */
  async show(act: {
    readonly id: string;
    readonly directive: string;
    readonly to: UserKey;
    readonly pieces: readonly string[];
    readonly at: Date;
    readonly eventId: string;
  }): Promise<Done> {
    const directive = await this.deps.repo.get(act.directive);
    const inView = directive && this.deps.offices.inView(act.to, directive, act.at);
    if (!directive || !inView) return 'conflict';
    const subject = ofDirective(directive.id, directive.from);
    const kept = (await this.kept.ofAll(subject)).filter((piece) => inView(piece.subject.unit));
    const pieces = act.pieces.flatMap((id) => kept.find((one) => one.id === id) ?? []);
    await this.kept.show({ ...act, subject, unit: directive.from, pieces });
    return 'done';
  }
}
