/** Is this the answer a supervisor needs? Reads what `npm run ask -- --json` printed; exits 1 with a sentence if not. */
import { readFileSync } from 'node:fs';

type Answer = {
  answer: string;
  diagnosis: { cause: string; place: string | null; abstained: boolean } | null;
  evidence: { source: string; says: string }[];
};
const { answer, diagnosis, evidence } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Answer;
const systems = new Set(evidence.map((one) => one.source));
console.log(answer.split('\n')[0]);
const whole =
  diagnosis !== null &&
  !diagnosis.abstained &&
  diagnosis.place !== null &&
  evidence.length >= 3 &&
  systems.size >= 2;
if (!whole) {
  console.error(
    `not whole: cause ${diagnosis?.cause}, place ${diagnosis?.place}, ${evidence.length} pieces of evidence from ${systems.size} systems`,
  );
  process.exit(1);
}
