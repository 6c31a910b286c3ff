extension RelationTable {
  /// What people are to each other, and the dates and places of their lives.
  static let people: [RelationKind] = [
    .noun("married_to", .person, .person, "wife|husband|spouse|widow|widower"),
    RelationKind("married_to", .person, .person, ["S <marry> to T", "S <wed> to T"]),
    RelationKind(
      "married_to", .person, .person, .begins,
      ["S {marry} T", "S {wed} T", "S {get} <marry> to T", "S {tie} the knot with T"]),
    RelationKind(
      "divorced_from", .person, .person, .event, ["S {divorce} ?from T", "S {separate} from T", "S {split} from T"]),
    .noun("divorced_from", .person, .person, "ex-wife|ex-husband"),
    RelationKind("engaged_to", .person, .person, ["S <engage> to T", "S {propose} to T"]),
    .noun("engaged_to", .person, .person, "fiance|fiancee"),
    .noun("partner_of", .person, .person, "girlfriend|boyfriend|partner"),
    RelationKind("partner_of", .person, .person, confidence: 0.75, ["S {date} T", "S {live} together with T"]),
    .noun("parent_of", .person, .person, "father|mother|parent|dad|mom|mum|stepfather|stepmother"),
    .noun("parent_of", .person, .person, "son|daughter|child|stepson|stepdaughter", source: "T", target: "S"),
    RelationKind("parent_of", .person, .person, .event, ["S {give} birth to T", "S {adopt} T", "T <adopt> ~ by S"]),
    .noun(
      "sibling_of", .person, .person, "brother|sister|sibling|twin|half-brother|half-sister|stepbrother|stepsister"),
    .noun("grandparent_of", .person, .person, "grandfather|grandmother|grandpa|grandma"),
    .noun("grandparent_of", .person, .person, "grandson|granddaughter|grandchild", source: "T", target: "S"),
    .noun(
      "relative_of", .person, .person,
      "uncle|aunt|nephew|niece|cousin|brother-in-law|sister-in-law|father-in-law|mother-in-law|relative"),
    RelationKind("relative_of", .person, .person, ["S <relate> to T"]),
    .noun("friend_of", .person, .person, "friend|roommate|flatmate|neighbor|neighbour|classmate|friends|pal"),
    RelationKind("friend_of", .person, .person, ["S friends with T", "S {befriend} T"]),
    RelationKind("knows", .person, .person, confidence: 0.7, ["S {know} T"]),
    RelationKind(
      "met", .person, .person, .event,
      [
        "S {meet} ?up ?with T", "S {have} lunch|dinner|coffee|breakfast with T", "S {talk}|{speak} to|with T",
        "S {interview} T", "T <interview> ~ by S",
      ]),
    RelationKind("influenced_by", .person, .person, ["S <influence>|<inspire> ~ by T", "T {influence}|{inspire} S"]),
    RelationKind(
      "taught", .person, .person,
      [
        "S {teach}|{tutor} T", "T <teach>|<tutor> ~ by S", "T 's teacher|tutor = S", "S = T 's teacher|tutor",
        "S teacher of T", "T {study} under S", "T student|pupil|disciple of S",
      ]),
    RelationKind(
      "defeated", [.person, .organization, .location], [.person, .organization, .location], .event,
      [
        "S {defeat}|{beat} T", "T <defeat>|<beat> ~ by S", "T {lose} to S",
      ]),
    RelationKind(
      "killed", .person, .person, .event,
      [
        "S {kill}|{murder}|{assassinate} T", "T <kill>|<murder>|<assassinate> ~ by S",
      ]),
    RelationKind(
      "supports", .agent, [.person, .organization], confidence: 0.75,
      [
        "S {support}|{endorse}|{back} T", "T <support>|<endorse>|<back> ~ by S", "S supporter|fan of T",
      ]),
    RelationKind(
      "criticized", .agent, [.person, .organization], .event, confidence: 0.75,
      [
        "S {criticize}|{criticise}|{condemn}|{denounce}|{accuse}|{blame} T",
        "T <criticize>|<criticise>|<condemn>|<denounce>|<accuse> ~ by S",
      ]),
    RelationKind("named_after", .named, [.person, .location], .lasting, ["S <name> after|for T"]),
    RelationKind(
      "born_on", .person, .date, .lasting, confidence: 0.92,
      [
        "S born on|in T", "S born T", "S born ~ on|in T", "S 's birthday|birthdate = ?on T", "S 's date of birth = T",
      ]),
    RelationKind(
      "died_on", .person, .date, .lasting, confidence: 0.92,
      [
        "S {die} ~ on|in T", "S {die} T", "S {pass} away ~ on|in T", "S <kill> ~ on|in T", "S 's death ?~ on|in T",
        "S death on|in T",
      ]),
    RelationKind(
      "born_in", .person, .location, .event, confidence: 0.92,
      [
        "S born ~ in|at|near T", "S native of T", "S 's birthplace = T", "T birthplace of S",
      ]),
    RelationKind(
      "died_in", .person, .location, .event, confidence: 0.9, ["S {die} ~ in|at|near T", "S {pass} away ~ in|at T"]),
    RelationKind("buried_in", .person, [.location, .organization], .event, ["S <bury> ~ in|at|near T"]),
  ]

  /// Where people and things are, come from and go to.
  static let places: [RelationKind] = [
    // Before "located_in", which would read the same words.
    RelationKind(
      "capital_of", .location, .location, .lasting, confidence: 0.95,
      [
        "S capital ?city of T", "T 's capital ?city = S", "S = T 's capital ?city", "capital ?city of T = S",
      ]),
    RelationKind(
      "lives_in", .person, .location,
      [
        "S {live}|{reside}|{dwell} ~ in|at|near T", "S {stay} in|at T", "S resident|inhabitant|citizen of T",
        "S based in T", "T+ resident S+",
        "S 's home|house|apartment|flat = in T", "S {spend} time|years|months in T",
      ]),
    RelationKind("lives_in", .person, .location, .begins, ["S {settle} ?down ~ in T"]),
    RelationKind(
      "moved_to", .person, .location, .event,
      [
        "S {move}|{relocate}|{emigrate}|{immigrate}|{migrate} ?back ?from ~ to T", "S {move} into T", "S {flee} to T",
      ]),
    RelationKind(
      "grew_up_in", .person, .location, .event,
      ["S {grow} up ~ in|near T", "S raised ~ in|near T", "S {raise}|<bear> and raised in|near T"]),
    RelationKind(
      "comes_from", .person, .location, .lasting,
      ["S {come}|{hail} ?originally from T", "S is|was|am|'m|'s|are|were ?originally from T", "S+ from T+"]),
    RelationKind("citizen_of", .person, .location, .state, ["S citizen|national of T"]),
    RelationKind(
      "visited", .person, [.location, .organization, .event], .event, confidence: 0.9,
      [
        "S {visit}|{tour} T", "T <visit>|<tour> ~ by S",
        "S {travel}|{fly}|{drive}|{go}|{return}|{walk}|{hike}|{sail} ?back ?over ?up ?down to T",
        "S {arrive} ~ in|at T", "S {take} ?a trip|trips to T",
        "S 's trip|visit to T", "S trip|visit to T", "S {be}|was|been to T", "S {go} on vacation|holiday in|to T",
        "S {vacation}|{holiday} in T",
      ]),
    RelationKind(
      "located_in", [.organization, .location, .event], .location, .lasting, confidence: 0.88,
      [
        "S <locate>|<situate>|<house>|<station> ~ in|at|near|on T", "S {lie} in|near T",
        "S city|town|village|capital|municipality|suburb|neighborhood|neighbourhood|district|county|river|mountain|island|lake|region|state|province|museum|university|school|hospital|airport|port in|of T",
        "S {stand} in T", "T {be} home to S",
      ]),
    RelationKind("located_in", [.organization, .location], .location, .lasting, confidence: 0.6, ["S+ in T+"]),
    RelationKind(
      "headquartered_in", .organization, .location, .state, confidence: 0.9,
      [
        "S headquartered ~ in|at|near T", "S based in|at|near|out ?of T",
        "S 's headquarters|headquarter|office|offices|base = ?in|at T",
        "S {have} its headquarters ~ in T", "headquarters of S ?is ?are = in T",
        "S {move}|{relocate} ?its ?headquarters to T", "T - based S+",
      ]),
    RelationKind(
      "operates_in", .organization, .location, .state,
      [
        "S {operate}|{trade} ~ in|across T", "S {expand} ?its ?operations ~ into|to T",
        "S {open} ?a ?an ?its ?new ?first office|store|factory|plant|branch|shop|restaurant|center|centre in T",
        "S {have} offices|office|stores|factories|operations in T",
      ]),
    RelationKind(
      "borders", .location, .location, .lasting,
      ["S {border} ?on T", "S <border> by T", "S {share} ?a border with T", "S neighbor|neighbour of T"]),
    RelationKind(
      "governs", .person, .location,
      [
        "S {govern}|{rule}|{reign} ?over T", "T <govern>|<rule> ~ by S",
        "S president|chancellor|minister|premier|king|queen|governor|mayor|emperor|monarch|ruler|sultan of T",
        "T+ mayor|governor|president|chancellor|minister|premier S+",
        "T 's ?prime ?new president|chancellor|minister|premier|king|queen|governor|mayor = S",
        "S = T 's ?prime president|chancellor|minister|premier|king|queen|governor|mayor",
        "mayor|president|governor of T be S",
      ]),
  ]
}
