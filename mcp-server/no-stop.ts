import type { Line } from '../plant/equipment.ts';
import type { Evidence } from '../plant/evidence.ts';
import type { Said } from '../plant/say/said.ts';
import type { Stop } from '../plant/stop.ts';
import type { Millis } from '../plant/time.ts';
import { stateRecords } from '../memory/floor/states.ts';
import { nearestStop } from './choose-stop.ts';
import type { AskedStop } from './choose-stop.ts';
import { systemOf } from './completeness.ts';
import type { KnownGap } from './completeness.ts';
import { asEvidence, distinct, gapsOf } from './gaps.ts';
import { besidesOf } from './ran.ts';
import { lineAt } from './line-at.ts';
import { evidenceOfStops } from './stop-evidence.ts';
import type { LineAt } from './line-at.ts';
import type { ToolContext } from './tool.ts';
import { hourMs } from './window.ts';

/** What is known about the time asked for, besides stops. */
type Look = {
  span: { from: Millis; to: Millis };
  state: LineAt;
  gaps: KnownGap[];
  /** Gaps that hide the line's state for the whole of the time asked for. */
  blind: (KnownGap & { evidence: string })[];
  gapEvidence: Evidence[];
};

const spanOf = (asked: AskedStop, now: Millis): Look['span'] => {
  if (asked.kind === 'at') return { from: asked.at, to: asked.at };
  return asked.kind === 'window' ? { from: asked.from, to: asked.to } : { from: now - 24 * hourMs, to: now };
};

/** Reads the line's state and the gaps around the time asked for. */
export async function lookAt(context: ToolContext, line: Line, asked: AskedStop): Promise<Look> {
  const { pool, now } = context;
  const span = spanOf(asked, now);
  const state = lineAt(line, await stateRecords(pool, line, span.from - 12 * hourMs, span.to), span.to);
  const { gaps, evidence } = await gapsOf(context, [line], span);
  const hides = ({ source, equipment, from, to, only }: KnownGap): boolean =>
    only === undefined &&
    (state.sources.size === 0 || state.sources.has(source)) &&
    (equipment === null || equipment === line.id || equipment === state.reference) &&
    from <= span.from &&
    (to ?? now) >= span.to;
  const blind = gaps.map((gap, index) => ({ ...gap, evidence: evidence[index]?.id ?? '' })).filter(hides);
  return { span, state, gaps, blind, gapEvidence: evidence };
}

/** There is no stop to explain: the line ran, nothing is recorded, or there is no data for then. */
export async function withoutStop(
  context: ToolContext,
  line: Line,
  asked: AskedStop,
  look: Look,
  stops: readonly Stop[],
): Promise<{ outcome: 'ran' | 'no_stop' | 'no_data'; said: Said; evidence: Evidence[] }> {
  const { plant, now, say } = context;
  const { span, state, blind, gapEvidence } = look;
  const words = asked.kind === 'at' ? { at: asked.at } : span;
  const near = nearestStop(stops, asked.kind === 'at' ? asked.at : span.to, now);
  const [nearRecords = []] = await evidenceOfStops(context, line, near ? [near] : []);
  const nearest = near && { ...near, evidence: nearRecords.map(({ id }) => id) };
  if (blind.length > 0 || state.running === null) {
    const gaps = blind.map((gap) => ({ ...gap, system: systemOf(context, gap.source) }));
    const said = say.sayNoData({ line, asked: words, gaps, nearest }, plant, { now });
    return { outcome: 'no_data', said, evidence: distinct([...gapEvidence, ...nearRecords]) };
  }
  const shown = state.records.map((record) => asEvidence(context, record));
  const evidence = shown.map(({ id }) => id);
  const { since, running } = state;
  // Without a time, people speak of the last hour.
  const meant = asked.kind === 'latest' ? { from: now - hourMs, to: now } : span;
  const { besides, evidence: more } = await besidesOf(context, line, state, meant);
  const records = distinct([...shown, ...gapEvidence, ...more, ...nearRecords]);
  if (asked.kind !== 'latest' && running)
    return {
      outcome: 'ran',
      said: say.sayPremiseRejected({ line, asked: words, since, evidence, nearest, besides }, plant, { now }),
      evidence: records,
    };
  return {
    outcome: 'no_stop',
    said: say.sayNoStop({ line, ...span, running, since, evidence, besides }, plant, { now }),
    evidence: records,
  };
}
