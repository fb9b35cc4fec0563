import type { UnitId } from '@trolley/shared/document';
import * as m from '#lib/paraglide/messages.js';

/** What a unit is called when there are so many of it. The build makes one look-up of it (`build-plugins/look-up-messages.ts`). */
export function unitWord(unit: UnitId, count: number): string {
  return words[unit]({ count });
}

const words: Readonly<Record<UnitId, (inputs: { count: number }) => string>> = {
  g: m.unit_g,
  kg: m.unit_kg,
  mg: m.unit_mg,
  l: m.unit_l,
  dl: m.unit_dl,
  cl: m.unit_cl,
  ml: m.unit_ml,
  lb: m.unit_lb,
  oz: m.unit_oz,
  pt: m.unit_pt,
  dozen: m.unit_dozen,
  pack: m.unit_pack,
  can: m.unit_can,
  bottle: m.unit_bottle,
  jar: m.unit_jar,
  tub: m.unit_tub,
  bag: m.unit_bag,
  box: m.unit_box,
  carton: m.unit_carton,
  crate: m.unit_crate,
  bunch: m.unit_bunch,
  head: m.unit_head,
  loaf: m.unit_loaf,
  slice: m.unit_slice,
  roll: m.unit_roll,
  bar: m.unit_bar,
  cup: m.unit_cup,
  tbsp: m.unit_tbsp,
  tsp: m.unit_tsp,
};
