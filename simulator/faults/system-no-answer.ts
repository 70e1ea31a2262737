import { type Fault, once } from './fault.ts';

/** A system that machines ask for data stops answering; what they fetched before lasts for seconds. */
const fault: Fault = {
  cause: 'system_no_answer',
  class: 'it',
  everyday: true,
  lastsS: [300, 900],
  places: (floor, line) =>
    floor.hosts
      .filter((host) => line.machines.some((machine) => machine.of.asksHost && host.serves.has(machine.id)))
      .filter((host) => !line.machines.every((machine) => host.serves.has(machine.id)))
      .map((host) => host.id),
  leadS: () => 180,
  begin(site) {
    const host = site.floor.hosts.find((one) => one.id === site.place);
    const asking = site.line.machines.filter(
      (machine) => machine.of.asksHost && host?.serves.has(machine.id),
    );
    const reserveS = Math.min(...asking.map((machine) => machine.hostReserveS));
    const set = (connected: boolean) => () => {
      if (host) host.connected = connected;
    };
    const down = once(site.at - reserveS * 1000, set(false));
    const up = once(site.until - 30_000, set(true));
    return {
      step(t) {
        down(t);
        up(t);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - reserveS * 1000 - 5000,
    };
  },
};
export default fault;
