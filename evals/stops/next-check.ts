import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Case } from './case.ts';

/** `true cause`: the look that its cause asks for; `separates`: it tells the true cause from another; null: none was given. */
export type NextCheck = 'true cause' | 'separates' | 'another' | null;

/** What a look must be about to find a cause, written down apart from both sides; in the language that cases are asked in. */
export const looks: Readonly<Record<string, RegExp>> = {
  infeed_jam: /infeed.*(?:stuck|wedged|jam)|\bjam/,
  drive_trip: /\bdrive\b|motor|gearbox/,
  sensor_dirty: /sensor|light barrier/,
  comms_loss: /\bbus\b|network|connection|cable|fieldbus/,
  safety_stop: /guard|emergency|light curtain|safety (?:door|circuit)/,
  temperature_low: /set.*temperature|temperature.*set|heater|heating/,
  overheating: /filters?\b|\bfans?\b/,
  valve_leak: /weigh|valve|leak/,
  consumable_empty: /magazine|\breel|\broll\b|empty|refill/,
  component_stockout: /warehouse|in stock|\bstock of/,
  bad_lot: /\blot\b.*(?:before|older|other)|(?:pieces|parts) of (?:the|this) lot/,
  wrong_material: /material.*(?:order|recipe)|compare.*material/,
  quality_hold: /on hold/,
  inspection_drift: /test piece|reference piece|calibrat/,
  ccp_failed: /last test|control point/,
  parameter_changed: /recipe/,
  no_operator: /\bpost\b|manned|operator/,
  startup_after_changeover: /set-?up sheet|changeover sheet|after the changeover/,
  waiting_for_maintenance: /maintenance/,
  changeover: /changeover(?!.*sheet)/,
  changeover_overrun: /changeover(?!.*sheet)/,
  cleaning: /cleaning|\bcip\b/,
  cleaning_overrun: /cleaning|\bcip\b/,
  break: /calendar|break/,
  no_order: /order is released|released next|next order/,
  compressed_air_low: /compress|air pressure/,
  power_dip: /voltage|mains/,
  cooling_warm: /chilled|cooling water/,
  dispatch_full: /dock|truck|pallet|end of the line/,
  upstream_late: /mixing|before the line|upstream/,
  system_no_answer: /\b(?:ask it|label server|mes|erp)\b|system/,
  sensor_outage: /line itself/,
};

/**
 * Is the look that is asked for one of the true cause at its place, or does it say that it tells the true cause from
 * another? What it tells apart stands in the words of its candidates.
 */
export function nextCheckOf(said: Diagnosis | null, { truth, plant }: Case): NextCheck {
  if (said === null || said.next_check === null) return null;
  const [look = '', tells = ''] = said.next_check.toLowerCase().split(/(?<=[.?]) that tells /);
  const names = new Map(
    plant.lines.flatMap((line) => [line, ...line.machines]).map(({ id, name }) => [id, name.toLowerCase()]),
  );
  const place = names.get(truth.place);
  const others = [...names].filter(
    ([id]) => id !== truth.place && said.candidates.some((one) => one.place === id),
  );
  const elsewhere =
    truth.machine !== null &&
    place !== undefined &&
    !look.includes(place) &&
    others.some(([, name]) => look.includes(name));
  if (!elsewhere && (looks[truth.cause]?.test(look) ?? false)) return 'true cause';
  const own = said.candidates.filter(({ cause }) => cause === truth.cause);
  const words = own.flatMap(({ words: whole, place: at }) => [
    whole.toLowerCase(),
    withoutPlace(whole.toLowerCase(), names.get(at)),
  ]);
  return words.some((one) => one !== '' && tells.includes(one)) ? 'separates' : 'another';
}

/** Where both stand at one place, the words leave it out: "a tripped drive at the packer" is "a tripped drive". */
const withoutPlace = (words: string, name: string | undefined): string =>
  name === undefined ? words : words.replace(new RegExp(` (?:at|of) (?:the )?${RegExp.escape(name)}$`), '');
