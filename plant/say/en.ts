/** English: everything Andon says to people, one function per answer. Plain words, plant-local time. */
export { sayAlerts } from './en/alerts.ts';
export { sayBottleneck } from './en/bottleneck.ts';
export { activityRecord } from './en/bottleneck-answer.ts';
export { sayCauseRecord } from './en/cause-record.ts';
export {
  correctionFacts,
  correctionLine,
  insteadOf,
  sayCorrection,
  withConfirmed,
} from './en/corrections.ts';
export { sayDecisions, sayProposed } from './en/decisions.ts';
export { sayDiagnosis } from './en/diagnosis.ts';
export { sayEquipment } from './en/equipment.ts';
export { gapSentence, moreGaps, newestKept, saySourceHealth, shownOf, sourceProblem } from './en/health.ts';
export { sayLineStatus } from './en/line.ts';
export { sayLongestStops } from './en/longest-stops.ts';
export { longestOf, sayNoData, sayNoStop, sayPremiseRejected } from './en/no-stop.ts';
export { sayOrders } from './en/orders.ts';
export { saySignals } from './en/signals.ts';
export { lookedInto } from './en/stop-ranking.ts';
export { noStateOf, sayStops } from './en/stops.ts';
export { sayWorstLines } from './en/worst-lines.ts';
export { sayWorstPlaces } from './en/worst-places.ts';
