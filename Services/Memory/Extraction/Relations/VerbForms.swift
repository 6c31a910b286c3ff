/// The forms of an English verb, from its base form.
struct VerbForms {
  let base: String
  let past: String
  let participle: String

  init(_ base: String) {
    self.base = base
    if let irregular = Self.irregular[base] {
      past = irregular.0
      participle = irregular.1
    } else {
      past = Self.regularPast(base)
      participle = past
    }
  }

  var all: [String] { [base, third, past, participle, gerund] }

  private var third: String {
    if base.hasSuffix("y"), let before = base.dropLast().last, !"aeiou".contains(before) {
      return base.dropLast() + "ies"
    }
    for ending in ["s", "x", "z", "ch", "sh", "o"] where base.hasSuffix(ending) { return base + "es" }
    return base + "s"
  }

  private var gerund: String {
    if base.hasSuffix("ie") { return base.dropLast(2) + "ying" }
    if base.hasSuffix("e"), !base.hasSuffix("ee"), base != "be" { return base.dropLast() + "ing" }
    return (Self.doubling.contains(base) ? base + String(base.suffix(1)) : base) + "ing"
  }

  private static func regularPast(_ base: String) -> String {
    if base.hasSuffix("e") { return base + "d" }
    if base.hasSuffix("y"), let before = base.dropLast().last, !"aeiou".contains(before) {
      return base.dropLast() + "ied"
    }
    return (doubling.contains(base) ? base + String(base.suffix(1)) : base) + "ed"
  }

  /// Verbs that double their last letter.
  private static let doubling: Set<String> = [
    "chat", "wed", "star", "ship", "get", "run", "win", "set", "hit", "sit", "put", "plan", "transfer",
  ]

  private static let irregular: [String: (String, String)] = [
    "be": ("was", "been"), "bear": ("bore", "born"), "buy": ("bought", "bought"), "come": ("came", "come"),
    "drive": ("drove", "driven"), "fall": ("fell", "fallen"), "fly": ("flew", "flown"), "get": ("got", "got"),
    "give": ("gave", "given"), "go": ("went", "gone"), "grow": ("grew", "grown"), "have": ("had", "had"),
    "hold": ("held", "held"), "know": ("knew", "known"), "lead": ("led", "led"), "leave": ("left", "left"),
    "make": ("made", "made"), "meet": ("met", "met"), "run": ("ran", "run"), "see": ("saw", "seen"),
    "sell": ("sold", "sold"), "sing": ("sang", "sung"), "speak": ("spoke", "spoken"), "spend": ("spent", "spent"),
    "take": ("took", "taken"), "teach": ("taught", "taught"), "win": ("won", "won"), "write": ("wrote", "written"),
    "build": ("built", "built"), "beat": ("beat", "beaten"), "become": ("became", "become"), "shoot": ("shot", "shot"),
    "quit": ("quit", "quit"), "lie": ("lay", "lain"), "eat": ("ate", "eaten"), "drink": ("drank", "drunk"),
    "bring": ("brought", "brought"), "fight": ("fought", "fought"), "star": ("starred", "starred"),
    "set": ("set", "set"),
    "oversee": ("oversaw", "overseen"), "cofound": ("cofounded", "cofounded"), "hit": ("hit", "hit"),
    "begin": ("began", "begun"), "put": ("put", "put"), "draw": ("drew", "drawn"), "lose": ("lost", "lost"),
  ]
}
