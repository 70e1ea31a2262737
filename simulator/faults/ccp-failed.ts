import { enterBook, type Fault, machineAt, once } from './fault.ts';

/** The routine test of a control point (metal detector, seal test) is not passed: production is interlocked until quality repeats it. */
const fault: Fault = {
  cause: 'ccp_failed',
  class: 'quality',
  lastsS: [480, 1500],
  places: (_, line) => {
    const checks = line.machines.filter((one) => ['checkweigher', 'tester'].includes(one.class));
    const ends = line.machines.filter((one) => ['packer', 'cartoner'].includes(one.class));
    return (checks.length > 0 ? checks : ends).map((machine) => machine.id);
  },
  leadS: () => 60,
  begin(site) {
    const machine = machineAt(site);
    // Every third plant keeps these tests on paper.
    const onPaper = site.rng.chance(0.3);
    const subject = site.rng.pick(['Metal detector', 'Seal integrity', 'Fill height check']);
    const say = (event: 'test_failed' | 'test_passed', at: number) => {
      if (onPaper) return;
      enterBook(
        site,
        { key: `CCP-${site.rng.whole(10_000, 99_999)}`, equipment: machine.id, at },
        { kind: 'quality', event, subject, text: event === 'test_failed' ? 'Test piece not found' : '' },
      );
    };
    const failed = once(site.at, () => {
      machine.defects.testFailed = true;
      say('test_failed', site.at - 6000);
    });
    const passed = once(site.until - 60_000, () => {
      machine.defects.testFailed = false;
      say('test_passed', site.until - 60_000);
    });
    return {
      step(t) {
        failed(t);
        passed(t);
      },
      over: (t) => t > site.until,
      awakeFrom: site.at - 5000,
    };
  },
};
export default fault;
