import type { Language } from './language.ts';
import { alone, notUn, temp } from './language.ts';

const thing =
  '(nakret\\w*|zakret\\w*|kaps[le]\\w*|wiecz[ke]\\w*|etykiet\\w*|foli\\w*|rol[ke]\\w*|rol[ai]|klej\\w*|karton\\w*|pudel\\w*|tusz\\w*|tasm\\w*|palet\\w*|przeklad(k|ek)\\w*|srub\\w*|wkret\\w*|komponent\\w*|magazynk\\w*|zasobnik\\w*|kartusz\\w*|rekaw\\w*|material\\w*|ulot(k|ek)\\w*|wykroj\\w*|granulat\\w*|podajnik wibrac\\w*)';
const goods =
  '(nakret|zakret|kapsl|wiecz|etykiet|foli|karton|pudel|butel|puszk|opakow|detal|parti|material|produkt)\\w*';

/** Polish; the stroke of its l is gone. */
export const pl: Language = {
  denial: { not: 'nie', without: 'bez|brak', never: 'zad(en|n\\w+)', trouble: 'blad|awari' },
  says: {
    jam: [
      'zator|zaciec|zaciet|zakleszcz|zaklinow|zapchan|spietrzen|przewrocon',
      'zablokow\\w*( \\w+){0,2} (wlot|wejsc|podaj|podawan|gwiazd|slimak|produkt|butel|karton)',
      '(wlot|wejscie|podajnik|podawanie)( \\w+){0,2} (zablokow|zapchan)',
      '(butelk|produkt|karton|puszk|opakowan|detal)\\w*( \\w+){0,2} (zaklinow|zablokow|upadl)',
      'fotokomork\\w*( \\w+){0,4} (zaslonie|zakry|zajet|przerwan)',
    ],
    drive: [
      'naped|falownik|przeciaz|przekladni|lozysk|sprzegl|termik|serwo|pasek (zerw|pek|zsun)',
      'lancuch (zerw|pek)|blad (osi|nadazan|pozycjonow)|zabezpieczeni\\w* (silnik|termiczn)',
      `silnik(?!\\w*( \\w+){0,2} ${temp})`,
      '(przekroczon\\w*|za duzy|wysoki) (moment|prad)',
    ],
    sensor: [
      'fotokomork|zabrudz|brudn|soczewk|znacznik|krancow|obecnosc (detal|produkt|element)',
      'czujnik(?!\\w*( \\w+){0,2} (temp|cisn))',
      '(detal|produkt|element|butelk)\\w* (nie ?wykryt)',
    ],
    lights: [
      '(fotokomork\\w*|czujnik\\w*)( \\w+){0,3} (zaslon|zakry|zajet|przerwan|zabrudz|brudn|niestabil)',
    ],
    comms: [
      'komunikacj|lacznosc|magistral|enkoder|rozlaczon|nieosiagaln|przerwan\\w* (kabel|przewod)',
      '(brak|utrata|zanik|blad) (lacznosci|polaczenia|sieci|magistrali|wezla|stacji)',
      '(wezel|modul|stacja|wyspa|slave)( \\w+){0,3} (brak|utrac|nie|offline|uszkodz)',
      'sterownik( \\w+){0,2} (stop|awari)',
    ],
    fieldbus: ['magistral'],
    safety: [
      'awaryjn|bezpieczen|drzwi|oslon|kurtyn|barier|grzybek|rygl|furtk|link[ai]\\b',
      '(klap|pokryw)\\w* otwart',
    ],
    zone: ['strefa|obwod'],
    cold: [
      'niedogrz|nie osiagn\\w* temp|(za|zbyt) (nisk\\w* temp|zimn)',
      `${temp}( \\w+){0,3} (za )?(nisk|ponizej|niedostat)`,
      'grzal\\w*( \\w+){0,2} (uszkodz|awari|blad|przepal)',
      'grzani\\w*( \\w+){0,2} (awari|blad|brak|nie)',
    ],
    hot: [
      'przegrz|wentylator|termistor|(za|zbyt) (wysok\\w* temp|gorac)',
      `${temp}( \\w+){0,3} (za )?(wysok|powyzej|przekrocz)`,
    ],
    heat: ['gorac'],
    airing: ['wentylator|filtr'],
    leak: [
      'wyciek|zawor|nieszczeln|uszczelk|dysz[ay]|kapie|poziom napelnienia|niedo(lew|wag|peln)',
      'dozowani\\w*( \\w+)? (za|niedo|blad)',
    ],
    fill: ['zawartosc|napelnieni'],
    rejects: ['odrzut|odrzucon', '(za duzo|seria|kolejne) (brak|odrzut|zl)'],
    empty: [
      'poziom min',
      `${thing}( \\w+){0,2} (pust|skoncz|nisk|brak|wyczerp|koniec|konczy|malo)`,
      `(brak|koniec|uzupelni\\w*|pust\\w*|konczy sie|niski (poziom|stan)) ${thing}`,
    ],
    shortage: [
      'magazyn pusty|oczekiwanie na (material|dostaw)|dostaw\\w* (opozn|brak)',
      'brak (material|surowc|komponent|zapas)',
      '(stan|zapas)\\w* (zero|wyczerp|skoncz)',
      'dostawc\\w*( \\w+){0,2} (spozn|opozn|nie)',
    ],
    wanting: ['brak|pust|oczek|czeka'],
    badLot: [
      'zdeformow|odksztalc|poza tolerancj|zla (partia|jakosc)|nowa (partia|rolka|dostawa)',
      '(now|inn|zl|zmiana)\\w* dostawc',
      `wadliw\\w* ${goods}`,
      `${goods}( \\w+)? (wadliw|krzyw)`,
      `krzyw\\w* ${goods}`,
    ],
    noRead: ['nieczyteln|nie odczyt|blad odczytu|brak (odczytu|kodu)'],
    mismatch: [
      'pomyl|nie zgadza|kod\\w* (bledn|niezgod|nieprawid)',
      '(zl[aey]|bledn\\w*|niewlasciw\\w*|nieprawidlow\\w*|niezgodn\\w*) (kod|etykiet|material|foli|karton|produkt|artykul|nakret)',
    ],
    hold: ['jakosc|kwarantann|zwolnieni|wstrzyman|partia zablokow'],
    held: ['kwaran|zablok|wstrzym'],
    drift: ['wzorcow|dryf|tarow|falszyw\\w* odrzut|odrzuca dobre'],
    control: [
      'rentgen|cialo obce|szczelnosc|(wykrywacz|detektor) metal|test (nieud|niezal|przetermin|nie)',
      'prob[ay] (nieud|niezal)',
    ],
    setting: ['receptur|parametr|nastaw|wartosc zadana|program (zly|bledn)'],
    checking: ['kontrol|wag[ai]\\b|wizyj|rentgen'],
    nobody: [
      'nikogo|operator\\w* (nie|brak|wezw|potrzeb)',
      '(brak|oczekiwanie na|wezwanie) (operator|obsad|obslug|ludzi|pracownik)',
      '(operator|obslug|zalog|ludzi|pracowni|wszyscy|ekip)\\w*( \\w+){0,2} na przerwie',
    ],
    mishap: [
      'pozar|straz pozarn|ewakuac|miejsce zbiorki|syrena|bomb[aoey]\\b|karetk|pogotowie ratunk|policj|wypadek|ranny|zalani|powodz|ptak|golab|golebi|osy\\b|gniazd\\w* os',
      'szerszen|pszczol|myszy\\b|szczur|szkodnik|owad|cwiczeni\\w*( \\w+){0,2} (ewakuac|pozar|ppoz)',
      '(dach|sufit)\\w*( \\w+){0,2} (cieknie|przecieka)|(woda|cieknie|przecieka|kapie)( \\w+){0,3} (dach|sufit)',
    ],
    mechanic: [
      '(czek\\w*|oczekiw\\w*|wezwan\\w*)( \\w+){0,3} (utrzymani\\w* ruchu|mechanik|elektryk|technik|serwis)',
      '(utrzymanie ruchu|mechanik|elektryk|technik|serwis)( \\w+){0,2} (wezw|nie ma|zajet|w drodze|spozn)',
    ],
    startUp: [
      'rozruch|ustawi|pierwsze sztuki|po (przezbroj|zmianie)',
      'regulacj\\w*\\b(?! (temp|cisn|obrot|pred))',
    ],
    air: [
      'sprezon\\w* powietrz|sprezark|kompresor|pneumaty',
      'powietrz\\w*( \\w+){0,2} (nisk|brak|spad)',
      '(brak|niskie|spadek)( cisnienia)? powietrz',
    ],
    power: [
      'podnapieci|przerwa w zasilan|(nisk\\w*|zbyt nisk\\w*) napiec|zasilani\\w* (brak|zanik|awari|spad)',
      '(spadek|zanik|brak|utrata|awaria)( \\w+)? (napiec|zasilan|prad|faz)',
    ],
    cooling: ['chlodz|chlodn|woda lodowa|glikol'],
    server: [
      'serwer|nie odpowiada|przekroczon\\w* czas|limit czasu|baz[ay] danych|brak (odpowiedzi|danych)',
      'polaczeni\\w* (utrac|zerw|odrzuc)|system (nie|zawies)',
      'oczekiwanie na (dane|serwer|mes|erp|odpowiedz)',
    ],
    network: ['polaczeni'],
    dispatch: [
      'ciezarow|wozk?e?k? widlow|brak miejsca|kierowc|palet\\w* nie (odebran|zabran)',
      '(rampa|ekspedycj\\w*|magazyn|wysylk\\w*|plac|dok)( \\w+){0,3} (peln|zablok|zajet|brak miejsca)',
    ],
    upstream: [
      'mieszal|zbiornik\\w*( \\w+)? (pust|nisk)|silos\\w* (pust|nisk)',
      '(ciasto|syrop|mleko|mieszank\\w*|partia|wsad|brzeczk\\w*|masa)( \\w+){0,3} (niegotow|opozn|nie gotow|brak|nie zwoln)',
      'oczekiwanie na (mase|mieszank|partie|zbiornik)',
    ],
    ready: ['zwolnion|gotow|zatwierdz'],
    notReady: ['oczek|nie |wstrzym'],
    changeover: ['przezbr|zmiana (formatu|produktu|asortyment)'],
    cleaning: ['myci|czyszcz|sprzatan|plukan|dezynf'],
    noOrder: ['brak (zlecen|zamowien|planu)|zlecenie (zakoncz|skoncz|brak)|(koniec|oczekiwanie na) zlecen'],
    starved: [
      'wlot pusty|pusty wlot',
      'brak (produktu|butelek|puszek|wsadu|podawania|detali)',
      '(oczekiwanie|czeka) na (produkt|wsad|detal)',
    ],
    blocked: [
      'bufor pelny|(oczekiwanie|czeka) na odbior',
      '(wylot|odbior|wyjscie) (pelny|pelne|zablok|zajet)',
    ],
  },
  lacks: {
    comms: 'komunikacj\\w*',
    server: 'serwer\\w*',
    air: '(sprezon\\w* )?powietrz\\w*',
    power: 'napieci\\w*|zasilani\\w*',
    cooling: 'chlodz\\w*|wod\\w* lodow\\w*',
  },
  states: {
    running: 'pracuje|w ruchu',
    production: 'produkcja|praca',
    standing: 'koniec|wstrzym\\w*|zatrzym\\w*|reczn\\w*',
    fault: 'awari|usterk|bled|blad\\b(?! papier)',
  },
  vague: 'awaria|blad|usterka|zatrzyman\\w*|maszyn\\w*|lini[aei]\\w*',
  plans: {
    changeover: ['przezbr|zmiana (formatu|produktu)'],
    cleaning: ['myci|czyszcz'],
    break: [alone('przerwa'), 'przerwa (sniadan|obiad|na |dla )', 'posilek'],
    planned_maintenance: [`${notUn}planow\\w* (konserw|przegl|utrzym)`, 'konserwacja( \\w+)? pre(vent|wenc)'],
    no_shift: ['brak zmiany'],
    meeting: ['zebranie|szkoleni'],
  },
  tags: {
    other: '(^|_)waga|(^|_)masa(_|$)',
    setpoint: '(^|_)zadan[aey](_|$)',
    rejects: 'odrzut|brakow',
    buffer: 'bufor',
    connected: 'polaczen',
    vibration: 'drgan',
    pressure: 'cisnien',
    voltage: 'napiec',
    load: 'obciaz|(^|_)(prad|sila)(_|$)',
    level: 'poziom|magazyn|srednica|(^|_)rolka(_|$)',
    speed: 'predkosc|obrot',
    count: 'sztuk|licznik',
  },
  things: {
    cap: 'nakret\\w*|zakret\\w*|kaps\\w*',
    lid: 'wieczk\\w*',
    label: 'etykiet\\w*',
    carton: 'pudel\\w*|wykroj\\w*',
    film: 'foli\\w*|rolk\\w*',
    glue: 'klej\\w*',
    screw: 'srub\\w*|wkret\\w*',
    ink: 'tusz\\w*|tasm\\w*',
  },
};
