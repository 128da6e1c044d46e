import type { FigureDef } from './form';

/** Why a value is unlike the months before, as offered: what explains more does not explain less. Words: `reports:reasons.<id>`. */

/** What may have made a figure smaller, by what it counts. */
function lessBecause({ measure, nature }: FigureDef): string {
  if (measure === 'session' || measure === 'visit') return 'class_paused';
  if (measure === 'household') return 'fewer_asked';
  if (measure === 'team' || measure === 'commune' || measure === 'school') return 'merged';
  return nature === 'stock' ? 'moved_away' : 'quieter';
}

/** The reasons offered, «another reason» left to the screen. `fell`: the value is less than before. */
export function oddReasons(figure: FigureDef, fell: boolean): readonly string[] {
  if (fell) return [lessBecause(figure), 'last_wrong'];
  return ['campaign', figure.kind === 'ratio' ? 'last_wrong' : 'several_months'];
}
