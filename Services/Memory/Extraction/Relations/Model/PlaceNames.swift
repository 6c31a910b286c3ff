/// What is known of the names of places by themselves: adjectives of countries, and the continents.
enum PlaceNames {
  /// The key of a place's name: an adjective counts as its country's name ("Cuban" as "Cuba").
  static func key(_ hash: UInt64) -> UInt64 { countries[hash] ?? hash }

  static func isCountry(_ key: UInt64) -> Bool { countryKeys.contains(key) }

  static func isContinent(_ key: UInt64) -> Bool { continents.contains(key) }

  private static let countryKeys = WordSet(
    hashes: Set(adjectives.map(\.country)).filter { !continents.contains($0) })

  private static let continents = WordSet(
    hashes: [
      "europe", "asia", "africa", "north america", "south america", "oceania", "antarctica", "americas",
      "latin america",
    ]
    .map { KeyHash.of($0.utf8) })

  private static let countries: HashedTable<UInt64> = {
    var result = HashedTable<UInt64>(capacity: adjectives.count)
    for adjective in adjectives { result[adjective.word] = adjective.country }
    return result
  }()

  private static let adjectives: [(word: UInt64, country: UInt64)] = demonyms.split(separator: "\n").flatMap { line in
    let parts = line.split(separator: ":")
    guard parts.count == 2 else { return [(word: UInt64, country: UInt64)]() }
    return parts[1].split(separator: ",").map { (KeyHash.of($0.utf8), KeyHash.of(parts[0].utf8)) }
  }

  private static let demonyms = """
    united states:american,americans,u.s.,u.s,us,usa,united states of america,u.s.a.,u.s.a,america
    united kingdom:british,britons,uk,u.k.,u.k,britain,great britain
    england:english
    france:french
    germany:german,germans,west german,east german,west germany,east germany
    italy:italian,italians
    spain:spanish,spaniards
    portugal:portuguese
    netherlands:dutch,holland
    belgium:belgian,flemish
    switzerland:swiss
    austria:austrian
    sweden:swedish,swedes
    norway:norwegian,norwegians
    denmark:danish,danes
    finland:finnish,finns
    iceland:icelandic
    ireland:irish,republic of ireland
    scotland:scottish,scots
    wales:welsh
    poland:polish,poles
    czech republic:czech,czechs,czechia
    slovakia:slovak
    hungary:hungarian,hungarians
    romania:romanian
    bulgaria:bulgarian
    greece:greek,greeks
    turkey:turkish,turks
    russia:russian,russians,russian federation
    ukraine:ukrainian
    belarus:belarusian
    estonia:estonian
    latvia:latvian
    lithuania:lithuanian
    serbia:serbian,serbs
    croatia:croatian,croats
    bosnia and herzegovina:bosnian,bosnia
    albania:albanian
    slovenia:slovenian,slovene
    north macedonia:macedonian,macedonia
    montenegro:montenegrin
    china:chinese,people's republic of china,prc
    japan:japanese
    south korea:south korean,korean,korea
    north korea:north korean
    vietnam:vietnamese
    thailand:thai
    india:indian,indians
    pakistan:pakistani
    bangladesh:bangladeshi
    nepal:nepali,nepalese
    sri lanka:sri lankan
    indonesia:indonesian
    malaysia:malaysian
    philippines:filipino,philippine
    singapore:singaporean
    australia:australian,australians
    new zealand:new zealander,new zealanders
    canada:canadian,canadians
    mexico:mexican
    brazil:brazilian
    argentina:argentine,argentinian
    chile:chilean
    peru:peruvian
    colombia:colombian
    venezuela:venezuelan
    ecuador:ecuadorian
    bolivia:bolivian
    uruguay:uruguayan
    paraguay:paraguayan
    cuba:cuban
    jamaica:jamaican
    haiti:haitian
    egypt:egyptian
    morocco:moroccan
    algeria:algerian
    tunisia:tunisian
    libya:libyan
    nigeria:nigerian
    ghana:ghanaian
    kenya:kenyan
    ethiopia:ethiopian
    somalia:somali
    sudan:sudanese
    south africa:south african
    uganda:ugandan
    tanzania:tanzanian
    zimbabwe:zimbabwean
    israel:israeli
    palestine:palestinian
    lebanon:lebanese
    syria:syrian
    iraq:iraqi
    iran:iranian,persian
    afghanistan:afghan
    saudi arabia:saudi,saudi arabian
    yemen:yemeni
    kuwait:kuwaiti
    qatar:qatari
    armenia:armenian
    georgia:georgian
    azerbaijan:azerbaijani
    kazakhstan:kazakh
    uzbekistan:uzbek
    mongolia:mongolian
    taiwan:taiwanese
    soviet union:soviet,ussr,u.s.s.r.,u.s.s.r
    europe:european
    asia:asian
    africa:african
    """
}
