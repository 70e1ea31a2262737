import type { Share } from './share.ts';

/** Markdown tables and shares as people read them. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;

/** `93.1 % (88.9–96.3)`. */
export const withInterval = ({ share, low, high }: Share): string =>
  share === null || low === null || high === null
    ? '–'
    : `${percent(share)} (${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)})`;

/** `27 of 29`. */
export const counted = ({ right, n }: Share): string => (n === 0 ? '–' : `${right} of ${n}`);

export const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
