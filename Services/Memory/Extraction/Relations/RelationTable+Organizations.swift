extension RelationTable {
  /// What organisations do to each other and what they make.
  static let organizations: [RelationKind] = [
    RelationKind(
      "founded_on", .organization, .date, .lasting, confidence: 0.9,
      [
        "S <found>|<establish>|<form>|<incorporate>|<start>|<create>|<launch> ~ on|in T",
        "S <found>|<establish>|<form> T", "S 's founding in|on T",
      ]),
    RelationKind(
      "acquired", .organization, .organization, .event, confidence: 0.9,
      [
        "S {acquire}|{buy}|{purchase} T", "T <acquire>|<buy>|<purchase> ~ by S", "S {take} over T",
        "S 's acquisition|purchase|takeover of T",
        "S acquisition|takeover of T", "T {sell} to S", "T <sell> ~ to S",
      ]),
    RelationKind(
      "merged_with", .organization, .organization, .event, ["S {merge} ~ with|into T", "S <merge> with|into T"]),
    RelationKind(
      "subsidiary_of", .organization, .organization,
      [
        "S subsidiary|division|unit|arm|branch|affiliate of T", "T 's subsidiary|division|unit = S",
        "S = T 's subsidiary|division|unit",
        "T parent ?company of S", "S 's parent ?company = T",
      ]),
    RelationKind(
      "part_of", [.organization, .location], [.organization, .location],
      ["S part of T", "S <include> in T", "T {include}|{comprise} S"]),
    RelationKind(
      "owns", .agent, [.organization, .product, .location, .concept],
      [
        "S {own}|{possess} T", "T <own> ~ by S", "S owner|owners of T", "T 's owner = S", "S = T 's owner",
        "T+ owner S+", "T {belong} to S",
      ]),
    RelationKind(
      "partnered_with", .organization, .organization, .event,
      [
        "S {partner}|{cooperate}|{collaborate}|{team} ?up ~ with T",
        "S {sign} ?a ?an deal|agreement|contract|partnership with T",
        "S {announce}|{enter}|{form} ?into ?a ?an ?new ?strategic partnership|alliance with T", "S partner|ally of T",
      ]),
    RelationKind(
      "competes_with", .agent, .agent,
      [
        "S {compete} ~ with|against T", "S rival|competitor|competitors of|to T", "S 's rival|competitor = T",
        "S = T 's rival|competitor",
      ]),
    RelationKind(
      "invested_in", .agent, [.organization, .product], .event,
      [
        "S {invest} ~ in T", "S {fund}|{finance} T", "T <fund>|<finance> ~ by S", "S investor|shareholder in|of T",
        "T 's investor|shareholder = S", "S {donate} ~ to T",
      ]),
    RelationKind(
      "sued", .agent, .agent, .event,
      ["S {sue} T", "T <sue> ~ by S", "S {file} ?a lawsuit|suit|complaint against T", "S 's lawsuit against T"]),
    RelationKind(
      "supplies", .organization, .organization,
      [
        "S {supply} T", "T <supply> ~ by S", "S supplier|vendor of|to|for T", "T 's supplier|vendor = S",
        "S {provide} ?services ?products to T",
      ]),
    RelationKind(
      "customer_of", .agent, .organization,
      ["S customer|client|subscriber of T", "T 's customer|client = S", "S = T 's customer|client"]),
    RelationKind("spent", .agent, .money, .event, ["S {spend}|{pay}|{invest} ?about ?nearly ?over ?around T"]),
    RelationKind(
      "raised", .organization, .money, .event, ["S {raise} ?about ?nearly ?over ?around T", "S {receive} T"]),
    RelationKind(
      "costs", [.product, .event, .organization], .money, ["S {cost} ?about ?nearly ?over ?around T", "S 's price = T"]),
  ]

  /// What people and organisations create.
  static let creations: [RelationKind] = [
    RelationKind(
      "wrote", .person, [.work, .product], .event,
      [
        "S {write}|{author} T", "T <write>|<author> ~ by S", "S author|writer of T", "T 's author = S",
        "S = T 's author", "T ?a ?the book|novel|essay|poem by S",
      ]),
    RelationKind(
      "directed", .person, [.work], .event,
      ["S {direct}|{film} T", "T <direct> ~ by S", "S director of T", "T ?a ?the film|movie by S"]),
    RelationKind(
      "composed", .agent, [.work], .event,
      [
        "S {compose}|{record}|{sing} T", "T <compose>|<record>|<sing> ~ by S", "S composer|singer of T",
        "T ?a ?the song|album by S",
      ]),
    RelationKind(
      "painted", .person, [.work], .event, ["S {paint}|{sculpt}|{draw} T", "T <paint>|<sculpt>|<draw> ~ by S"]),
    RelationKind(
      "starred_in", .person, [.work], .event,
      ["S {star}|{appear} ?alongside ~ in T", "S {act} in T", "S actor|actress|star of|in T", "T {star} S"]),
    RelationKind(
      "developed", .agent, [.product], .event,
      [
        "S {develop}|{create}|{invent}|{design}|{build} T", "T <develop>|<create>|<invent>|<design>|<build> ~ by S",
        "S creator|inventor|developer|designer|maker of T", "T 's creator|inventor|developer = S",
        "S = T 's creator|inventor|developer",
      ]),
    RelationKind(
      "produces", .organization, [.product],
      [
        "S {produce}|{make}|{manufacture}|{sell} T", "T <produce>|<make>|<manufacture>|<sell> ~ by S",
        "S maker|manufacturer|producer of T", "S 's product|flagship = T",
      ]),
    RelationKind(
      "released", .agent, [.product, .work], .event,
      [
        "S {release}|{launch}|{publish}|{unveil}|{introduce}|{ship} T",
        "T <release>|<launch>|<publish>|<unveil>|<introduce> ~ by S",
      ]),
    RelationKind(
      "released_on", [.product, .work], .date, .lasting,
      ["S <release>|<launch>|<publish>|<unveil> ~ on|in T", "S {come} out ~ on|in T"]),
    RelationKind(
      "discovered", .agent, [.product, .location, .concept], .event,
      ["S {discover} T", "T <discover> ~ by S", "S discoverer of T"]),
  ]

  /// What people like, use and can do.
  static let preferences: [RelationKind] = [
    RelationKind(
      "prefers", .person, liked,
      [
        "S {prefer} T",
        "S 's favorite|favourite ?color ?colour ?food ?city ?band ?book ?movie ?film ?drink ?sport ?song ?place = T",
      ]),
    RelationKind(
      "likes", .person, liked, confidence: 0.8,
      [
        "S {like}|{love}|{enjoy}|{adore}|{admire} T", "S fan|lover of T", "S fond of T",
        "T <love>|<admire>|<adore> by S",
      ]),
    RelationKind(
      "dislikes", .person, liked, confidence: 0.8, ["S {hate}|{dislike}|{detest}|{avoid} T", "S can't|cannot stand T"]),
    RelationKind(
      "allergic_to", .person, .concept, confidence: 0.9,
      ["S allergic to T", "S 's allergy to T", "S {have} ?an ?a allergy to T"]),
    RelationKind(
      "interested_in", .person, liked, confidence: 0.8,
      ["S interested in T", "S passionate about T", "S {have} ?an interest in T", "S interest in T"]),
    RelationKind(
      "speaks", .person, .concept, confidence: 0.85,
      ["S fluent in T", "S {speak} ?fluent ?some ?a ?little T", "S {learn} T"]),
    RelationKind(
      "uses", .agent, [.product, .concept, .organization], confidence: 0.75,
      ["S {use}|{adopt} T", "T <use> ~ by S", "S {switch} to T", "S {rely} on T", "S user of T"]),
    RelationKind("plays", .person, .concept, confidence: 0.7, ["S {play} T"]),
    RelationKind("studied", .person, .concept, confidence: 0.75, ["S {study} T", "S {major} in T", "S degree in T"]),
    RelationKind(
      "skilled_in", .person, .concept, confidence: 0.75,
      [
        "S skilled|expert|specialist|experienced in|at T", "S expert on T", "S {specialize}|{specialise} in T",
        "S good at T",
      ]),
    RelationKind(
      "owns", .person, .concept, confidence: 0.6, ["S {have} ?a ?an dog|cat|pet|son|daughter|car <name>|called T"]),
  ]

  private static let liked: EntityTypes = [.concept, .person, .organization, .location, .product, .event, .work]

  /// What happens where and when, and who is there.
  static let events: [RelationKind] = [
    RelationKind(
      "attended", .person, [.event], .event,
      ["S {attend}|{join} T", "T <attend> ~ by S", "S {speak}|{present}|{perform} ~ at T", "S {go} to T"]),
    RelationKind(
      "participated_in", [.person, .organization, .location], [.event], .event,
      [
        "S {participate}|{compete}|{fight}|{play}|{take} ?part ~ in|at T", "S {enter} T", "S veteran of T",
      ]),
    RelationKind(
      "won", [.person, .organization, .location], [.event, .work, .money], .event,
      [
        "S {win}|{receive} T", "T <win> ~ by S", "S winner of T", "S <award> T", "T <award> to S", "T winner S+",
        "T 's winner = S",
      ]),
    RelationKind(
      "organized", .agent, [.event], .event,
      [
        "S {organize}|{organise}|{host}|{sponsor}|{hold} T", "T <organize>|<organise>|<host>|<sponsor>|<hold> ~ by S",
        "S organizer|organiser|host|sponsor of T",
      ]),
    RelationKind(
      "held_in", .event, [.location], .event, confidence: 0.88,
      ["S <hold>|<host>|<stage> ~ in|at T", "S {take} place ~ in|at T", "S+ in T+", "S {happen}|{occur} ~ in|at T"]),
    RelationKind(
      "happened_on", .event, .date, .lasting, confidence: 0.88,
      [
        "S <hold> ~ on|in T", "S {take} place ~ on|in T", "S {happen}|{occur}|{begin}|{start} ~ on|in T",
        "S is|was ~ on|in T",
      ]),
  ]
}
