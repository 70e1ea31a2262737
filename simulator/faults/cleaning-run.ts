import { enterBook, once, type Running, type Site } from './fault.ts';

/** The line is cleaned in place for so many seconds; the shop-floor system books the activity. */
export function startCleaning(site: Site, lastsS: number): Running {
  const { line } = site;
  const until = site.at + Math.round(lastsS) * 1000;
  const key = `CIP-${site.rng.whole(1000, 9999)}`;
  const book = (to: number | null) =>
    enterBook(
      site,
      {
        key,
        equipment: line.id,
        at: site.at,
        lateS: to === null ? 9 : lastsS + 9,
        version: to === null ? 'open' : 'done',
      },
      {
        kind: 'calendar',
        activity: 'cleaning',
        from: new Date(site.at).toISOString(),
        to: to === null ? null : new Date(to).toISOString(),
        standardS: line.spec.standardS['cleaning'] ?? null,
        order: null,
        text: 'CIP',
      },
    );
  const begin = once(site.at, () => {
    line.phase = { name: 'clean', since: site.at, until };
    book(null);
  });
  const end = once(until, () => book(until));
  return {
    step(t) {
      begin(t);
      end(t);
    },
    over: (t) => t > until && line.phase.name === 'run',
    awakeFrom: site.at - 5000,
  };
}
