/** Of machines: the least, the median and the most of them. */
export type Spread = { least: number; median: number; most: number };

/** The published alarms, and how they are grouped. */
export const source =
  'Alarm Logs in Packaging Industry (Dalle Pezze et al. 2021, doi:10.17632/4nhx2x67cd.1, CC BY 4.0)';
export const file = 'episodes_30min_gap.csv';
export const machines = 14;

/**
 * The nine measures of `suites/alarm-noise.ts` over 14 real packaging machines (training and validation part,
 * episodes by gaps of half an hour), so that nobody needs the data to see them. `--data alpi=FOLDER` measures anew.
 */
export const published: Readonly<Record<string, Spread>> = {
  'alarms per machine and active day': { least: 25.71, median: 79.26, most: 174.48 },
  'episodes per machine and active day': { least: 3.41, median: 7.37, most: 9.55 },
  'median gap in an episode, minutes': { least: 2.13, median: 3.33, most: 6.09 },
  'alarms per episode, lower quarter': { least: 1, median: 3, most: 7 },
  'alarms per episode, median': { least: 3, median: 7, most: 13 },
  'alarms per episode, upper quarter': { least: 6, median: 16, most: 25 },
  'codes per episode, median': { least: 1, median: 2, most: 4 },
  'share of the top code': { least: 0.324, median: 0.447, most: 0.759 },
  'share of the top ten codes': { least: 0.861, median: 0.977, most: 0.997 },
};
