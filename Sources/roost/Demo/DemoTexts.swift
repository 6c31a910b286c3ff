/// What the demo feeds when it is given no file: invented people in real places.
enum DemoTexts {
  static let all = [
    """
    Clara Whitfield lives in Lisbon and works at Harbour Analytics. She was born on 4 March 1986 in Bristol and moved \
    to Portugal in 2015.
    """,
    """
    Harbour Analytics is located in Lisbon. Clara Whitfield founded Harbour Analytics in 2016 together with Tomás \
    Ferreira, who still leads the company.
    """,
    """
    Tomás Ferreira is married to Ines Carvalho. Ines Carvalho works at the University of Porto and lives in Porto.
    """,
    """
    John Marlow visited Paris last summer. In Paris he met Clara Whitfield, who had come for a conference at the \
    Louvre.
    """,
    """
    John Marlow works at Northgate Robotics in Edinburgh. He reports to Priya Raman, the head of research.
    """,
    """
    Priya Raman was born in Chennai and studied at the University of Edinburgh. She joined Northgate Robotics in 2019.
    """,
    """
    Northgate Robotics is based in Edinburgh. In 2023 Northgate Robotics acquired Tidewater Sensors, a company from \
    Bergen.
    """,
    """
    Sigrid Halvorsen founded Tidewater Sensors in Bergen. Sigrid Halvorsen lives in Oslo and visits Bergen every month.
    """,
    """
    Clara Whitfield prefers tea to coffee. Tomás Ferreira likes espresso and visited Naples twice to learn about it.
    """,
    """
    Mateo Delgado works at Harbour Analytics and reports to Clara Whitfield. He lives in Seville with his wife, Lucia \
    Romero.
    """,
    """
    Lucia Romero is an architect from Granada. She visited Copenhagen in May 2024 and met Sigrid Halvorsen there.
    """,
    """
    The University of Edinburgh is located in Scotland. Priya Raman and John Marlow gave a talk there in October 2024.
    """,
    """
    In 2025 Priya Raman moved to Lisbon and became an adviser of Harbour Analytics, where she works with Mateo Delgado.
    """,
  ]
}
