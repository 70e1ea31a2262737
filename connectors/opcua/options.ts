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
  state: node.optional(),
  blocked: node.optional(),
  starved: node.optional(),
  mode: node.optional(),
  /** True: the state node speaks vendor words (Running, Stopped ...); only `states` gives them a meaning. */
  plain: z.boolean().default(false),
  /** Vendor word or number -> PackML state. Without `plain`, PackML names also stand for themselves. */
  states: z.record(z.string(), meaning).default({}),
  /** Vendor word or number -> unit mode; unit mode names stand for themselves. */
  modes: z.record(z.string(), unitMode).default({}),
  /** Signal name -> node; `all`: every numeric Variable directly below the root, named in snake_case. */
  signals: z.union([z.literal('all'), z.record(z.string().regex(/^[a-z0-9_]+$/), node)]).default({}),
});
export type Template = z.infer<typeof template>;

const place = (defaultTemplate: string) =>
  z.strictObject({
    equipment: equipmentId,
    /** Node of the object of this machine; fills `{root}`, and alarms whose source it is are this machine's. */
    root: node,
    template: z.string().default(defaultTemplate),
  });

export const options = z
  .strictObject({
    endpoint: z
      .string()
      .regex(/^(opc\.tcp:\/\/|simulator:)/, 'expected opc.tcp://host:port/path or simulator:opcua'),
    security: z.enum(['none', 'basic256sha256']).default('basic256sha256'),
    user: z.string().min(1).optional(),
    password: z.string().optional(),
    /** Accept any server certificate. For the demo only: anybody in the network can pose as the server. */
    trustAny: z.boolean().default(false),
    /** URI of the namespace in which the nodes below live. */
    namespace: z.string().min(1),
    templates: z.record(z.string(), template).default({}),
    machines: z.array(place('machine')).default([]),
    utilities: z.array(place('utility')).default([]),
    /** A Boolean node per IT system: true = up. */
    systems: z.array(z.strictObject({ equipment: equipmentId, node })).default([]),
    /** Take Alarms & Conditions of the server. */
    alarms: z.boolean().default(true),
    /** How often the server sends what changed, milliseconds. */
    publishingMs: z.number().int().min(50).max(60_000).default(250),
    /** 0: every change the server sees. A timer (> 0) was measured to lose a third of 10 Hz changes. */
    samplingMs: z.number().int().nonnegative().default(0),
    /** Changes the server keeps per node between two publications; what does not fit becomes a gap. */
    queueSize: z.number().int().min(2).default(20),
    /** A sign of life at least this often; three missed ones and the connection is rebuilt, milliseconds. */
    keepAliveMs: z.number().int().min(200).default(2000),
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
