import { enterBook, type Fault, once } from './fault.ts';

/** The gateway to the machines hangs: the last values stay on the screen, the line runs on. */
const fault: Fault = {
  cause: 'sensor_outage',
  class: 'it',
  nature: 'no_stop',
  lastsS: [600, 2400],
  places: (floor) => floor.hosts.filter((host) => host.id.includes('gateway')).map((host) => host.id),
  leadS: () => 60,
  begin(site) {
    const host = site.floor.hosts.find((one) => one.id === site.place);
    const seen = site.rng.chance(0.6);
    const hang = once(site.at, () => {
      site.floor.outages.push({
        equipment: null,
        how: 'frozen',
        from: site.at,
        until: site.until,
        offline: site.rng.chance(0.4),
      });
      if (host && seen) host.connected = false;
      if (!site.rng.chance(0.4)) return;
      const at = site.at - site.rng.whole(120, 900) * 1000;
      enterBook(
        site,
        { book: 'erp', key: `CHG-${site.rng.whole(1000, 9999)}`, equipment: site.place, at },
        { kind: 'system', component: site.place, event: 'changed', text: 'Firmware update' },
      );
    });
    const back = once(site.until, () => {
      if (host) host.connected = true;
    });
    return {
      step(t) {
        hang(t);
        back(t);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 5000,
    };
  },
};
export default fault;
