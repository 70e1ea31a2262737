import { catalogue } from '../plant/diagnosis/causes/catalogue.ts';
import type { Plant } from '../plant/equipment.ts';
import { AndonError } from '../plant/errors.ts';
import { lineOf, nearest } from './yaml.ts';
import type { Page, Path } from './yaml.ts';

/** A cause of the plant has an id of its own and can happen to machines that there are; else `bad_config`. */
export function checkOwnCauses(page: Page, { causes = [], lines }: Plant): void {
  const machines = lines.flatMap((line) => line.machines);
  const places = [...new Set(machines.flatMap((one) => [one.id, one.class]))];
  const ids = causes.map(({ id }) => id);
  const refuse = (path: Path, what: string, next: string): never => {
    throw new AndonError('bad_config', `${page.file}, line ${lineOf(page, path)}: ${what}`, next);
  };
  for (const [index, { id, machines: at }] of causes.entries()) {
    const path = ['plant', 'causes', index];
    if (catalogue.some((one) => one.id === id))
      refuse([...path, 'id'], `Andon knows the cause "${id}" already.`, 'Give your cause another id.');
    if (ids.indexOf(id) !== index)
      refuse([...path, 'id'], `the cause id "${id}" is used twice.`, 'Give each cause its own id.');
    const lost = at.find((one) => !places.includes(one));
    if (lost === undefined) continue;
    const near = nearest(lost, places);
    refuse(
      [...path, 'machines'],
      `the cause "${id}" names "${lost}", which is no machine and no class of machines of this plant.`,
      near ? `Did you mean "${near}"?` : 'Name ids or classes of machines under lines.',
    );
  }
}
