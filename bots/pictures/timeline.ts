import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { MachineSpans, SurfaceContext } from '../../plant/surface.ts';
import { millis, type Millis } from '../../plant/time.ts';
import { localClock } from '../../plant/say/local-time.ts';
import { drawChart } from './chart.ts';

type Picture = { png: string; alt: string };
type Floor = Pick<SurfaceContext, 'plant' | 'clock' | 'look' | 'machineSpans'>;

/** The picture shows this much before and after a stop, so that one sees what was usual. Milliseconds. */
const aroundMs = 6 * 60_000;

/** Order of the legend; the colours differ in lightness too, for eyes that do not tell red from green. */
const looks = [
  ['runs', '#2e8b57'],
  ['waits: nothing comes', '#f2d388'],
  ['waits: cannot deliver', '#e0a33a'],
  ['held or fault', '#b3261e'],
  ['stands', '#7d8794'],
  ['no data', '#e6e8eb'],
] as const;

/** The line around a stop, machine by machine, with the place where it began marked. null: no stop at that time. */
export async function drawTimeline(
  floor: Floor,
  line: string,
  at: string | null,
  narrow = false,
): Promise<Picture | null> {
  const { diagnosis } = (await floor.look('explain_stop', { line, ...(at ? { at } : {}) })) as {
    diagnosis: Diagnosis | null;
  };
  if (!diagnosis) return null;
  const { stop } = diagnosis;
  const end = Math.min(floor.clock(), (stop.to === null ? floor.clock() : millis(stop.to)) + aroundMs);
  const spans = await floor.machineSpans(stop.line, millis(stop.from) - aroundMs, end);
  return drawSpans(diagnosis, spans, floor.plant.timezone, narrow);
}

/** The picture from its data alone. `narrow`: for a phone, whose letters would else be too small to read. */
async function drawSpans(
  diagnosis: Diagnosis,
  timeline: readonly MachineSpans[],
  zone: string,
  narrow = false,
): Promise<Picture> {
  const { stop, machine: origin } = diagnosis;
  const bars = timeline.flatMap(({ machine, name, spans }) =>
    spans.map((span) => ({
      machine: machine === origin ? `▶ ${name}` : name,
      from: plantTime(span.from, zone),
      to: plantTime(span.to, zone),
      look: lookOf(span.state, span.waiting),
    })),
  );
  const order = timeline.map(({ machine, name }) => (machine === origin ? `▶ ${name}` : name));
  const edges = [stop.from, stop.to]
    .filter((one) => one !== null)
    .map((one, index) => ({
      at: plantTime(Date.parse(one), zone),
      label: `${index === 0 ? 'stop' : 'runs again'} ${localClock(Date.parse(one), zone)}`,
    }));
  const times = [...bars.flatMap(({ from, to }) => [from, to]), ...edges.map((edge) => edge.at)];
  const shown = Math.max(...times) - Math.min(...times);
  const png = await drawChart(specification(bars, edges, order, { shown, narrow }), {
    width: narrow ? 760 : 1_200,
  });
  const began = timeline.find(({ machine }) => machine === origin)?.name;
  return {
    png,
    alt: `What each machine did around the stop at ${localClock(Date.parse(stop.from), zone)}.${began ? ` It began at the ${began}.` : ''}`,
  };
}

function lookOf(state: string, waiting: string | null): string {
  if (state === 'Execute' || state === 'Completing') return 'runs';
  if (waiting === 'starved') return 'waits: nothing comes';
  if (waiting === 'blocked') return 'waits: cannot deliver';
  if (/^(Held|Holding|Unholding|Abort|Clearing)/.test(state)) return 'held or fault';
  return state === 'Unknown' ? 'no data' : 'stands';
}

/** The plant's wall clock as if it were UTC, because the chart's time axis knows only UTC and the machine's own zone. */
function plantTime(at: Millis, zone: string): Millis {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** Below this the ten ticks of the axis are less than a minute apart and need seconds. */
const secondsBelowMs = 10 * 60_000;

function specification(
  bars: unknown[],
  edges: unknown[],
  order: string[],
  { shown, narrow }: { shown: Millis; narrow: boolean },
) {
  const x = {
    type: 'temporal',
    scale: { type: 'utc' },
    axis: {
      format: shown < secondsBelowMs ? '%H:%M:%S' : '%H:%M',
      title: null,
      tickCount: narrow ? 4 : 10,
      grid: false,
    },
  } as const;
  return {
    width: narrow ? 280 : 860,
    height: { step: 26 },
    layer: [
      {
        data: { values: bars },
        mark: { type: 'bar', height: 18, cornerRadius: 2 },
        encoding: {
          x: { field: 'from', ...x },
          x2: { field: 'to' },
          y: { field: 'machine', type: 'nominal', sort: order, title: null, scale: { domain: order } },
          color: {
            field: 'look',
            type: 'nominal',
            scale: { domain: looks.map(([name]) => name), range: looks.map(([, colour]) => colour) },
            legend: { title: null, orient: 'bottom', columns: narrow ? 1 : 6, labelLimit: 220 },
          },
        },
      },
      {
        data: { values: edges },
        mark: { type: 'rule', strokeDash: [4, 3], strokeWidth: 1.5 },
        encoding: { x: { field: 'at', ...x } },
      },
      {
        data: { values: edges },
        mark: { type: 'text', y: -8, align: 'left', dx: 3, fontSize: 11 },
        encoding: { x: { field: 'at', ...x }, text: { field: 'label' } },
      },
    ],
  };
}
