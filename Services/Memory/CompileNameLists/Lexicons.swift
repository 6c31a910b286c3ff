import Extraction
import Foundation

/// Longer lists of names, a name a line: what of Freebase and Wikidata the lexicons of TwitterNER have.
enum Lexicons {
  private static let files: [(name: String, kind: NameKind)] = [
    ("companynames.txt.results.txt", .business), ("venture_capital.venture_funded_company", .business),
    ("business.brand", .business), ("business.consumer_company", .business), ("automotive.make", .business),
    ("cvg.cvg_developer", .business),
    ("education.university", .institution), ("government.government_agency", .institution),
    ("architecture.museum", .institution),
    ("book.newspaper", .newsMedium), ("tv.tv_network", .newsMedium), ("broadcast.tv_channel", .newsMedium),
    ("sports.sports_team", .team), ("sportsteams.txt.results.txt", .team), ("sports.sports_league", .team),
    ("persons.txt.results.txt", .publicFigure), ("music_artists.txt.results.txt", .musician),
    ("buildings.txt.results.txt", .facility), ("transportation.road", .facility), ("venues", .facility),
  ]

  private static let common: NameKind = [.givenName, .surname, .city, .region, .country]

  static func addNames(from folder: URL, to writer: inout NameListWriter) throws {
    var forms = SentenceForms(lists: .embedded, words: .embedded)
    for file in files {
      let text = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let name = line.trimmingCharacters(in: .whitespaces)
        guard name.utf8.count > 2 else { continue }
        if !name.contains(" ") {
          // A name of one word that texts write small says nothing ("Up", "Time"), nor does one that people or places have
          // as well: there is a band of nearly every name ("Boston", "Paris").
          let bytes = Array(name.utf8)
          forms.read([0..<bytes.count], of: bytes)
          if forms.isOftenSmall(0) || writer.has(name, Self.common) { continue }
        }
        writer.add(name, file.kind)
      }
    }
  }
}
