/** What people at the line call a reason, by what it was: plain, slang, Spanish, German. `{m}`: machine, `{x}`: material. */
type Sayings = readonly [plain: string, slang: string, spanish: string, german: string];
export const reasons: Readonly<Record<string, Sayings>> = {
  infeed_jam: [
    '{m} jammed at the infeed, cleared',
    '{m} chewed one up again',
    'atasco en {m}, retirado',
    'Stau am {m}, beseitigt',
  ],
  drive_trip: [
    '{m} motor tripped, maintenance had to come',
    '{m} packed in, motor toast',
    'saltó el motor de {m}',
    '{m} Motor ausgelöst, Instandhaltung da',
  ],
  sensor_dirty: [
    '{m} kept stopping for nothing, wiped the sensor',
    '{m} eye was filthy',
    'fotocélula de {m} sucia, limpiada',
    '{m} Lichtschranke verschmutzt, geputzt',
  ],
  comms_loss: [
    '{m} lost its bus, all modules red',
    '{m} went blank, comms dead',
    '{m} sin comunicación',
    '{m} Bus weg, alles rot',
  ],
  safety_stop: [
    'door at {m} was open',
    'someone hit the mushroom at {m}',
    'puerta de {m} abierta',
    'Schutztür {m} war offen',
  ],
  temperature_low: [
    '{m} not up to temperature',
    '{m} stone cold',
    '{m} no llega a temperatura',
    '{m} kommt nicht auf Temperatur',
  ],
  valve_leak: [
    '{m} underfilling, one valve dripping',
    '{m} short fills all over',
    'fugas en válvula de {m}',
    '{m} Ventil undicht, Unterfüllung',
  ],
  overheating: [
    '{m} too hot, filter was blocked',
    '{m} cooking itself',
    '{m} sobrecalentada, filtro sucio',
    '{m} zu heiß, Filter zu',
  ],
  consumable_empty: [
    '{m} ran out of {x}, forklift late',
    'no {x}, again',
    '{m} sin {x}, carretilla tarde',
    'kein {x} am {m}, Stapler zu spät',
  ],
  component_stockout: [
    'nothing to run, {x} out of stock',
    'warehouse bone dry, no {x}',
    'sin existencias de {x}',
    '{x} nicht auf Lager',
  ],
  bad_lot: [
    'new lot of {x} is rubbish, keeps jamming {m}',
    '{x} all bent, {m} hates them',
    'lote nuevo de {x} defectuoso',
    'neue Charge {x} taugt nichts',
  ],
  wrong_material: [
    'wrong {x} staged at {m}',
    'someone brought the wrong {x}',
    '{x} equivocado en {m}',
    'falsches {x} am {m}',
  ],
  quality_hold: [
    'lot on hold, waiting for quality',
    'QA stopped us',
    'lote retenido por calidad',
    'Charge gesperrt, warten auf QS',
  ],
  inspection_drift: [
    '{m} throws out good ones, needs calibration',
    '{m} seeing ghosts',
    '{m} rechaza piezas buenas',
    '{m} wirft Gutteile aus',
  ],
  ccp_failed: [
    'test at {m} failed, QA to repeat',
    'test piece not found at {m}',
    'prueba de {m} fallida',
    'Prüfung {m} nicht bestanden',
  ],
  parameter_changed: [
    'somebody changed the settings of {m}',
    '{m} settings fiddled with',
    'cambiaron parámetros de {m}',
    'Einstellungen {m} verstellt',
  ],
  no_operator: ['nobody at {m}', '{m} home alone', 'nadie en {m}', 'niemand am {m}'],
  startup_after_changeover: [
    '{m} not set right after changeover',
    '{m} still set for the old format',
    '{m} mal ajustada tras cambio',
    '{m} nach Umrüsten nicht eingestellt',
  ],
  waiting_for_maintenance: [
    'waited for maintenance at {m}',
    'maint nowhere to be seen, {m} down',
    'esperando a mantenimiento en {m}',
    'auf Instandhaltung gewartet, {m}',
  ],
  changeover: ['changeover', 'format swap', 'cambio de formato', 'Umrüsten'],
  changeover_overrun: [
    'changeover took longer, parts missing',
    'swap from hell, parts gone',
    'cambio largo, faltaban piezas',
    'Umrüsten dauert, Teile fehlen',
  ],
  no_order: ['no order', 'twiddling thumbs, no work', 'sin orden', 'kein Auftrag'],
  cleaning: ['cleaning', 'CIP', 'limpieza', 'Reinigung'],
  cleaning_overrun: ['cleaning took longer', 'CIP never ends', 'limpieza larga', 'CIP dauert länger'],
  break: ['break', 'tea', 'pausa', 'Pause'],
  compressed_air_low: ['no air', 'air gone, half the hall dead', 'sin aire comprimido', 'Druckluft weg'],
  power_dip: ['lights flickered, everything off', 'power blip', 'microcorte de luz', 'Strom kurz weg'],
  cooling_warm: [
    'cooling water warm, {m} hot',
    'chiller on holiday',
    'agua de frío caliente',
    'Kühlwasser zu warm',
  ],
  dispatch_full: ['no place for pallets, truck late', 'dock rammed', 'muelle lleno', 'Rampe voll, LKW fehlt'],
  upstream_late: [
    'no product from the mixer',
    'kitchen asleep again',
    'mezcla no llega',
    'Mischer liefert nicht',
  ],
  system_no_answer: [
    '{m} waits for data, server down',
    'server dead',
    'servidor no responde',
    'Server antwortet nicht',
  ],
  sensor_outage: [
    'screen frozen, line runs',
    'HMI stuck, ignore it',
    'pantalla congelada',
    'Anzeige hängt, Linie läuft',
  ],
};

/** What people wrote about other things that day; nothing of it stopped anything. */
export const smallTalk = [
  'shift handed over, all ok',
  'checked {m}, fine',
  '{m} a bit noisy, keep an eye on it',
  'swept around {m}',
  'todo bien',
  'alles i.O.',
  'short stop at {m} earlier, 1 min',
  'film changed',
  'new colleague shown around',
] as const;

/** Reasons as a shop-floor system offers them for booking. */
export const bookedAs: Readonly<Record<string, string>> = {
  machine: 'Technical fault',
  material: 'Material',
  quality: 'Quality',
  people: 'Organisation',
  planning: 'Setup / plan',
  utilities: 'Utilities',
  outside: 'Logistics',
  it: 'IT',
};
