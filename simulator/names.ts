/** How the plant's systems spell its ids. */

/** `base-feeder` as an OPC UA node is `BaseFeeder`, `infeed_level` is `InfeedLevel`. */
export const pascalCase = (id: string): string =>
  id
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `line-3` in the ERP and the MES is `LINE3`. */
export const workCenterOf = (line: string): string => line.replaceAll('-', '').toUpperCase();
