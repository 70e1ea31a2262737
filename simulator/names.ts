/** How the plant's systems spell its ids. */

/** `base-feeder` is `BaseFeeder`, `infeed_level` is `InfeedLevel`. */
export const pascalCase = (id: string): string =>
  id
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `line-4.base-feeder` as an OPC UA node is `Line4.BaseFeeder`. */
export const nodeOf = (id: string): string => id.split('.').map(pascalCase).join('.');

/** `line-3` in the ERP and the MES is `LINE3`. */
export const workCenterOf = (line: string): string => line.replaceAll('-', '').toUpperCase();
