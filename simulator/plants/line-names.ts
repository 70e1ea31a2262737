type Named = { id: string; name: string };

/** What plants call their lines. */
export const lineNames: Readonly<Record<'en' | 'de' | 'es', readonly ((n: number) => Named)[]>> = {
  en: [
    (n) => ({ id: `line-${n}`, name: `Line ${n}` }),
    (n) => ({ id: `l${n}`, name: `L${n}` }),
    (n) => ({ id: `hall-b.line-${n}`, name: `Line B${n}` }),
    (n) => ({ id: `packaging-${n}`, name: `Packaging ${n}` }),
    (n) => ({ id: `cell-${n}0`, name: `Cell ${n}0` }),
  ],
  de: [
    (n) => ({ id: `linie-${n}`, name: `Linie ${n}` }),
    (n) => ({ id: `anlage-${n}`, name: `Anlage ${n}` }),
  ],
  es: [
    (n) => ({ id: `linea-${n}`, name: `Línea ${n}` }),
    (n) => ({ id: `envasado-${n}`, name: `Envasado ${n}` }),
  ],
};

const machineNames: Readonly<Record<string, readonly [string, string]>> = {
  depalletizer: ['Entpalettierer', 'Despaletizadora'],
  rinser: ['Rinser', 'Enjuagadora'],
  filler: ['Füller', 'Llenadora'],
  capper: ['Verschließer', 'Taponadora'],
  seamer: ['Dosenverschließer', 'Cerradora'],
  pasteurizer: ['Pasteur', 'Pasteurizador'],
  labeller: ['Etikettierer', 'Etiquetadora'],
  packer: ['Packer', 'Encajonadora'],
  palletizer: ['Palettierer', 'Paletizadora'],
  former: ['Former', 'Formadora'],
  sealer: ['Siegler', 'Selladora'],
  checkweigher: ['Kontrollwaage', 'Controladora de peso'],
  cartoner: ['Kartonierer', 'Estuchadora'],
  assembler: ['Montageautomat', 'Ensambladora'],
  tester: ['Prüfstation', 'Probadora'],
  wrapper: ['Schrumpfer', 'Retractiladora'],
  erector: ['Kartonaufrichter', 'Formadora de cajas'],
  divider: ['Verteiler', 'Divisor'],
};

/** What people call a machine; `labeller-2` keeps its number. */
export function namesOf(kind: string, id: string, language: 'en' | 'de' | 'es'): string {
  const number = /-(\d+)$/.exec(id)?.[1];
  const plain = id.replace(/-\d+$/, '');
  const english = plain.charAt(0).toUpperCase() + plain.slice(1).replaceAll('-', ' ');
  const [german, spanish] = machineNames[kind] ?? [];
  const name = (language === 'de' ? german : language === 'es' ? spanish : null) ?? english;
  return number ? `${name} ${number}` : name;
}
