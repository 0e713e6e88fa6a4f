import Tensors
import Testing

@Suite struct MemoryTests {
  /// More than a processor can address.
  private static let impossible = [1 << 46]

  @Test func wantOfMemoryIsThrown() throws {
    do {
      try MemoryScope.run { _ = Tensor.zeros(Self.impossible) }
      Issue.record("256 TB were found")
    } catch let error as OutOfMemory {
      #expect(error.bytes == 1 << 48)
      #expect(error.description.contains("281475.0 GB"))
    }
  }

  @Test func isThrownFromWorkersToo() {
    let before = Workers.limit
    Workers.limit = 2
    defer { Workers.limit = before }
    #expect(throws: OutOfMemory.self) {
      try MemoryScope.run { Workers.map(2) { _ = Tensor.zeros(Self.impossible + [$0 + 1]) } }
    }
  }

  @Test func theInnerScopeThrowsAndTheOuterGoesOn() throws {
    let answer = try MemoryScope.run {
      do {
        try MemoryScope.run { _ = Tensor.zeros(Self.impossible) }
        return 0.0
      } catch is OutOfMemory {
        return Tensor.full([2], 3).sum().item()
      }
    }
    #expect(answer == 6)
  }

  @Test func valuesAndErrorsComeBack() throws {
    struct Own: Error {}
    #expect(try MemoryScope.run { Tensor([Float(1), 2], [2]).floats() } == [1, 2])
    #expect(throws: Own.self) { try MemoryScope.run { throw Own() } }
    #expect(try Torch.noGrad { try MemoryScope.run { Torch.recordsGradients } } == false)
  }

  @Test func outsideOfAScopeTheProgramEndsWithAMessage() async {
    await #expect(processExitsWith: .exitCode(71)) { _ = Tensor.zeros([1 << 46]) }
  }

  @Test func countsWhatTensorsTake() {
    let use = MemoryWatch.peak {
      let kept = Tensor.zeros([1000])
      _ = (kept + 1) * 2
    }
    #expect((12000..<14000).contains(use.peak))
    #expect(use.left == 0)
  }

  @Test(arguments: [(999_400_000, "999 MB"), (1_249_000_000, "1.2 GB"), (0, "0 MB")])
  func bytesAreReadByPeople(bytes: Int, text: String) {
    #expect("\(Megabytes(bytes))" == text)
  }
}
