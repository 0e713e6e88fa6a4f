import Combinatorial
import Foundation
import Testing
import Worlds

struct TemplateTests {
  @Test func thePaperHasAllSetsOfFour() {
    let paper = CombinatorialTemplate.paper
    #expect(paper.count == 70)
    #expect(Set(paper.map(\.letters)).count == 70)
    #expect(paper.allSatisfy { $0.objectTypes.count == 4 })
    #expect(paper.map(\.number) == Array(10000..<10070))
    // The two identical balls leave fifty.
    #expect(Set(paper.map(\.composition)).count == 50)
  }

  /// The order of the released templates: `random.Random(4).shuffle` of all sets of four.
  @Test func theOrderIsThatOfPythonsShuffle() {
    let letters = Array("ABCDEFGH")
    var sets: [String] = []
    for a in 0..<8 {
      for b in (a + 1)..<9 where b < 8 {
        for c in (b + 1)..<9 where c < 8 {
          for d in (c + 1)..<9 where d < 8 {
            sets.append(String([letters[a], letters[b], letters[c], letters[d]]))
          }
        }
      }
    }
    var random = MersenneTwister(pythonSeed: 4)
    for index in stride(from: sets.count - 1, to: 0, by: -1) {
      sets.swapAt(index, Int(random.pythonInteger(below: UInt32(index + 1))))
    }
    #expect(sets == CombinatorialTemplate.paper.map(\.letters))
  }

  @Test func threeUnseenTemplatesHaveATrainingTwin() throws {
    for (unseen, known) in [(10060, 10017), (10064, 10009), (10068, 10057), (10066, 10069)] {
      let (a, b) = (
        try CombinatorialTemplate(number: unseen), try CombinatorialTemplate(number: known)
      )
      #expect(a.composition == b.composition && a != b)
    }
  }

  @Test func numbersAndLettersNameTheSame() throws {
    let template = try CombinatorialTemplate("10005")
    #expect(template.letters == "CDEF")
    #expect(template.objectTypes == [.staticBall, .dynamicBar, .standingBars, .staticBar])
    #expect(try CombinatorialTemplate("fdec") == template)
    #expect(try CombinatorialTemplate(objectTypes: template.objectTypes.reversed()) == template)
    #expect(template.description == "10005")
    #expect(try CombinatorialTemplate("HA").description == "AH")
    #expect(try CombinatorialTemplate("ABCDEFGH").number == nil)
  }

  @Test(arguments: [
    "", "9999", "10070", "-1", "AABC", "ABX", "10005 ", "A,B", "99999999999999999999",
  ])
  func otherNamesFail(text: String) {
    let error = #expect(throws: CombinatorialError.self) { try CombinatorialTemplate(text) }
    #expect("\(String(describing: error))".contains("'\(text)'"))
    #expect(throws: CombinatorialError.self) {
      try CombinatorialTemplate(objectTypes: [.jar, .redBall])
    }
  }

  @Test func jsonHoldsNumbersOrLetters() throws {
    for text in ["[10005]", "[\"10005\"]", "[\"CDEF\"]"] {
      let read = try JSONDecoder().decode([CombinatorialTemplate].self, from: Data(text.utf8))
      #expect(read.map(\.number) == [10005])
    }
    let written = try JSONEncoder().encode([
      CombinatorialTemplate("10005"), CombinatorialTemplate("AB"),
    ])
    #expect(String(decoding: written, as: UTF8.self) == #"["10005","AB"]"#)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CombinatorialTemplate].self, from: Data("[12]".utf8))
    }
  }
}
