import { countsOf, leftOutShares, sharesOf } from '../stops/figures.ts';
import type { Share } from '../share.ts';
import type { Study } from '../stops/study.ts';
import { counted, percent } from '../tables.ts';
import { aims, cpuAimMs, leftOutAim } from './aims.ts';
import { verdict } from './figures.ts';
import { pairFigures } from './proofs.ts';
import { missedWhy } from './why.ts';
import type { Year } from './year.ts';

/** `met` null: not measured. */
type Aimed = { name: string; met: boolean | null; says: string };

const shareAimed = (name: string, one: Share, aim: number): Aimed => ({
  name,
  met: one.share === null ? null : one.share >= aim,
  says:
    one.share === null
      ? `not measured, aim ${percent(aim)}`
      : `${percent(one.share)} (${counted(one)}), aim ${verdict(one.share, aim)}`,
});

const noneAimed = (name: string, value: number): Aimed => ({
  name,
  met: value === 0,
  says: `${value}, aim 0 ${value === 0 ? 'reached' : 'missed'}`,
});

function timeAimed(year: Year | null): Aimed {
  const name =
    '`explain_stop` over a year of events of ten lines, processor time, first call of a stop, 95th percentile';
  if (year === null) return { name, met: null, says: `not measured, aim under ${cpuAimMs} ms` };
  const met = year.first < cpuAimMs;
  const missed = `missed by ${(year.first - cpuAimMs).toFixed(1)}`;
  return {
    name,
    met,
    says: `${year.first.toFixed(1)} ms, aim under ${cpuAimMs} ms ${met ? 'reached' : missed}; later calls ${year.later.toFixed(1)} ms`,
  };
}

/** Every figure that has an aim. */
export function aimedOf(mix: Study['mix'], year: Year | null): Aimed[] {
  const [shares, counts] = [sharesOf(mix), countsOf(mix)];
  const names = Object.keys(aims) as (keyof typeof aims)[];
  return [
    ...names.map((name) => shareAimed(name.replaceAll('_', ' '), shares[name], aims[name] ?? 0)),
    shareAimed(
      'whole class left out of the catalogue, began at a machine: right place and "none I know"',
      leftOutShares(mix).class_at_machine,
      leftOutAim,
    ),
    noneAimed('figures that no record holds', counts.invented_figures),
    noneAimed('sentences that blame or name a person', counts.blamed),
    noneAimed('questions refused', counts.refused),
    timeAimed(year),
  ];
}

/** What was missed, what was not measured, and whether that is all. */
export function missedOf(all: readonly Aimed[]): string {
  const named = (met: boolean | null) => all.filter((one) => one.met === met).map(({ name }) => name);
  const [missed, unmeasured] = [named(false), named(null)];
  if (missed.length + unmeasured.length === 0) return `Every aim (${all.length}) is reached.`;
  return [
    ...(missed.length > 0 ? [`Missed: ${missed.join('; ')}.`] : []),
    ...(unmeasured.length > 0 ? [`Not measured: ${unmeasured.join('; ')}.`] : []),
    `The other ${named(true).length} of ${all.length} aims are reached.`,
  ].join(' ');
}

/** `elsewhere`: figures of the sets of plants from elsewhere, by name of the set. */
export function inShort({ mix, hard, pairs }: Study, elsewhere: unknown, year: Year | null): string {
  const aimed = aimedOf(mix, year);
  const [shares, tier, left] = [sharesOf(mix), sharesOf(hard), leftOutShares(mix)];
  const { fault, stock_both: stock } = pairFigures(pairs);
  const one = (name: string, share: Share) =>
    `${name} ${percent(share.share)}${share.n === 0 ? '' : ` (${counted(share)})`}`;
  return [
    missedOf(aimed),
    aimed.map(({ name, says }) => `- ${name}: ${says}`).join('\n'),
    ...whyText(missedWhy(mix)),
    'Without an aim:',
    [
      `- without stops that the calendar tells: ${one('cause', shares.cause_top1_unplanned)}, ${one('precision', shares.precision_unplanned)} at ${one('coverage', shares.coverage_unplanned)}`,
      `- whole class left out of the catalogue, right place and "none I know": ${one('of those that began at no machine', left.class_elsewhere)}, ${one('over all', left.class)}; its cause alone left out: ${one('began at a machine', left.cause_at_machine)}, ${one('at none', left.cause_elsewhere)}, ${one('over all', left.cause)}`,
      `- no cause named: a next check is given in ${percent(shares.next_check.share)}; ${one('it is the check of the true cause in', shares.next_check_true)}, ${one('or tells it from another in', shares.next_check_right)}`,
      `- two causes, both told in order: ${one('in the mix', shares.compound)}, ${one('hard tier', tier.compound)}`,
      `- evidence that is not misleading: ${one('in the mix', shares.evidence_precision)}, ${one('hard tier', tier.evidence_precision)}; that the truth itself names: ${one('in the mix', shares.evidence_precision_strict)}, ${one('hard tier', tier.evidence_precision_strict)}`,
      `- a second reader of figures, which knows only digits, finds ${countsOf(mix).unwitnessed_figures} sentences of ${countsOf(mix).sentences} in no cited record; it and the product's check differ on ${countsOf(mix).readers_differ}`,
      `- nobody could have decided ${percent(shares.undecidable.share)} of the stops; with them ${one('the machine', shares.machine_top1_all)}, ${one('the place', shares.place_top1_all)}`,
      `- hard tier: ${one('place', tier.place_top1)}, ${one('cause', tier.cause_top1)}, ${one('chain', tier.chain)}, ${one('precision', tier.precision)} at ${one('coverage', tier.coverage)}. ${aimsText(missedWhy(hard))}`,
      `- pairs that differ in one fact: ${one('with and without the fault right in', fault)}, ${one('with and without stock in', stock)}`,
      ...elsewhereLines(elsewhere),
    ].join('\n'),
  ].join('\n\n');
}

const whyText = (missed: readonly string[]): string[] =>
  missed.length === 0 ? [] : [`Why: ${missed.join('. ')}.`];
/** What a harder set misses; the list below its table says why. */
const aimsText = (missed: readonly string[]): string =>
  missed.length === 0
    ? 'No aim is missed'
    : `Missed: ${missed.map((sentence) => sentence.replace(/,.*$/s, '').replace(' missed by', ' by')).join(', ')}`;

function elsewhereLines(figures: unknown): string[] {
  if (typeof figures !== 'object' || figures === null) return [];
  return Object.entries(figures as Record<string, Record<string, unknown>>).map(([set, of]) => {
    const share = (name: string) => percent(typeof of[name] === 'number' ? of[name] : null);
    return `- plants from elsewhere, set ${set.toUpperCase()} (${String(of.seen)}), ${String(of.n)} cases: machine ${share('machine_top1')}, place ${share('place_top1')}, cause ${share('cause_top1')}, chain ${share('chain')}, precision ${share('precision')} at coverage ${share('coverage')}. ${aimsText(Array.isArray(of.missed) ? of.missed.map(String) : [])}`;
  });
}
