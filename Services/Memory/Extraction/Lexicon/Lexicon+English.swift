extension Lexicon {
  /// English. Words are folded; a word may stand in several groups.
  init(english: Void) {
    self.init(Self.closedClasses + Self.insideNames + Self.aroundNames + Self.timeAndAmounts)
  }

  private static let closedClasses: [(WordClass, StaticString)] = [
    (.determiner, "the a an this that these those each every some any another both either such"),
    (
      .preposition,
      """
      of in at on by for with from to into onto about after before during against between among through over under
      near around behind beyond within without since until till upon across along above below beside besides despite
      towards toward via per inside outside amid unlike like as than throughout off out up down
      """
    ),
    (.locative, "in at from near to into around across outside inside towards toward throughout via within"),
    (.conjunction, "and or but nor yet so because although though while whereas & plus"),
    (.be, "is are was were be been being am 's 're 'm isn't aren't wasn't weren't become becomes became"),
    (.auxiliary, "has have had having do does did 've hasn't haven't hadn't don't doesn't didn't"),
    (.future, "will shall 'll won't"),
    (
      .modal, "may might could should would must can cannot can't couldn't wouldn't shouldn't mightn't mustn't 'd ought"
    ),
    (
      .negation,
      """
      not never no neither nor none nobody nothing hardly isn't aren't wasn't weren't hasn't haven't hadn't don't
      doesn't didn't won't can't cannot couldn't wouldn't shouldn't mightn't mustn't without
      """
    ),
    (
      .adverb,
      """
      also now currently still recently later previously formerly originally once then already just soon first
      eventually finally always often usually sometimes really actually officially reportedly allegedly jointly
      subsequently initially successfully mostly mainly primarily long briefly famously today yesterday only even
      together longer happily quickly secretly publicly again ever since apparently very much strongly deeply absolutely
      """
    ),
    (.personPronoun, "he she him her himself herself"),
    (.firstPerson, "i me myself"),
    (.thingPronoun, "it itself"),
    (.pluralPronoun, "they them we us you themselves ourselves yourself"),
    (.possessivePronoun, "his her my their its our your"),
    (.relative, "who whom which whose that where"),
    (.condition, "if whether unless"),
    (
      .opener,
      """
      there here what when why how where who which whose whom yes no not well oh hello hi hey dear thanks thank please
      sorry ok okay maybe perhaps however moreover furthermore meanwhile therefore thus hence instead otherwise
      nevertheless nonetheless indeed according other others many most more much few several all none one two three
      four five six seven eight nine ten let lets do did does is are was were has have had can could will would should
      may might must today yesterday tomorrow tonight last next during despite although because since while until
      after before if unless whether yet still now then later earlier recently soon once again also another additionally
      overall finally firstly secondly originally initially unfortunately fortunately currently eventually afterwards
      everyone everybody someone somebody anyone nobody everything something nothing people just only even about
      good great new old my your his her its our their me him us them you he she it we they i born given both
      im ive ill dont cant wont didnt thats whats theres u ur lol omg rt wow haha yeah yep nope gonna wanna gotta
      get got go going come see look check watch read make take want need know think love like
      """
    ),
  ]

  private static let insideNames: [(WordClass, StaticString)] = [
    (.particle, "de del della di da do dos das du la le van von der den ter ten bin ibn al el bint y zu zur af av"),
    (.generation, "jr sr ii iii iv"),
    (
      [.abbreviation],
      """
      mr mrs ms dr prof st jr sr gen col lt sgt capt cpt maj adm rev hon gov sen rep pres supt inc ltd corp co bros
      dept univ assn vs etc approx est jan feb mar apr jun jul aug sep sept oct nov dec mt ft no vol fig al cf ca eds
      messrs mme mlle llc plc
      """
    ),
    (
      .organizationSuffix,
      """
      inc ltd llc llp plc corp corporation incorporated limited gmbh ag sa nv bv ab oy asa kk spa srl pty co company
      companies holdings holding group partners associates bros industries enterprises ventures
      """
    ),
    (
      .organizationHead,
      """
      university college school institute academy faculty bank ministry department agency bureau commission committee
      council parliament senate congress court association federation confederation foundation society union league
      club party army navy police force organization organisation alliance coalition board office church
      museum hospital clinic laboratory laboratories labs laboratory library theatre theater orchestra band records
      studios studio pictures entertainment media press news times post journal tribune gazette herald guardian
      airlines airways railways motors systems technologies technology software solutions services networks
      communications electronics pharmaceuticals insurance capital financial investments consulting energy
      petroleum steel foods brewery brewing restaurant hotel hotels stores markets center centre institution
      authority administration government cabinet assembly secretariat fund trust network corps brigade regiment
      battalion division fc united city rovers wanderers athletic team front movement
      liberation democrats republicans conservatives magazine radio television broadcasting channel tv
      publishing publishers books games interactive robotics semiconductor aerospace airline consortium
      """
    ),
    (
      .placeHead,
      """
      river lake mount mountain mountains street avenue road lane boulevard square county island islands bay valley
      sea ocean gulf strait peninsula desert forest park beach province district village town hills hill
      creek falls canyon coast harbor harbour port airport station bridge castle palace cathedral cape canal
      state republic kingdom emirate territory region borough parish heights garden gardens plaza tower
      south north east west northern southern eastern western fort point
      """
    ),
    (
      .eventHead,
      """
      war wars olympics cup festival conference battle summit games election elections championship championships
      marathon grand prix awards award expo congress symposium workshop revolution rebellion uprising treaty
      tournament open fair exhibition earthquake hurricane concert tour parade
      """
    ),
    (.productHead, "iphone ipad macbook galaxy pixel playstation xbox kindle windows android photoshop"),
    (
      .neverName,
      """
      tv ok am pm dvd cd pdf api faq lol omg rt dm ceo cto cfo coo vp hr pr ad bc bce gmt utc est pst edt html css http
      url usb gps atm id ids dna rna hiv aids ufo diy vip faqs pcs pc ai ml ui ux internet web god bible christmas
      easter halloween thanksgiving ramadan mom dad mum grandma grandpa sir madam moon sun earth
      """
    ),
    (
      .demonym,
      """
      american british english french german italian spanish portuguese dutch belgian swiss austrian swedish norwegian
      danish finnish icelandic irish scottish welsh polish czech slovak hungarian romanian bulgarian greek turkish
      russian ukrainian belarusian estonian latvian lithuanian serbian croatian bosnian albanian slovenian macedonian
      chinese japanese korean vietnamese thai indian pakistani bangladeshi nepali indonesian malaysian filipino
      australian canadian mexican brazilian argentine argentinian chilean peruvian colombian venezuelan cuban egyptian
      moroccan algerian tunisian libyan nigerian ghanaian kenyan ethiopian somali sudanese african european asian arab
      arabic israeli palestinian lebanese syrian iraqi iranian persian afghan saudi yemeni latin roman jewish muslim
      christian catholic protestant islamic hindu buddhist soviet hebrew americans britons germans russians chinese
      europeans africans asians indians australians canadians muslims christians jews catholics republican democrat
      democratic mandarin cantonese swahili latino hispanic taiwanese singaporean ugandan rwandan zimbabwean
      """
    ),
  ]

  private static let aroundNames: [(WordClass, StaticString)] = [
    (
      .title,
      """
      mr mrs ms miss dr prof sir lady lord dame mme mlle sen rep gov gen col lt sgt capt cpt maj adm rev hon pres
      """
    ),
    (
      .role,
      """
      president chancellor minister premier secretary senator representative governor mayor king queen prince princess
      emperor pope bishop archbishop cardinal general colonel captain lieutenant sergeant major admiral commander
      professor doctor judge justice chairman chairwoman chairperson chair director manager coach ceo cto cfo coo
      founder co-founder cofounder editor spokesman spokeswoman spokesperson ambassador chief executive officer
      prime vice deputy assistant congressman congresswoman councillor singer actor actress author writer
      director producer journalist reporter engineer scientist analyst lawyer attorney uncle aunt father mother
      brother sister cousin saint duke duchess earl count baron reverend rabbi imam sheikh detective inspector officer
      head leader striker midfielder goalkeeper defender guitarist drummer bassist vocalist composer poet painter
      novelist historian economist philosopher physicist chemist biologist mathematician architect designer developer
      """
    ),
    (
      .placeNoun,
      """
      city town village country state province region district county capital island river area suburb borough
      neighbourhood neighborhood municipality port
      """
    ),
    (
      .organizationNoun,
      """
      company firm startup start-up bank university college school agency organization organisation group band
      newspaper team club manufacturer maker retailer airline publisher charity nonprofit corporation institute
      label studio network developer website brand subsidiary
      """
    ),
    (
      .speech,
      """
      said says told tells asked asks added adds explained explains noted notes wrote writes tweeted argued argues
      announced replied recalled stated claimed thinks thought believes
      """
    ),
    (
      .intention,
      """
      want wants wanted wanting hope hopes hoped hoping plan plans planned planning try tries tried trying refuse
      refuses refused fail fails failed decline declines declined intend intends intended threaten threatens
      threatened offer offers offered wish wishes wished promise promises promised supposed able unable about
      likely unlikely expected expects expect ready willing unwilling going forbidden allowed decided
      """
    ),
  ]

  private static let timeAndAmounts: [(WordClass, StaticString)] = [
    (
      .month,
      """
      january february march april may june july august september october november december jan feb mar apr jun jul
      aug sep sept oct nov dec
      """
    ),
    (.ambiguousMonth, "march may august april june mar jun sep dec jan"),
    (.weekday, "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri"),
    (.relativeTime, "last next this past previous yesterday today tomorrow tonight"),
    (.season, "spring summer autumn fall winter"),
    (
      .timeUnit,
      """
      day days week weeks weekend month months year years decade decades century centuries night morning afternoon
      evening hour hours minute minutes second seconds quarter
      """
    ),
    (
      .number,
      """
      one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
      eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred a an couple few several half
      """
    ),
    (.scale, "hundred thousand million billion trillion mn bn m k b millions billions"),
    (
      .currency,
      """
      dollar dollars euro euros pound pounds yen yuan rupee rupees franc francs ruble rubles rouble roubles peso pesos
      won krona kronor krone usd eur gbp jpy cny inr chf cents pence
      """
    ),
  ]
}
