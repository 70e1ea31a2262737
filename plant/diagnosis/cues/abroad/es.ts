import type { Words } from './words.ts';
import { temp } from './words.ts';

const thing =
  '(precint\\w*|grap\\w+|capsul\\w+|estuche\\w*|prospect\\w+|bandej\\w+|polvo|rollo\\w*|cartuch\\w+|consumible\\w*|tapas?|bolsas?|separador\\w*|tornill\\w+|granza|hilo|pegamento|rotul\\w+|tarros?|vibrador\\w*|cuba)';

/** Spanish beside what stands with the cues. */
export const es: Words = {
  jam: [
    '(botella|bote|lata|caja|pieza|producto|envase|tarro|bandeja)s? (caid|volcad|atravesad|cruzad|enganchad)',
    'bloqueo( \\w+){0,2} (entrada|alimentacion|cargador|estrella)',
    'encallad',
    'enganch',
    'tapon(amiento)? en',
  ],
  drive: [
    'sobrepar',
    'sobrecorriente',
    'sobreintensidad',
    'par (maximo|limite|alto|excedido)',
    'error de seguimiento',
    'cadena (rota|partida)',
    'acoplamiento',
    'embrague',
    'husillo',
    'disyuntor',
    'magnetotermico',
    'cojinete',
  ],
  sensor: [
    '(pieza|producto|tapon|envase|etiqueta) no (detectad|present)',
    'deteccion (de )?(pieza|producto)',
    'fibra optica',
    'marca (de )?(corte|registro|impresion)',
    'senal (inestable|debil)',
  ],
  comms: [
    '(sin|perdida de|fallo de|falta de) (comunicacion|enlace|conexion)',
    '(cable|hilo) (roto|cortado)',
    'automata( \\w+){0,2} (parad|fallo)',
    'desconectad',
  ],
  safety: [
    'paro( de)? emergencia',
    'guarda (abierta|movil)',
    '(cubierta|tapa|proteccion)( \\w+)? abierta',
    'cortina (optica|de luz)',
    'bimanual',
    'tirador',
    'cerradura',
  ],
  cold: [
    `${temp}( \\w+){0,3} (baja|inferior|minima|insuficiente|por debajo)`,
    'resistencia( \\w+){0,2} (averiad|fundid|rota|fallo)',
    'calefac\\w+( \\w+){0,2} (fallo|averia)',
  ],
  hot: [`${temp}( \\w+){0,3} (alta|elevada|maxima|superior|excesiva|por encima)`, 'demasiado caliente'],
  leak: [
    'fuga',
    'perdida de (producto|aceite|vacio)',
    'peso (bajo|insuficiente)',
    'dosificacion (baja|insuf)',
    'electrovalvula',
  ],
  rejects: ['rechaz\\w*( \\w+){0,2} (consec|excesiv|maxim|limite|alto)', 'tasa de rechazo', 'piezas malas'],
  empty: [
    `${thing}( \\w+){0,2} (vaci|agotad|acab|baj|falta|terminad)`,
    `(falta( de)?|sin|no hay|fin de|cambio de) ${thing}`,
  ],
  shortage: [
    'proveedor( \\w+){0,2} (retras|tarde|no)',
    '(falta|sin) materia prima',
    'esperando (material|entrega)',
    'pendiente de (material|entrega)',
  ],
  badLot: [
    'fuera de (tolerancia|especificac)',
    '(nuevo|otro|mal|cambio de) proveedor',
    'nuevo lote',
    'no conforme',
  ],
  noRead: ['ilegible', 'codigo no leid'],
  mismatch: [
    'no coincide',
    'codigo (erroneo|equivocado|distinto)',
    '(pelicula|carton|articulo)( \\w+)? (equivocad|incorrect|errone|distint)',
  ],
  nobody: ['(esperando|llamada) operari', 'falta de personal', 'en descanso'],
  hold: ['retencion', 'cuarentena', 'laboratorio'],
  control: ['estanqueidad', 'prueba (no superada|caducada)', 'test (fallido|no superado)'],
  setting: ['valor de consigna', 'programa (erroneo|equivocado)'],
  server: [
    '(esperando|espera) (de )?(datos|servidor|respuesta|mes|erp)',
    'sistema (no responde|parado)',
    'conexion (perdida|rechazada)',
  ],
  air: ['aire( \\w+){0,2} (falta|insuf|baj)', '(falta|caida|sin) (de )?(presion de )?aire'],
  cooling: ['amoniaco', 'grupo de frio', 'agua (glacial|helada|de torre)'],
  cleaning: ['enjuag', 'desinfec', 'higieniz'],
  upstream: [
    '(masa|leche|jarabe|mezcla|lote|producto)( \\w+){0,3} (no (list|liberad|prepar)|retrasad|pendiente)',
    'falta de (masa|mezcla|jarabe|leche)',
  ],
  starved: [
    'falta( de)? alimentacion( de)? (producto|bote|botella|envase|lata|pieza|tapon|carton)',
    'sin producto',
    'falta (de )?(botes|botellas|piezas)$',
  ],
  blocked: [
    'saturacion',
    '(pulmon|acumulador|mesa)( \\w+)? llen',
    'esperando salida',
    'maquina siguiente parada',
  ],
};
