extension RelationTable {
  /// What people do for organisations and for each other.
  static let work: [RelationKind] = [
    RelationKind(
      "works_at", .person, .organization,
      [
        "S {work} at|for|with T", "S {work} as ?a ?an ?the ~ at|for|with T", "S <employ> ~ by T",
        "S employee|intern|engineer|analyst|scientist|consultant|lawyer|developer|designer|reporter|journalist|spokesman|spokeswoman|spokesperson|researcher at|for|of T",
        "S {have} ?a job at T",
        "T+ engineer|scientist|spokesman|spokeswoman|spokesperson|researcher|analyst|employee|executive|officer S+",
        "S {intern} at|for T", "T {employ} S",
      ]),
    RelationKind(
      "works_at", .person, .organization, .begins,
      [
        "S <hire>|<recruit> ~ by T", "T {hire}|{recruit} S", "S {start} ?work|working ?a ?new ?job at|for T",
        "S {get} ?a ?new job at T",
      ]),
    RelationKind("joined", .person, .organization, .event, ["S {join} T", "S {sign} with|for T"]),
    RelationKind(
      "left", .person, .organization, .event,
      [
        "S {leave}|{quit} T", "S {resign}|{depart} ~ from T", "S {retire} from T", "S <fire>|<dismiss> ~ by|from T",
        "T {fire}|{dismiss} S",
        "S {step} down ~ from|at T",
      ]),
    RelationKind(
      "founded", .agent, [.organization], .event, confidence: 0.9,
      [
        "S {found}|{cofound}|{co-found}|{establish} T", "T <found>|<cofound>|<co-found>|<establish>|<start> ~ by S",
        "S founder|co-founder|cofounder of T", "S = T 's founder|co-founder|cofounder",
        "T 's founder|co-founder|cofounder = S",
        "T+ founder|co-founder|cofounder S+",
        "S {start} ?the ?a company|startup|business|band|group|charity|nonprofit T", "S {set} up T",
        "founder of T be S",
      ]),
    RelationKind(
      "leads", .person, [.organization],
      [
        "S {lead}|{head}|{run}|{direct} T", "T <lead>|<head>|<run>|<direct> ~ by S",
        "S ceo|president|head|director|chief|leader|boss|cto|cfo|coo|principal|dean|rector|governor ?executive ?officer ?and ?founder of|at T",
        "T+ ceo|president|head|director|chief|leader|boss|cto|cfo|coo|principal ?executive ?officer S+",
        "T 's ceo|president|head|director|chief|leader|boss|cto|cfo|coo|principal ?executive ?officer = S",
        "S = T 's ceo|president|head|director|chief|leader|boss|cto|cfo|coo ?executive ?officer",
        "S managing director of|at T", "ceo|president|head|director|leader of T be S",
      ]),
    RelationKind(
      "leads", .person, .organization, .begins,
      [
        "S <appoint>|<name>|<elect>|become|becomes|became|becoming ?as ?the ceo|president|head|director|chief|leader ?executive ?officer of|at T"
      ]),
    RelationKind(
      "chairs", .person, .organization,
      [
        "S {chair} T", "T <chair> ~ by S", "S chairman|chairwoman|chairperson|chair of T",
        "T+ chairman|chairwoman|chairperson|chair S+",
        "T 's chairman|chairwoman|chairperson|chair = S",
      ]),
    RelationKind(
      "manages", .person, [.organization, .person, .product],
      [
        "S {manage}|{supervise}|{oversee} T", "T <manage>|<supervise>|<oversee> ~ by S",
        "S manager|supervisor|boss of T",
        "T 's manager|boss|supervisor = S", "S = T 's manager|boss|supervisor", "T+ manager S+",
      ]),
    RelationKind("reports_to", .person, .person, ["S {report} ?directly to T", "S {answer} to T"]),
    RelationKind(
      "works_with", .person, .person, confidence: 0.75,
      [
        "S {work}|{collaborate} ?together ?closely with|alongside T", "S colleague|coworker|co-worker|teammate of T",
        "S 's colleague|coworker|co-worker|teammate = T",
        "S = T 's colleague|coworker|co-worker|teammate",
      ]),
    RelationKind(
      "mentors", .person, .person,
      [
        "S {mentor}|{coach}|{train} T", "T <mentor>|<coach>|<train> ~ by S", "S mentor|coach of|to T",
        "T 's mentor|coach = S", "S = T 's mentor|coach",
      ]),
    RelationKind(
      "appointed", .agent, .person, .event,
      [
        "S {appoint}|{nominate}|{promote} T", "T <appoint>|<nominate>|<promote> ~ by S",
      ]),
    RelationKind(
      "succeeded", .person, .person, .event,
      [
        "S {succeed}|{replace} T", "T <succeed>|<replace> ~ by S", "S successor of|to T", "T 's successor = S",
        "S = T 's successor", "S {take} over from T",
      ]),
    RelationKind(
      "member_of", [.person, .organization, .location], .organization,
      [
        "S member|members of T", "S {belong} to T", "S {serve} ~ on|in T", "S {sit} on T", "T+ member S+",
        "T 's member = S",
      ]),
    RelationKind(
      "plays_for", .person, .organization,
      [
        "S {play}|{pitch} ~ for T", "S {captain} T",
        "T+ striker|midfielder|goalkeeper|defender|quarterback|forward|captain S+",
        "S drummer|guitarist|bassist|singer|vocalist|striker|captain of|for T",
      ]),
    RelationKind(
      "teaches_at", .person, .organization,
      [
        "S {teach}|{lecture} ~ at|in T", "S professor|lecturer|teacher|instructor ~ at T",
        "S professor of ?computer ?political ?applied medicine|physics|mathematics|history|economics|law|chemistry|biology|science|philosophy|literature|engineering|psychology|linguistics|sociology at T",
      ]),
    RelationKind(
      "studied_at", .person, .organization,
      [
        "S {study} ~ at|in T", "S {attend} T", "S student|undergraduate|graduate|alumnus|alumna ~ at|of T",
        "S <educate> ~ at T", "S {enroll}|{enrol} ~ at|in T",
        "S {study} ?computer ?political ?applied medicine|physics|mathematics|history|economics|law|chemistry|biology|science|philosophy|literature|engineering|psychology|art|music|architecture|linguistics at T",
      ]),
    RelationKind(
      "graduated_from", .person, .organization, .event,
      [
        "S {graduate} ~ from|at T",
        "S {receive}|{earn}|{get}|{obtain}|{hold}|{complete} ?a ?an ?the ?his ?her ?bachelor's ?master's ?doctoral degree|phd|doctorate|mba|ba|bsc|msc|diploma ~ from|at T",
        "S graduate|alumnus|alumna of T",
      ]),
    RelationKind(
      "works_as", .person, .concept, confidence: 0.75, ["S {work} as ?a ?an ?the T", "S {serve} as ?a ?an ?the T"]),
    RelationKind(
      "represents", .person, [.organization, .location, .person],
      [
        "S {represent} T", "T <represent> ~ by S",
        "S ambassador|envoy|representative|lawyer|attorney|agent of|to|for T",
      ]),
    RelationKind(
      "advises", .person, [.organization, .person],
      [
        "S {advise} T", "T <advise> ~ by S", "S adviser|advisor|consultant|counsel of|to|for T",
        "T 's adviser|advisor = S",
      ]),
  ]
}
