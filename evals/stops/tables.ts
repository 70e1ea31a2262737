/** Markdown tables and shares as people read them. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(share * 100)} %`;

export const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
