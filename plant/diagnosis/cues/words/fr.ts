import type { Language } from './language.ts';
import { alone, electric, temp } from './language.ts';

const thing =
  '(bouchon|capsule|couvercle|etiquette|film|bobine|colle|carton|etui|encre|ruban|notice|palette|intercalaire|godet|vis|composant|consommable|magasin|tremie|matiere|gobelet|tube|cartouche|rouleau|barquette|opercule|poudre|manchon|fil|granule|bol|goulotte)s?';

/** French. */
export const fr: Language = {
  denial: {
    not: 'pas',
    without: 'pas d[e ]?|aucune?|sans',
    never: 'hors',
    noMore: 'plus d[e ]?',
    between: 'd|de|se',
    trouble: 'defaut|panne',
  },
  says: {
    jam: [
      'bourrage|coinc|enray|encombrement',
      'blocage( \\w+){0,3} (entree|alimentation|etoile|vis|magasin|couloir|guide|produit|carton|flacon|bouteille|piece)',
      '(entree|alimentation)( \\w+){0,2} (bloque|coince|bourr|obstru)',
      '(produit|flacon|bouteille|carton|etui|boite|piece|pot)s? (coince|tombe|couche|renverse|bloque|en travers)',
      'accumulation( \\w+){0,2} entree',
      '(cellule|barrage|faisceau)( \\w+){0,4} (occulte|coupe|masque|obstrue|couvert)',
    ],
    drive: [
      'entrainement|surcouple|surintensite|surcharge|disjonct|axe\\b|courroie|reducteur|accouplement',
      'roulement|relais thermique|contacteur|erreur de poursuite|embrayage|chaine (cass|romp|saut)',
      `moteur(?!\\w*( \\w+){0,3} ${temp})`,
      `variateur(?!( \\w+){0,2} ${temp})`,
      'couple (max|eleve|trop|limite|depasse)',
    ],
    sensor: [
      'capteur|reflecteur|encrass|lentille|fibre optique|barriere (optique|photo)',
      // Not the cell of a robot, and not one that weighs.
      'cellule(?! (robot|de (charge|pesee|pesage|production|palett\\w*|soudage)|d assemblage|pesage))',
      'presence (piece|produit|flacon|bouteille|bouchon|etui)',
      '(piece|produit|flacon|bouchon|etui) (non|pas) (detect|vu|present)',
      '(repere|marque|spot) (de )?(coupe|impression|registre|couleur)',
    ],
    lights: [
      '(cellule|capteur|barrage)( \\w+){0,3} (occulte|masque|obstrue|couvert|encrass|sale|instable|en permanence)',
    ],
    comms: [
      'communication|deconnect|hors ligne|injoignable|codeur|bus (de terrain|en defaut|coupe)',
      'rupture (de )?(cable|fil)',
      '(perte|defaut|absence|coupure)( de| du| de la)? (comm\\w*|liaison|reseau|bus|noeud|station|esclave|module)',
      '(noeud|esclave|station|module|ilot)( \\w+){0,3} (perdu|absent|hors ligne|en defaut|deconnect|injoignable|muet)',
      'automate( \\w+){0,2} (stop|defaut|arret)',
    ],
    fieldbus: ['bus de terrain'],
    safety: [
      'urgence|portillon|securite|barriere immaterielle|coup de poing|protecteur|bimanuelle',
      'arret( d)? urgence|carter (ouvert|non|de protection)|capot (ouvert|leve|non)',
      'rideau (immateriel|lumineux)|cable (de )?(traction|arret)',
      'portes?( \\w+){0,4} (ouvert|deverrou|non ferm)',
      'porte (de )?(securite|acces|protection)',
    ],
    zone: ['chaine (d )?(urgence|securite|arret)'],
    cold: [
      'trop froid|pas assez chaud',
      `${temp}( \\w+){0,3} (basse|insuffisante|inferieure|non atteinte|sous|en dessous|(?<!\\d )mini?(male?|mum)?\\b)`,
      'resistance( \\w+){0,2} (hs|defaut|coupee|grillee)',
      '(defaut|absence)( de)? (chauffe|chauffage|resistance)',
      'chauffe( \\w+)? (defaut|insuffisante|arretee|hs)',
    ],
    hot: [
      'surchauffe|echauffement|trop chaud|surtemperature|ventilateur|thermistance',
      `${temp}( \\w+){0,3} (haute|elevee|superieure|excessive|depassee|maxi?(male?|mum)?\\b)`,
    ],
    heat: ['chaud'],
    airing: ['ventilat|filtre'],
    leak: [
      'fuite|vanne|electrovanne|clapet|buse\\b|goutte|joint (use|hs|fuit|defect)',
      'buses (bouch|us|encr|gout|fui)|sous ?(dosage|remplissage|poids)|dosage (insuff|faible|hors)',
      'niveau (de )?remplissage|poids (insuffisant|faible|bas)',
    ],
    fill: ['contenu|remplissage|poids|dosage'],
    rejects: ['rejets?\\b|rebuts?\\b|non conformes', 'defauts (consecutifs|successifs|repet)'],
    empty: [
      'niveau (bas|mini)',
      `${thing}( \\w+){0,2} (vide|epuise|bas|basse|manquant|fini|absent|termine|en fin)`,
      `(manque|plus|fin|absence|recharger|remplir|changer)( de| d| du| la| le| les)? ${thing}`,
    ],
    shortage: [
      'plus de (stock|matiere)|stock (vide|epuise|insuff)',
      'rupture( de)? (stock|matiere|composant|appro)',
      'manque( de)? (matiere|composant|appro)',
      'attente( de)? (matiere|livraison|appro|composant)',
      'fournisseur( \\w+){0,2} (retard|pas livre|absent)',
    ],
    wanting: ['manque|absence|vide|attente|plus de '],
    badLot: [
      '(mauvais|nouveau) lot|lot (non conforme|defectueux|douteux)|hors (tolerance|cote|spec)',
      '(bouchon|film|carton|etiquette|flacon|piece|capsule)s? (deform|defectueu|voil|tordu|abime|gondol)',
      '(nouveau|autre|mauvais|changement de) fournisseur',
    ],
    noRead: ['non lu|illisible|pas de lecture|code (absent|illisible)|lecture (impossible|echou)'],
    mismatch: [
      'ne correspond|non concordan|discordance',
      'mauvais (code|produit|film|carton|article|format|bouchon)',
      'mauvaise (etiquette|reference|matiere|bobine)',
      '(code|etiquette|article|reference|matiere) (incorrect|erron|fau|different)',
    ],
    hold: ['qualite|quarantaine|liberation|lot bloque|labo\\b|retenu'],
    held: ['bloqu'],
    drift: ['etalonn|tarage|derive|faux rejets?|rejette (des )?(bons|bonnes)'],
    control: [
      'rayons x|corps etranger|etancheite|detecteur (de )?metaux|verification (echou|non|en retard)',
      'test( \\w+){0,3} (echec|echoue|rate|en retard|non)',
    ],
    setting: ['consigne|recette|parametre|programme (faux|incorrect|change)|reglage (modifie|change)'],
    checking: [
      'peseuse|mireuse|rayons|controle (qualite|visuel|poids|final)|trieuse (ponderale|optique)',
      // A control panel controls something else.
      '^controle\\b(?! (panel|painel))',
    ],
    nobody: [
      'sous effectif|manque( de)? personnel|poste (vide|non tenu)',
      'operateur (absent|requis|demande|manquant)',
      '(attente|appel|aucun|manque) (operateur|conducteur)',
      '(operat\\w+|conduct\\w+|personnel|equipe|monde|parti\\w*)( \\w+){0,2} en pause',
      'en pause (operat|conduct|personnel|equipe)',
    ],
    mishap: [
      'incendie|pompiers|point de rassemblement|sirene|alerte a la bombe|ambulance|police\\b|accident|blesse(?! \\w+ice)|inond|oiseaux?\\b|pigeons?\\b|guepe|abeille',
      'frelon|souris\\b|rats?\\b|nuisible|insectes?\\b|exercice d?.?evacuation|evacuation( \\w+){0,2} (personnel|site|usine|batiment|hall|atelier|generale)',
      '(eau|fuite|goutte)\\w*( \\w+){0,3} (toit|toiture|plafond)',
    ],
    mechanic: [
      '(attente|appel\\w*)( \\w+){0,3} (maintenance|technicien|mecan\\w*|electricien|depann\\w*)',
      '(maintenance|technicien|mecan\\w*|electricien|depann\\w*)( \\w+){0,2} (appel|pas la|absent|occup|en retard|attendu)',
    ],
    startUp: [
      'reglage|premieres pieces|apres (le )?(changement|reglage)',
      '(?<!(defaut|echec|erreur|temps|refus)( de)? )demarrage(?! (moteur|pompe|impossible|refuse|convoyeur))',
    ],
    air: [
      'air comprime|pneumatique|compresseur|pressostat( d| de l)? air',
      '(pression|manque|defaut|absence|chute)( d| de l)? air',
    ],
    power: [
      'micro ?coupure|(panne|defaut|tension) secteur|panne (de courant|electrique)',
      'coupure( de)? (courant|secteur|electri\\w*|tension|alimentation)',
      '(chute|creux|baisse|manque|perte|absence)( de| d)? (tension|alimentation(?!( en| de| du)? (produit|bouteille|flacon|piece|boite|pot|bouchon|film|carton))|secteur|phase|courant)',
    ],
    cooling: ['refroid|groupe froid|aerorefriger|frigori|eau (glacee|froide|de refroid)'],
    server: [
      'serveur|ne repond pas|base de donnees|delai (depasse|d attente)|(pas de|aucune|sans) reponse',
      'attente (serveur|donnees|mes|erp|etiquette|reponse|impression)',
      '(imprimante|superviseur|systeme)( \\w+){0,3} (hors|injoignable|en panne|indisponible|lent)',
      'donnees (manquantes|absentes|non recues)',
      'connexion (perdue|refusee|echouee|interrompue)',
      'reseau (informatique|ethernet|indispo|perdu|coupe|usine|hors)',
      '(panne|perte|coupure|pas de|plus de)( du| de)? reseau(?! (air|eau|vapeur|electri))',
    ],
    network: ['connexion|liaison'],
    dispatch: [
      'camion|cariste|chariot elevateur|(pas|plus) de place',
      '(quai|expedition|sortie palette|evacuation|navette|transstockeur)( \\w+){0,3} (plein|satur|bloqu|occup|complet)',
      // Bloqué it may also be the magazine of a machine.
      'magasin( pf| produits finis| expedition| general)? (plein|satur|complet)',
      'palettes? (non evacu|en attente|pas enlev)',
    ],
    upstream: [
      'melangeur|cuve( \\w+)? (vide|basse|pas|non)',
      'amont( \\w+){0,2} (arret|attente|manque|en panne|en retard|vide|stopp|a l arret|non pret)',
      '(arret|attente|manque|defaut|panne|retard)( \\w+){0,2} amont',
      '(jus|sirop|lait|pate|vrac|brassin|melange|lot)( \\w+){0,3} (pas pret|en retard|non libere|non pret|indisponible)',
      'attente (process|cuve|melange|brassin|preparation)',
    ],
    ready: ['pret\\b|conforme', '(?<!a )libere(e?s?)\\b', '(?<!a )approuv'],
    notReady: ['attente|pas |bloqu|a (liberer|approuver)'],
    changeover: ['changement|reglage format'],
    cleaning: ['nettoy|lavage|desinfect|rincage'],
    noOrder: [
      'ordre termine|plus de (commande|planning)',
      '(pas d|aucun|sans|attente|fin d) ?(ordre|of\\b|commande)',
    ],
    starved: [
      'entree vide|^manque( amont)?$|amont (arrete|vide|a l arret)|absence( de)? produit',
      'manque( de| d)? ((en|d) )?(alimentation( en| de| du)? )?(produit|bouteille|flacon|piece|boite|pot)',
      `attente (produit|amont|alimentation(?!${electric}))`,
    ],
    blocked: [
      'saturation|accumulation (aval|sortie|pleine)|attente (aval|evacuation|sortie)',
      'sortie (pleine|saturee|bloquee|bouchee)',
      'aval (arrete|plein|sature|bloque|a l arret)',
    ],
  },
  lacks: {
    server: 'serveur|reseau informatique',
    air: 'air comprime',
    power: 'tension|courant',
    cooling: 'eau (glacee|froide|de refroid)\\w*|refroid\\w*',
  },
  states: {
    running: 'en (marche|service|produ\\w*)|fonctionne',
    production: 'production|marche',
    standing: 'fin|arret\\w*',
    fault: 'panne\\b|(?<!par )defaut|urgence',
  },
  vague: 'defaut|panne|arret\\w*|ligne',
  plans: {
    changeover: ['changement (de )?(format|serie|produit|lot|outil|campagne)'],
    cleaning: ['nep\\b|nettoy|lavage|desinf'],
    break: [alone('pause'), 'pause (dejeuner|repas|cafe|equipe|legale|planifiee|midi|casse)', 'repas\\b'],
    planned_maintenance: ['maintenance\\w* (program|planif)'],
    no_shift: ['hors (poste|equipe)'],
    meeting: ['reunion'],
  },
  tags: {
    other: 'poids',
    setpoint: '(^|_)consigne(_|$)',
    rejects: 'rebut|rejet',
    buffer: 'tampon',
    load: 'courant|couple|puissance',
    level: 'niveau|tremie|bobin(?!ad|at|eu|oir)|diametr',
    speed: 'vitesse|cadence',
    count: 'compteur',
  },
  things: {
    cap: 'bouchons?|capsul\\w*',
    lid: 'couvercles?|opercules?',
    label: 'manchons?|\\w*etiquet\\w*',
    carton: 'etuis?',
    film: 'filmes?|rouleaux?',
    glue: 'colle',
    screw: 'vis',
    ink: 'encre|ruban',
  },
};
