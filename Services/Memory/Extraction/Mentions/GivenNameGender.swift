/// What a frequent given name says of whether "he" or "she" is meant.
enum GivenNameGender {
  case female, male

  /// Nil for names that are given to both, or that are not frequent.
  static func of(_ hash: UInt64) -> GivenNameGender? {
    if women.contains(hash) { return .female }
    return men.contains(hash) ? .male : nil
  }

  private static let women = WordSet(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
    kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen
    amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet
    catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith
    megan andrea cheryl hannah jacqueline martha gloria teresa ann anne sara madison frances kathryn janice jean
    abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie
    brittany charlotte marie kayla alexis lori lena zoe mia eva ella clara ingrid astrid elena sofia lucia nina
    claire marta katarina fatima aisha priya mei yuki hanna greta ida elsa olga irina svetlana natasha tanya
    """)

  private static let men = WordSet(
    """
    james robert john michael david william richard joseph thomas christopher charles daniel matthew anthony mark
    donald steven andrew paul joshua kenneth kevin brian george timothy ronald jason edward jeffrey ryan jacob gary
    nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond
    jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter christian
    keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe
    logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene tom
    bob jim mike dan ben sam tim bill steve dave matt greg fred jonas lars hans karl otto fritz jan pierre jean-luc
    luigi marco giovanni carlos luis pedro miguel ahmed mohammed omar ali ivan boris dmitri sergei vladimir raj kenji
    """)
}
