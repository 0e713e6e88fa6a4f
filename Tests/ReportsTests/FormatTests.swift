import Reports
import Testing

@Suite struct FormatTests {
  @Test func numbersReadWell() {
    #expect(Format.error(0.03124) == "0.0312")
    #expect(Format.error(12.345) == "12.35" || Format.error(12.345) == "12.34")
    #expect(Format.error(.nan) == "–")
    #expect(Format.rough(0.0312) == "0.031")
    #expect(Format.rough(24.7) == "25")
    #expect(Format.rough(0.996) == "1.00" || Format.rough(0.996) == "1.0")
    #expect(Format.fixed(-1.5, 1) == "−1.5")
    #expect(Format.percent(0.925) == "92.5 %")
    #expect(Format.percent(1) == "100 %")
  }

  @Test func durationsReadWell() {
    #expect(Format.duration(3.21) == "3.2 s")
    #expect(Format.duration(45) == "45 s")
    #expect(Format.duration(545) == "9 min 05 s")
    #expect(Format.duration(4800) == "1 h 20 min")
    #expect(Format.duration(-1) == "–")
  }
}
