import Rating
import Testing

@Suite struct RaterNameTests {
  @Test(arguments: [
    ("Ada", "Ada"), ("  Emmy \t Noether ", "Emmy Noether"), ("Łucja Ö.", "Łucja Ö."), ("7", "7"),
    ("李雷", "李雷"), ("O'Neil & <b>", "O'Neil & <b>"),
  ])
  func goodNames(typed: String, kept: String) throws {
    #expect(try RaterName(typed).text == kept)
  }

  @Test func oneRaterWhateverTheCaseAndTheFormOfAccents() throws {
    #expect(try RaterName("ADA").key == RaterName("ada").key)
    #expect(try RaterName("Jose\u{301}").key == RaterName("jos\u{E9}").key)
  }

  @Test(arguments: [
    "", "   ", "=1+1", "@x", "-a", "\u{202E}evil", "a\u{0}b", "a\u{202E}b",
    String(repeating: "x", count: 41), "e" + String(repeating: "\u{301}", count: 400),
  ])
  func badNames(typed: String) {
    #expect(throws: RatingError.self) { try RaterName(typed) }
  }
}
