import Foundation
import Tensors
import Testing

@Suite struct TorchTests {
  @Test func version() {
    #expect(Torch.version.split(separator: ".").count >= 2)
  }

  @Test func noDeviceMeansNoCuda() {
    // A machine with a device answers true; both answers must come without a crash.
    if !Torch.cudaAvailable {
      #expect(throws: TorchError.self) { try Tensor.zeros([1]).tryTo(.cuda(0)) }
    }
  }

  /// In its own process, because the threads of one process are everybody's.
  @Test func oneThreadMeansOneThread() async {
    await #expect(processExitsWith: .success) {
      func operatingSystemThreads() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
      }
      let big = Tensor.ones([600, 600])
      Torch.setThreads(1)
      try #require(Torch.threads == 1)
      let before = try operatingSystemThreads()
      _ = big.matmul(big) + big.exp()
      try #require(try operatingSystemThreads() == before)
      Torch.setThreads(3)
      try #require(Torch.threads == 3)
      _ = big.matmul(big) + big.exp()
      try #require(try operatingSystemThreads() > before)
    }
  }

  /// In its own process, because the count is of all tensors of the process.
  @Test func tenThousandStepsLeakNothing() async {
    await #expect(processExitsWith: .success) {
      func residentBytes() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
          .split(separator: " ")
        return (Int(fields[1]) ?? 0) * 4096
      }
      Torch.setThreads(1)
      let stream = RandomStream(seed: 1)
      let x = stream.normal([2, 4, 12])
      let weight = (stream.normal([36, 12]) * 0.1).requiresGrad()
      let row = stream.normal([2, 1, 12]).requiresGrad()
      let adam = AdamW([("row", row)], lr: 1e-3)
      let muon = Muon([("weight", weight)], lr: 1e-3)
      func step() {
        let h = x.layerNormModulate(shift: row, scale: row).linear(weight)
        let y = x.gateAdd(row, h.attentionPacked(heads: 2)).geluFast()
        Tensor.mse(y.chunk(2, 1)[0], Tensor.cat(y.chunk(4, 1), 1).unbind(1)[0].unsqueeze(1))
          .backward()
        Tensor.clipGradNorm_([weight, row], maxNorm: 1)
        adam.step()
        muon.step()
        adam.zeroGrad()
        muon.zeroGrad()
      }
      for _ in 0..<500 { step() }
      let tensors = Torch.liveTensors
      let bytes = try residentBytes()
      for _ in 0..<10_000 { step() }
      try #require(Torch.liveTensors == tensors)
      try #require(try residentBytes() - bytes < 20_000_000)
    }
  }

  @Test func aHeldTensorIsCounted() async {
    await #expect(processExitsWith: .success) {
      let before = Torch.liveTensors
      let held = Tensor.zeros([1])
      try #require(Torch.liveTensors == before + 1)
      withExtendedLifetime(held) {}
    }
  }
}
