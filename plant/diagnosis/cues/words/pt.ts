import type { Language } from './language.ts';
import { temp } from './language.ts';

const thing =
  '(tampas?|rotul\\w+|etiquet\\w+|filmes?|bobin\\w+|cola|carta[oe]\\w*|caixas?|tinta|fita|palet\\w*|parafus\\w+|component\\w+|magazine|tremonha|cartuch\\w+|rolos?|tubetes?|material|consumiv\\w+|pelicula|vibrador\\w*|cuba|granulad\\w+)';

/** Portuguese. */
export const pt: Language = {
  denial: { not: 'nao', without: 'sem|nenhum\\w*', between: 'se|de', trouble: 'falha|avaria' },
  says: {
    jam: [
      'encrav|entup|emperr|encalh',
      // A door is locked.
      '(?<!(porta|grade|tampa|protecao|cabo)( \\w+)? )travad',
      'bloqueio( \\w+){0,2} (entrada|alimentacao|estrela|produto|sem ?fim)',
      '(entrada|alimentacao)( \\w+){0,2} (bloquead|obstruid)',
      '(garrafa|lata|caixa|produto|peca|log|embalagem)s? (caid|tombad|atravessad|pres[oa])',
      'foto ?celula( \\w+){0,4} (tapad|cobert|ocupad|obstruid)',
      'acumulacao( \\w+){0,2} entrada',
    ],
    drive: [
      'acionamento|inversor|sobrecorrente|sobreintensidade|redutor|rolamento|correia|disjuntor|eixo',
      'acoplamento|erro de seguimento|embraiagem|corrente (partida|quebrada)|binario (alto|excess|maximo)',
    ],
    sensor: [
      'suj[oa]\\b|refletor|fim de curso|presenca (de )?(peca|produto)',
      '(peca|produto|tampa) nao (detet|detect|present)',
      'marca (de )?(corte|registr?o|impressao)',
      'lentes?( \\w+){0,2} (suj|embaci|risc|desalinh)',
    ],
    lights: ['(foto ?celula|sensor)( \\w+){0,3} (tapad|cobert|ocupad|suj|instavel)'],
    comms: [
      'comunicacao|desconectad|inacessivel|cabo (partido|cortado|solto)',
      '(falta|perda|falha|erro|sem)( de| da)? (comunicacao|ligacao|rede|bus)',
      '(escravo|modulo|estacao|ilha)( \\w+){0,3} (perdid|ausente|offline|desligad|sem|em falha)',
      'automato( \\w+){0,2} (parad|falha)',
    ],
    fieldbus: ['rede de campo'],
    safety: [
      'seguranca|grade abert|cogumelo|cortina (de luz|otica)|cabo( de)? (emergencia|paragem)',
      'protecao (abert|movel)',
      'porta( \\w+){0,4} (abert|seguranca|nao fech)',
      'barreira( de)? (seguranca|luz|otica|fotoeletrica)',
      'tampa( \\w+){0,2} abert',
    ],
    zone: ['cadeia (de )?(emergencia|seguranca)'],
    cold: [
      'subtemperatura',
      `${temp}( \\w+){0,3} (baixa|insuficiente|minima|abaixo|nao atingida|inferior)`,
      'resistencia( \\w+){0,2} (queimad|avariad|falha)',
      'aqueciment\\w*( \\w+){0,2} (falha|insufic|avaria)',
    ],
    hot: [
      'sobreaquec|superaquec|muito quente|ventoinha',
      `${temp}( \\w+){0,3} (alta|elevada|maxima|acima|excessiva)`,
    ],
    heat: ['quente'],
    airing: ['ventoinha|ventilador|filtro'],
    leak: [
      'vazamento|eletrovalvula|vedante|bico|pinga|gotej|peso baixo|sub ?(dosagem|enchimento)',
      'enchimento (baixo|insuf)|nivel( de)? enchimento',
    ],
    fill: ['conteudo|enchimento'],
    rejects: ['rejeic|rejeitos|refugo|defeitos (seguidos|consec)'],
    empty: [
      `${thing}( \\w+){0,2} (vazi|esgotad|acab|baix|em falta|terminad|no fim)`,
      `(falta|sem|fim|acabou|acabaram|reabastecer|encher)( de| da| do| a| o| as)? ${thing}`,
      'nivel baixo(?! (oleo|agua))',
    ],
    shortage: [
      'ro[tp]\\w*ura de (stock|estoque)|sem (material|stock|estoque)|aguarda\\w* (material|entrega)',
      '(stock|estoque) (esgotado|zero)',
      'falta( de)? (material|componente|materia)',
      'fornecedor( \\w+){0,2} (atras|nao)',
    ],
    wanting: ['falta|sem |vazi|aguard'],
    badLot: [
      'novo lote|empenad|fora (de |da )?(tolerancia|especif)|(novo|outro|mudanca de) fornecedor',
      'lote (mau|novo|defeituos|nao conforme)',
      '(lote|peca|tampa|rotulo|etiqueta|garrafa|lata|caixa|embalagem|material|produto)s?( \\w+)? defeituos',
    ],
    noRead: ['nao lid|ilegivel|sem leitura|leitura (falh|invalid)'],
    mismatch: [
      'nao corresponde',
      '(codigo|rotulo|etiqueta|material|artigo|filme)( \\w+)? (errad|incorret|trocad|diferente)',
    ],
    hold: ['qualidade|retid|quarentena|lote bloqueado|liber(t?)acao'],
    held: ['retid'],
    drift: ['aferic|falsos rejei|rejeita( \\w+)? bo[am]', 'desvio (da|de) (camera|balanca|sensor)'],
    control: [
      'raios x|corpo estranho|estanquidade|provete|dete\\w*or( de)? metais',
      'teste( \\w+)? (falh|nao|em atraso)',
    ],
    setting: ['receita|valor de referencia|programa (errado|incorreto)'],
    checking: ['balanca|controle (final|de (qualidade|peso))'],
    nobody: [
      'ninguem|aguarda operador|falta( de)? (pessoal|operador|gente)|sem (operador|pessoal|gente)',
      'posto (vazio|descoberto)',
    ],
    mishap: [
      'incendio|bombeiros|ponto de encontro|sirene|ameaca de bomba|ambulancia|policia|acidente|ferido|inunda|goteira|passaros?\\b|pombos?\\b|vespas?\\b|abelha',
      'marimbondo|ratos?\\b|praga|insetos?\\b|simulado|simulacro|evacua\\w*( \\w+){0,3} (pessoal|predio|fabrica|edificio)',
      'agua( \\w+){0,3} (telhado|teto)\\b',
    ],
    mechanic: [
      '(espera|aguarda\\w*|chamad\\w*)( \\w+){0,3} (manutencao|tecnic\\w*|mecanic\\w*|eletricist\\w*)',
      '(manutencao|tecnico|mecanico|eletricista)( \\w+){0,2} (chamad|nao|ocupad|atrasad)',
    ],
    startUp: ['afinac|primeiras pecas|apos (a )?mudanca'],
    air: ['ar comprimido|(pressao|falta|queda)( de| do)? ar\\b', 'baixa pressao(?! (oleo|agua|vapor))'],
    power: [
      'subtensao|apagao|rede eletrica',
      '(queda|falta|falha|quebra|corte)( de| da)? (tensao|energia|corrente|fase|rede|alimentacao(?!( de| do| da)? (produto|garrafa|lata|tampa|caixa|peca|rotulo))|luz)',
    ],
    cooling: ['arrefec|agua (gelada|fria|de arrefec)'],
    server: [
      'sem resposta|nao responde|base de dados|faltam dados|dados em falta|tempo (esgotado|excedido)',
      'sistema (lento|em baixo|parado)',
      'aguarda\\w* (dados|servidor|mes|erp|resposta)',
      '(ligacao|conexao) (perdida|recusada|interrompida)',
    ],
    network: ['ligacao|conexao'],
    dispatch: [
      'camiao|caminhao|empilhador|sem espaco|palet\\w* (por|nao) (recolh|retir)',
      '(cais|expedicao|armazem|patio|saida de palet\\w*)( \\w+){0,3} (chei|bloquead|ocupad|lotad|sem espaco)',
    ],
    upstream: [
      'misturador|deposito vazi|tanque( \\w+)? (vazio|baixo|nao)',
      'montante( \\w+){0,2} (parad|atrasad|vazi|avariad|em espera)',
      '(aguarda\\w*|espera|falta|paragem|atraso|falha)( \\w+){0,2} montante',
      '(xarope|leite|massa|mistura|lote)( \\w+){0,3} (nao pront|atrasad|nao liber|em falta)',
      'aguarda\\w* (mistura|tanque|lote|massa)',
    ],
    ready: ['aprovad'],
    notReady: ['nao |aguard'],
    changeover: ['troca de (formato|produto|molde)', 'mudanca( de)? (formato|produto|referencia|serie)'],
    cleaning: ['limpeza|lavagem|higieniz|enxagu'],
    noOrder: ['ordem (terminad|concluid|em falta)', '(sem|fim de|aguarda|falta de) (ordem|encomenda|plano)'],
    starved: [
      'aguarda\\w* produto|entrada vazia|montante (parad|vazi)',
      'falta( de)? (produto|garrafas?|latas?|embalagem)',
    ],
    blocked: [
      'aguarda\\w* saida|saida (cheia|bloqueada|ocupada)',
      'acumulador\\w*( \\w+){0,3} cheio',
      'jusante( \\w+){0,2} (parad|chei|bloquead|avariad|satur|ocupad|em espera)',
      '(aguarda\\w*|espera|paragem|atraso|falha|avaria|bloqueio)( \\w+){0,2} jusante',
    ],
  },
  lacks: { air: 'ar (comprimido|de)', power: 'tensao|corrente|energia', cooling: 'agua (gelada|fria)' },
  states: {
    running: 'em (marcha|produ\\w*)|produzindo',
    production: 'producao',
    standing: 'parad[ao]\\w*',
    fault: 'avaria|falha|encravad',
  },
  vague: 'avaria|falha|paragem|linha',
  plans: {
    changeover: ['(mudanca|troca) de (formato|produto|referencia|molde)'],
    cleaning: ['limpeza|lavagem|higieniz'],
    break: ['pausa (almoco|refeicao|lanche)', 'almoco|refeicao'],
    planned_maintenance: [
      'preventiv\\w* manut',
      'manutencao( \\w+)? prevent',
      'manuten\\w* (program|plane|planif)',
    ],
    no_shift: ['sem turno'],
    meeting: ['reuniao'],
  },
  tags: {
    rejects: 'rejei|refugo',
    pressure: 'pressao|(^|_)vacuo',
    voltage: 'tensao',
    load: 'corrente|potenc',
    level: 'nivel',
    speed: 'velocid',
    count: 'pecas',
  },
  things: {
    cap: 'tampas?',
    label: 'rotul\\w*',
    carton: 'caixas?',
    film: 'filmes?',
    screw: 'parafusos?',
    ink: 'fita',
  },
};
