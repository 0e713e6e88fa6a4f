import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct DeviceTests {
  /// True where tests that need a GPU can run; without one they are skipped, and say so.
  static var hasGPU: Bool { Torch.cudaAvailable }

  @Test(arguments: [
    ("cpu", DeviceChoice.cpu), ("auto", .auto), ("cuda", .cuda(0)), ("cuda:0", .cuda(0)),
    ("cuda:7", .cuda(7)),
  ])
  func namesAreRead(_ text: String, _ expected: DeviceChoice) throws {
    let choice = try DeviceChoice(text)
    #expect(choice == expected)
    #expect(try DeviceChoice(choice.description) == choice)
    let data = try JSONEncoder().encode([choice])
    #expect(try JSONDecoder().decode([DeviceChoice].self, from: data) == [choice])
  }

  @Test(arguments: ["", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:x", "cuda:99999"])
  func otherNamesAreErrors(_ text: String) throws {
    let error = #expect(throws: DeviceError.self) { _ = try DeviceChoice(text) }
    #expect(error == .unknown(text))
    #expect("\(DeviceError.unknown(text))".contains("cpu, cuda, cuda:1, … or auto"))
    let data = try JSONEncoder().encode([text])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([DeviceChoice].self, from: data)
    }
  }

  @Test func theProcessorIsAlwaysThere() throws {
    #expect(try DeviceChoice.cpu.resolved() == .cpu)
    try Device.cpu.use()
    #expect(Device.standard == .cpu)
    #expect(Device.cpu.name == nil)
    Torch.synchronize(.cpu)
  }

  @Test(.enabled(if: !DeviceTests.hasGPU, "there is a GPU"))
  func withoutCUDAItIsAnErrorWithARemedy() throws {
    #expect(try DeviceChoice.auto.resolved() == .cpu)
    let error = #expect(throws: DeviceError.self) { _ = try DeviceChoice("cuda").resolved() }
    #expect(throws: DeviceError.self) { try Device.cuda(0).use() }
    if case .noCUDA(let reason) = error {
      #expect(!reason.isEmpty)
    } else {
      Issue.record("another error")
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("use device cpu or auto"))
    #expect(text.contains("LIBTORCH"))
    #expect(Device.standard == .cpu)
    #expect(!Torch.hasKernels(on: .cuda(0)))
    #expect(Device.cuda(0).name == nil)
  }

  @Test func thereIsNoThousandthDevice() {
    #expect(throws: DeviceError.self) { try Device.cuda(1000).check() }
    #expect("\(DeviceError.noSuchDevice(index: 4, count: 2))".contains("cuda:0 to cuda:1"))
  }

  @Test func theProcessorHasNoGPUKernels() { #expect(!Torch.hasKernels(on: .cpu)) }

  @Test(.enabled(if: DeviceTests.hasGPU, "needs a GPU"))
  func streamsGiveTheSameNumbersEverywhere() {
    for draw in [
      { (s: RandomStream, d: Device) in s.normal([50], device: d).floats() },
      { (s: RandomStream, d: Device) in s.uniform([50], device: d).floats() },
      { (s: RandomStream, d: Device) in s.integers(100, 50, device: d).floats() },
    ] {
      #expect(draw(RandomStream(seed: 3), .cpu) == draw(RandomStream(seed: 3), .cuda(0)))
    }
  }

  @Test(.enabled(if: DeviceTests.hasGPU, "needs a GPU"))
  func filesAreTheSameFromEveryDevice() throws {
    try withTemporaryFolder { folder in
      let there = Tensor([1.0, 2, 3, 4, 5, 6], [2, 3], device: .cuda(0))
      #expect(there.device == .cuda(0))
      let files = ["a", "b"].map { folder.appendingPathComponent($0) }
      try Safetensors.write(["x": there.transpose(0, 1)], to: files[0])
      try Safetensors.write(["x": there.to(.cpu).transpose(0, 1)], to: files[1])
      #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]))
      #expect(try Safetensors.read(files[0]).tensors["x"]?.device == .cpu)
    }
  }
}
