const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/**
 * Names that are also everyday words, which begin sentences and appear in titles: alone, they need a sign of a
 * person.
 */
export const everydayWords = set(`
  manager worker first second third fourth
  dear prior elder burden burn royal roman crown trinity wall kid oak york stern bell ball amber april art
  august autumn bank best bill black bond box branch brand bridge bright brown bush camp care case cash
  chamber chance charity chase chastity child childs christian church close coal cook cool corner court
  cross day days deed drew early east easter english fair faith field fields fish flood flower flowers
  forest foster frank free french friend garden gift glass gold golden good grace grant gray green grey
  ground grove guest hall hand hands hardy harmony head hill hills hobby holiday home honor honour hope
  house ice iron job joy judge july june justice keen key keys kind king kitchen lake land lane law leaf
  light little lock long lord love low lucky major march mark marks may mayor means mercy milk mist monday
  moon mount neat new noon north nurse ocean page pain park parks patience peace plant pole pond pool
  pound pounds powder power powers precious price pride promise quick rain ray read ready reason rich ring
  river roads rob rock root rose rush rusty sand say seal self sharp ship short silver sky sleep small
  smart snow song south spark speed spring stamp star stark steel stone storm story street strong sue
  summer sun sunny sweet swift temple tower town trace treasure tree true trust twist unity valley victory
  voice ward waters way weeks west white wild will winter wise wish wood woods work worth year young all
  and any are but can her him his how its man many men most much not off old one our out own per said sam
  see she son sung than that the them they this too two was what when who why with you act add age aim
  also back base both call data down each else even ever file full goal here just keep last late left less
  like line list live look made main make more must name need next note only open over part plan role safe
  same seen send set some soon such sure take task team tell then time told turn upon used very view visit
  well went were wide your`);

/** Names that are also words, but rarely with a capital: alone, they are a name only when they have one. */
export const rarerWords = set(`
  abbot angel archer bacon baker banks barber barn baron basil bay bean beck bells birch bird bishop
  blossom booth bow bowl bridges brook brooks buck bud bull burns butcher butler cannon carpenter carter
  chambers chapel clay cliff cooper coral cotton cox crane crisp crow crystal curry dale daisy dawn deacon
  dean destiny duke dusty dyer earl eden eve fairy farmer fern finch fisher ford fountain fox freeman
  frost gardener gardner garland gay gene glen goodman guy harper hart haven hawk hay hazel heath heather
  heaven holly hollow hood hook hunt hunter hurst iris ivy jack jade jasmine jay jewel jolly knight
  knowles lamb lark laurel lees lily lime marsh marshall mason meadow merry mills miller moor moore moss
  mundy newman noble olive palmer paradise parson parsons peacock pearl penny pepper piper pike plum
  pollard poole pope poppy porter potter pratt prince prudence quill reed reeve rice rider ridge rivers
  roach robin rod rook rowan ruby sage salmon sandy savage shaw shepherd singer skinner sloan sparks
  spence summers swan sykes tanner thorn tiger turner usher vale valentine van verity vine violet waite
  walker walls weaver wells wheeler winters wolf woody wright pat bob don miles gale wade lance nick mike
  jean constable manning sterling parish tan pan tin fan din den kit gill
  bolt cope dodge drake gore hale heard hoy kerr lent main moody nutt pack pitt peel pew rudge sears tate tripp`);

/** Months, seasons and days, which always take a capital. */
export const calendarWords = set(`
  january february march april may june july august september october november december spring summer autumn
  winter easter monday tuesday wednesday thursday friday saturday sunday`);

export const titles = set('mr mrs ms miss mx dr prof professor sir lady dame rev reverend');

/** Verbs of people, not of things: what follows a name standing alone. */
export const personVerbs = set(`
  said says told tells asked asks agreed agrees explained explains described describes felt feels thought thinks
  believed noted notes wrote writes reported spoke speaks called rang phoned emailed visited visits met meets saw
  sees led leads presented presents chaired chairs attended attends joined joins shared shares talked talks reviewed
  reviews completed completes recorded records supervised supervises wants wanted tried tries knows knew works worked
  helped helps went came left lives moved turned trusts suggested suggests thanked hopes hoped took takes kept keeps
  gave gives became agreeing graded moderated signed confirmed confirms raised raises brought brings arranged
  arranges offered offers sent sends checks checked holds held covers covered found finds writes used uses
  prepared drafted challenged listened followed volunteered countersigned co`);

/** A word before a name: somebody is spoken to, or held a role. */
export const beforePeople = set(`
  ask asked tell told thank thanks thanked email emailed phone phoned ring rang cc speak spoke met meet dear hi hello
  adviser advisor coordinator assistant consultant officer director worker workers manager managers reviewer practitioner practitioners supervisor lead colleague moderator
  owner student author chair sw tm qa iro ssw asw aysw asye sm ad hos dtm atm`);

/** Mid-sentence, a capital after one of these is on a thing, a grade or a heading: "a Green paper". */
export const articles = set(
  'the a an this that these those each every any some no our your their its one next last',
);

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
 * Abbreviations that act: roles, bodies, and words in capitals. Someone whose initials are one of these is
 * found where the text says "initials" or writes the stops.
 */
export const actingForms = set(`
  ad am amhp an as asye at atm aysw be bss by cafcass camhs ceo dcs df dfe do dr dtm edt ehm ehw fsw go gp
  ha he hi hmrc ho hos hr hv idva if ii iii in iro is isva it iv la lado lscp mash me mp my na nhs no
  nspcc ofsted oh ok on or pa pm po qa rm sen senco sgo slt sm smt ssw sw swa ta tac taf tm to uk un up us
  vi vii we yot yp ypa yps`);

/** Abbreviations of things and kinds of work (PR, DP, TB): initials only where somebody acts or is addressed. */
export const thingForms = set(`
  adhd ado am aob asap asb asc asd bame bme ca caf cce cd cf cic cin cla cme cp cpc cpd cpp cps csc cse
  csp ct cv cwcn cwd cyp da dash dbs de dh dhsc diy dna dob dols dp dpia ds dv eal eet eg eh eha ehc ehcp
  ehe ep es esol eu faq faqs fc ff fft fgc fgm fii fnm fnp fsm ft fte ftm gcse gdpr hb ia ic icb ico icpc
  icr id ie ilacs imd io irh iva kpi lac las lcs ld lgbt llr lp lsa maash maca mappa marac mca mdt mg mh
  mhst ms msp nai nb neet nfa nrm nw ot pac pb pc pdf pdsa pep ph phe pip plo plr pm pme pp pr pru ps pshe
  pwe py qi ra rag rcpc rhi ri rpc sa sao sc scr sdq se send sg sip sit sla smart so sp sss st stw swe tb
  tbc tbd td tor tv uasc uc vat vs vsh wt wte yjs`);
