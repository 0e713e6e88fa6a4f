import Perception
import Tensors
import Testing
import Videos

@Suite(.enabled(if: Networks.arePresent, "\(Networks.absent)")) struct PerceptualLossTests {
  private func picture(_ video: Video) -> Tensor {
    Tensor(bytes: video.bytes, [1, video.height, video.width, 3]).to(.float32)
      .permute([0, 3, 1, 2]).contiguous() * (2.0 / 255) - 1
  }

  @Test func isTheMeasuresDistance() throws {
    let (loss, measure) = (
      try PerceptualLoss(store: Networks.store), try LPIPS(.alex, store: Networks.store)
    )
    let (a, b) = (
      picture(Pictures.discs(red: 40, blue: 90)), picture(Pictures.discs(red: 44, blue: 86))
    )
    let distance = try measure.distances(a, b)[0]
    #expect(abs(loss(a, b).item() - distance) < 1e-4)
    #expect(loss(a, a).item() < 1e-9)
  }

  /// Following the gradient brings pictures nearer; flat ones, where features may all be 0, have one too.
  @Test func hasAGradient() throws {
    let loss = try PerceptualLoss(store: Networks.store)
    let wanted = picture(Pictures.discs(red: 40, blue: 90))
    let drawn = Tensor.full(wanted.shape, 1).requiresGrad()
    let before = loss(drawn, wanted)
    before.backward()
    let gradient = try #require(drawn.grad)
    #expect(gradient.abs().sum().item().isFinite && gradient.abs().amax().item() > 0)
    let step = 1e-3 / gradient.norm().item()
    let after = Torch.noGrad { loss(drawn - gradient * step, wanted).item() }
    #expect(after < before.item())
  }
}
