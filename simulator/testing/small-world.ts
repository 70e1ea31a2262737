import { plant as plantSchema } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import type {
  AlarmChange,
  ErpView,
  MachineView,
  MesView,
  NoteRow,
  OperationRow,
  OrderRow,
  StockRow,
  SystemView,
  World,
} from '../world.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type SmallWorld = Omit<World, 'machines' | 'systems' | 'erp' | 'mes' | 'notes'> & {
  machines: Map<string, Writable<MachineView> & { values: Record<string, number> }>;
  systems: Map<string, SystemView>;
  erp: { -readonly [K in keyof ErpView]: ErpView[K][number][] };
  mes: Omit<MesView, 'entries' | 'scrap' | 'lots'> & {
    entries: MesView['entries'][number][];
    scrap: MesView['scrap'][number][];
    lots: MesView['lots'][number][];
  };
  notes: NoteRow[];
  alarms: AlarmChange[];
};

const plant = plantSchema.parse({
  id: 'small',
  name: 'Small plant',
  timezone: 'Europe/Berlin',
  lines: [
    {
      id: 'line-3',
      name: 'Line 3',
      rate: 200,
      machines: [
        { id: 'line-3.filler', name: 'Filler', rate: 220 },
        { id: 'line-3.capper', name: 'Capper', rate: 210 },
      ],
      flow: [{ from: 'line-3.filler', to: 'line-3.capper', capacity: 100 }],
    },
  ],
  utilities: [{ id: 'compressed-air', name: 'Compressed air', kind: 'compressed_air', serves: ['line-3'] }],
  systems: [{ id: 'label-server', name: 'Label server' }],
});
const specs = [
  { name: 'speed', unit: 'bpm', low: 0, high: 300 },
  { name: 'torque', unit: 'Nm', low: 0, high: 5 },
  { name: 'good_count', unit: '' },
  { name: 'infeed_level', unit: '%', low: 0, high: 100 },
];
const minute = 60_000;
const day = 24 * 60 * minute;

/** A plant of two machines that does only what a test tells it to: for the tests of the servers. */
export function smallWorld(start: Millis): SmallWorld {
  let now = start;
  const machine = (id: string, node: string) => ({
    id,
    line: 'line-3',
    node,
    state: 'Execute' as const,
    blocked: false,
    starved: false,
    mode: 'Production' as const,
    since: start - 10 * minute,
    specs,
    values: { speed: 200, torque: 2.5, good_count: 1000, infeed_level: 50 },
  });
  const alarms: AlarmChange[] = [];
  return {
    plant: structuredClone(plant), // tests change theirs
    now: () => now,
    step() {
      now += 1000;
    },
    machines: new Map([
      ['line-3.filler', machine('line-3.filler', 'Line3.Filler')],
      ['line-3.capper', machine('line-3.capper', 'Line3.Capper')],
    ]),
    utilities: new Map([
      [
        'compressed-air',
        {
          id: 'compressed-air',
          node: 'Utilities.CompressedAir',
          specs: [{ name: 'pressure', unit: 'bar', low: 0, high: 10 }],
          values: { pressure: 6.2 },
        },
      ],
    ]),
    systems: new Map([
      ['label-server', { id: 'label-server', node: 'Systems.LabelServer', connected: true }],
    ]),
    alarms,
    takeAlarms: () => alarms.splice(0),
    erp: erpRows(start),
    mes: mesRows(start),
    notes: [],
  };
}

/** The last order runs, all before it are done: more than a page of OData holds. */
function erpRows(start: Millis): SmallWorld['erp'] {
  const orders = Array.from({ length: 130 }, (_, index) => orderRow(start, index, index === 129));
  return {
    orders,
    operations: orders.slice(-2).flatMap(operationRows),
    components: [
      {
        order: '1000130',
        material: 'CAP-28-RED',
        description: 'Cap 28 mm red',
        required: 12_000,
        withdrawn: 4100,
        available: 900,
        unit: 'PC',
        due: start - 60 * minute,
        changedAt: start - minute,
      },
    ],
    stock: [
      stockRow(start, { batch: 'B-77', stock: 'inspection', quantity: 24_000 }),
      stockRow(start, { batch: null, stock: 'free', quantity: 12.5 }),
    ],
    notifications: [
      {
        notification: '10000042',
        line: 'line-3',
        machine: 'line-3.capper',
        text: 'Capper head 4 slips',
        status: 'in_progress',
        down: true,
        priority: 2,
        requested: start - 40 * minute,
        started: start - 20 * minute,
        done: null,
        changedAt: start - 20 * minute,
      },
    ],
  };
}

/** Two hours each, one after the other. */
function orderRow(start: Millis, index: number, running: boolean): OrderRow {
  const end = start - (129 - index) * 120 * minute;
  return {
    order: String(1_000_001 + index),
    line: 'line-3',
    material: 'FG-COLA-05',
    description: "Cola 0.5 l 'classic'",
    planned: 12_000,
    confirmed: running ? 4200.5 : 12_000,
    unit: 'PC',
    status: running ? 'started' : 'completed',
    start: end - 120 * minute,
    end: running ? null : end,
    due: end + 30 * minute,
    changedAt: end - 1000,
  };
}

function operationRows(order: OrderRow): OperationRow[] {
  const own = { order: order.order, line: 'line-3', unit: 'PC', changedAt: order.changedAt };
  return [
    {
      ...own,
      operation: '0010',
      description: 'Changeover',
      setup: true,
      plannedS: 1800,
      status: 'completed',
      start: order.start - 30 * minute,
      end: order.start,
      planned: 0,
      confirmed: 0,
    },
    {
      ...own,
      operation: '0020',
      description: 'Fill and pack',
      setup: false,
      plannedS: 7200,
      status: order.status === 'started' ? 'started' : 'completed',
      start: order.start,
      end: order.end,
      planned: 12_000,
      confirmed: 4200.5,
    },
  ];
}

const stockRow = (start: Millis, of: Pick<StockRow, 'batch' | 'stock' | 'quantity'>): StockRow => ({
  material: 'CAP-28-RED',
  description: 'Cap 28 mm red',
  location: 'RM01',
  ...of,
  unit: 'PC',
  changedAt: start - minute,
});

function mesRows(start: Millis): SmallWorld['mes'] {
  return {
    statuses: [
      { status: 'Production', means: 'production' },
      { status: 'Down - Mechanical', means: 'downtime' },
      { status: 'Setup', means: 'setup' },
    ],
    entries: [
      { line: 'line-3', status: 'Production', from: start - 2 * day, until: start - day, order: '1000117' },
      {
        line: 'line-3',
        status: 'Down - Mechanical',
        from: start - 50 * minute,
        until: start - 40 * minute,
        order: '1000130',
      },
      { line: 'line-3', status: 'Production', from: start - 40 * minute, until: null, order: '1000130' },
    ],
    scrap: [{ line: 'line-3', at: start - 45 * minute, quantity: 17, reason: 'Crushed', order: '1000130' }],
    lots: [
      {
        lot: 'L-2211',
        line: 'line-3',
        material: 'FG-COLA-05',
        status: 'Hold',
        supplier: null,
        quantity: 800,
        unit: 'PC',
        changedAt: start - 30 * minute,
      },
    ],
    operators: { 'line-3': 2 },
  };
}
