import { z } from 'zod';

/** What people are at the plant; rights hang on it, names do not leave the plant. */
export const role = z.enum([
  'operator',
  'supervisor',
  'maintenance',
  'quality',
  'planner',
  'manager',
  'viewer',
]);
type Role = z.infer<typeof role>;

export const person = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]*$/)
    .describe('short word, never changes'),
  name: z.string().min(1).describe('shown inside the plant only; a model provider gets the role instead'),
  role: role.describe('what they are at the plant; rights hang on it'),
  lines: z.array(z.string()).default([]).describe('line ids they work for; empty: all'),
  slack: z.string().optional().describe('member id in Slack, `U…`'),
  teams: z.string().optional().describe('Entra object id, as Teams sends it'),
});
export type Person = z.infer<typeof person>;

/** Verbs a person can press or say. */
export const verb = z.enum([
  'ask',
  'acknowledge',
  'snooze',
  'not_a_problem',
  'do_this',
  'confirm_decision',
  'reject_decision',
  'edit_decision',
  'take_back_decision',
  'wrong_cause',
  'choose_cause',
  'reword_cause',
  'reject_cause',
  'right_cause',
  'confirm_cause',
]);
export type Verb = z.infer<typeof verb>;

/** Saying what a cause was, as a draft; and making it count, which later diagnoses learn from. */
const says = ['wrong_cause', 'choose_cause', 'reword_cause', 'reject_cause'] as const;
const confirms = [...says, 'right_cause', 'confirm_cause'] as const;

const allowed: Record<Role, readonly Verb[]> = {
  viewer: ['ask'],
  operator: ['ask', 'acknowledge', ...says],
  maintenance: ['ask', 'acknowledge', 'do_this', ...confirms],
  quality: [
    'ask',
    'acknowledge',
    'do_this',
    'confirm_decision',
    'reject_decision',
    'edit_decision',
    'take_back_decision',
    ...confirms,
  ],
  planner: ['ask', 'acknowledge', 'do_this', ...says],
  supervisor: verb.options,
  manager: verb.options,
};

/** May this person do this at this line? `line: null`: anywhere. */
export function mayDo(who: Person, what: Verb, line: string | null): boolean {
  return (
    allowed[who.role].includes(what) && (line === null || who.lines.length === 0 || who.lines.includes(line))
  );
}
