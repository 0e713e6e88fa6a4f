import Models
import Tensors
import Testing
import Training

@Suite struct MovingAverageTests {
  @Test func theMemoryGrows() {
    let average = MovingAverage(of: Parameters(), decay: 0.9)
    #expect(average.decay(at: 0) == 0.1)
    #expect(abs(average.decay(at: 8) - 0.5) < 1e-12)
    #expect(average.decay(at: 1000) == 0.9)
  }

  @Test func followsTheWeightsWithoutBeingThem() {
    var model = Parameters()
    let weight = Tensor([Float(1), 2], [2])
    model.append("w", weight)
    let average = MovingAverage(of: model, decay: 0.9)
    weight.fill_(11)
    average.update(towards: model, step: 0)
    let found = average.parameters.tensors[0].floats()
    #expect(abs(found[0] - 10) < 1e-5)
    #expect(abs(found[1] - 10.1) < 1e-5)
    #expect(weight.floats() == [11, 11])
  }
}
