const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** First names and surnames that are also everyday words: alone, they count only where a name is likely. */
export const ordinaryWords = set(`
  abbot amber angel april archer art august autumn bacon baker ball bank banks barber barn baron basil bay bean
  beck bell bells best bill birch bird bishop black blossom bond booth bow bowl box branch brand bridge bridges
  bright brook brooks brown buck bud bull burden burn burns bush butcher butler camp cannon care carpenter carter
  case cash chamber chambers chance chapel charity chase chastity child childs christian church clay cliff close
  coal cook cool cooper coral corner cotton court cox crane crisp cross crow crown crystal curry dale daisy dawn
  day days deacon dean dear deed destiny drew drew duke dusty dyer early earl east easter eden elder english eve
  fair fairy faith farmer fern field fields finch fish fisher flood flower flowers ford forest foster fountain fox
  frank free freeman french friend frost garden gardener gardner garland gay gene gift glass glen gold golden good
  goodman grace grant gray green grey ground grove guest guy hall hand hands hardy harmony harper hart haven hawk
  hay hazel head heath heather heaven hill hills hobby holiday holly hollow home honor honour hood hook hope house
  hunt hunter hurst ice iris iron ivy jack jade jasmine jay jewel job jolly joy judge july june justice keen key
  keys kid kind king kitchen knight knowles lake lamb land lane lark laurel law leaf lees light lily lime little
  lock long lord love low lucky major march mark marks marsh marshall mason may mayor meadow means mercy merry
  mills miller milk mist monday moon moor moore moss mount mundy neat new newman noble noon north nurse oak ocean
  olive page pain palmer paradise park parks parson parsons patience peace peacock pearl penny pepper piper pike
  plant plum pole pollard pond pool poole pope poppy porter potter pound pounds powder power powers precious pratt
  price pride prince prior promise prudence quick quill rain ray read ready reason reed reeve rice rich rider ridge
  ring river rivers roach roads rob robin rock rod roman rook root rose rowan royal ruby rush rusty sage salmon
  sand sandy savage say seal self sharp shaw shepherd ship short silver singer skinner sky sleep sloan small smart
  snow song south spark sparks speed spence spring stamp star stark stern steel stone storm story street strong
  sue summer summers sun sunny swan sweet swift sykes tanner temple thorn tiger tower town trace treasure tree trinity
  true trust turner twist unity usher vale valentine valley van verity victory vine violet voice waite walker wall
  walls ward waters way weaver weeks wells west wheeler white wild will winter winters wise wish wolf wood woods
  woody work worth wright year york young
  all and any are but can her him his how its man many men most much not off old one our out own per said sam see she
  son sung than that the them they this too two was way what when who why with you act add age aim also back base
  both call data down each else even ever file full goal here just keep last late left less like line list live look
  made main make more must name need next note only open over part plan read role safe same seen send set some soon
  such sure take task team tell then time told turn upon used very view visit well went were wide your`);

/** Months and seasons, which take a capital wherever they stand. */
export const calendarWords = set(`
  january february march april may june july august september october november december spring summer autumn
  winter easter monday`);

export const titles = set('mr mrs ms miss mx dr prof professor sir lady dame rev reverend');

/** Verbs of people, not of things: what follows a name standing alone at the start of a sentence. */
export const personVerbs = set(`
  said says told tells asked asks agreed agrees explained explains described describes felt feels thought thinks
  believes noted notes wrote writes reported spoke speaks called rang phoned emailed visited visits met meets saw
  sees led leads presented presents chaired chairs attended attends joined joins shared talked talks reviewed reviews
  completed completes recorded records supervised supervises wants wanted tried knows knew works worked helped helps
  went came left lives moved turned trusts suggested thanked hopes hoped took takes kept keeps gave gives became
  agreeing graded moderated signed confirmed raised brought arranged offered`);

/** Mid-sentence, a capital after one of these is on a thing, a grade or a heading: "a Green paper". */
export const beforeThings = set(`
  the a an this that these those each every any some no our your their its one graded rated grade rating in on since
  until last next early late mid of or is are was were be as`);

/** After a name, these make it a place, a body or a thing. */
export const thingsNamed = set(`
  road street avenue lane close drive crescent terrace gardens grove house hall court park square team teams
  council borough county city town hospital centre center university college school academy nursery surgery clinic
  service services act bill model framework inquiry enquiry report review paper case test scale index method
  trust foundation charity union station bridge church day week month award prize ward locality area hub unit`);

export const particles = set(
  'de da do dos del della di du la le van von der den ter bin ibn al el ap ab st mac mc',
);

/**
 * Short forms of the field that are not initials (the sample is the report's own and children's services'
 * everyday ones). Someone whose initials are one of these is found where the text says "initials" or
 * writes the stops.
 */
export const shortForms = set(`
  ad ado adhd amhp asc asd asye bame bme ca caf cafcass camhs cce cd ceo cic cin cla cme cp cpc cps cpp cse csc csp ct
  cv cyp da dash dbs dcs df dfe dh dhsc diy dna dob dols dp dpia dr ds dv eet eh eha ehc ehcp ehe ehm ep es esol eu faq
  fc ff fft fgc fgm fii fnp fsm ft gcse gdpr go gp ha hb hmrc ho hos hr hv ia ic ico icpc icr icb id idva ie if ilacs
  imd in io irh iro isva it iva la lac lado las lcs lgbt llr lp lsa lscp maash maca mappa marac mash mca mdt me mg mh
  mhst mp ms my na nai nb neet nhs no nrm nspcc ofsted oh ok on or ot pa pac pb pc pdf pep ph phe pip plo plr pm po pp
  pr pru ps pshe pwe py qa qi ra rag rcpc rhi ri rpc sa sao sc scr sdq se sen senco send sgo sg sip sit sla slt sm smart so
  sp sss st stw sw swa swe ta taf tac tb td tm to tv uasc uc uk un up us vat vs vsh we wt yot yp yps ypa yjs am an
  as at be by do he hi ii iii iv vi vii`);
