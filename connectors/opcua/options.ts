import { z } from 'zod';
import { equipmentId } from '../../plant/equipment.ts';
import { packmlState, unitMode, waiting } from '../../plant/state.ts';

/**
 * A node: `Line3.Filler.State` (string id in the configured namespace), `i=1234`, `s=...`, `g=...`, `b=...`
 * (also in that namespace), `ns=0;i=2258` or `nsu=<uri>;s=...`. `{root}` stands for the machine's root.
 */
const node = z
  .string()
  .min(1)
  .refine((text) => !/^ns=[1-9]/.test(text), {
    message: 'namespace indexes shift after a restart of the server: write nsu=<namespace uri>;s=... instead',
  });

/** What a word of the vendor means: a PackML state, or a state with the direction it waits in. */
const meaning = z.union([
  packmlState,
  z.strictObject({ state: packmlState, waiting: waiting.nullable().default(null) }),
]);

const template = z.strictObject({
  state: node.optional().describe('node of the machine state'),
  blocked: node.optional().describe('node that is true while nothing can leave'),
  starved: node.optional().describe('node that is true while nothing comes'),
  mode: node.optional().describe('node of the unit mode'),
  plain: z
    .boolean()
    .default(false)
    .describe('the state node speaks vendor words; only `states` gives them a meaning'),
  states: z
    .record(z.string(), meaning)
    .default({})
    .describe('vendor word or number: PackML state, or {state, waiting}; PackML names stand for themselves'),
  modes: z
    .record(z.string(), unitMode)
    .default({})
    .describe('vendor word or number: unit mode; unit mode names stand for themselves'),
  signals: z
    .union([z.literal('all'), z.record(z.string().regex(/^[a-z0-9_]+$/), node)])
    .default({})
    .describe('signal name: node; or `all`: every numeric Variable directly below the root, in snake_case'),
});
export type Template = z.infer<typeof template>;

const place = (defaultTemplate: string) =>
  z.strictObject({
    equipment: equipmentId.describe('id of the machine or utility in `plant`'),
    root: node.describe('node of its object; fills `{root}`, and alarms of this object are its alarms'),
    template: z.string().default(defaultTemplate).describe('name of its template'),
  });

export const options = z
  .strictObject({
    endpoint: z
      .string()
      .regex(/^(opc\.tcp:\/\/|simulator:)/, 'expected opc.tcp://host:port/path or simulator:opcua')
      .describe('address of the server, opc.tcp://host:port/path'),
    security: z
      .enum(['none', 'basic256sha256'])
      .default('basic256sha256')
      .describe('none, or signed and encrypted'),
    user: z.string().min(1).optional().describe('user; needs the right to read only'),
    password: z.string().optional().describe('its password, as env:NAME or file:PATH'),
    trustAny: z
      .boolean()
      .default(false)
      .describe('accept any server certificate; for trying out only, anybody could pose as the server'),
    namespace: z.string().min(1).describe('URI of the namespace in which the nodes below live'),
    templates: z.record(z.string(), template).default({}).describe('which nodes a sort of machine has'),
    machines: z.array(place('machine')).default([]).describe('one entry per machine'),
    utilities: z.array(place('utility')).default([]).describe('one entry per utility'),
    systems: z
      .array(
        z.strictObject({
          equipment: equipmentId.describe('id of the system in `plant`'),
          node: node.describe('Boolean node, true = up'),
        }),
      )
      .default([])
      .describe('IT systems whose connection the machines show'),
    alarms: z.boolean().default(true).describe('take Alarms & Conditions of the server'),
    publishingMs: z
      .number()
      .int()
      .min(50)
      .max(60_000)
      .default(250)
      .describe('how often the server sends what changed, milliseconds'),
    // A timer (> 0) was measured to lose a third of 10 Hz changes.
    samplingMs: z
      .number()
      .int()
      .nonnegative()
      .default(0)
      .describe('how often the server looks for changes, milliseconds; 0: every change it sees'),
    queueSize: z
      .number()
      .int()
      .min(2)
      .default(20)
      .describe(
        'changes the server keeps per node between two publications; what does not fit becomes a gap',
      ),
    keepAliveMs: z
      .number()
      .int()
      .min(200)
      .default(2000)
      .describe('a sign of life at least this often; after three missed ones the connection is rebuilt'),
  })
  .superRefine((given, context) => {
    if ((given.user === undefined) !== (given.password === undefined))
      context.addIssue({ code: 'custom', message: 'user and password go together', path: ['user'] });
    for (const list of ['machines', 'utilities'] as const)
      for (const [index, entry] of given[list].entries())
        if (!Object.hasOwn(given.templates, entry.template))
          context.addIssue({
            code: 'custom',
            message: `no template is called ${entry.template}; there are: ${Object.keys(given.templates).join(', ') || 'none'}`,
            path: [list, index, 'template'],
          });
  });
export type OpcuaOptions = z.infer<typeof options>;
