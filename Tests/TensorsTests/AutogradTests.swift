import Tensors
import Testing

@Suite struct AutogradTests {
  @Test func gradientsAddUpAndAreForgotten() {
    let x = Tensor([3] as [Float], [1]).requiresGrad()
    #expect(x.grad == nil)
    x.square().backward()
    x.square().backward()
    #expect(x.grad?.floats() == [12])
    x.zeroGrad()
    #expect(x.grad == nil)
  }

  @Test func detachedTensorsShareElementsButNoRecord() {
    let x = Tensor([3] as [Float], [1]).requiresGrad()
    let y = (x * 2).detached()
    #expect(!y.needsGrad)
    #expect((x * 2).needsGrad)
    (x * y).backward()
    #expect(x.grad?.floats() == [6])
    x.detached().fill_(8)
    #expect(x.floats() == [8])
  }

  @Test func nothingIsRecordedWithinNoGrad() {
    struct Stopped: Error {}
    let x = Tensor([3] as [Float], [1]).requiresGrad()
    #expect(!Torch.noGrad { x * 2 }.needsGrad)
    #expect(throws: Stopped.self) { try Torch.noGrad { throw Stopped() } }
    #expect((x * 2).needsGrad)
    x.requiresGrad(false)
    #expect(!(x * 2).needsGrad)
  }
}
