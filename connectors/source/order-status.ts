import type { RecordOf } from '../../plant/record.ts';

/** Nothing more happens to an order with such a status: it is not followed any longer. */
export const isOver = (status: RecordOf<'order'>['status']): boolean =>
  status === 'completed' || status === 'closed' || status === 'cancelled';
