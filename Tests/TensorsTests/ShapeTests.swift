import Tensors
import Testing

@Suite struct ShapeTests {
  let t = Tensor.arange(6).view([2, 3])

  @Test func values() {
    #expect(t.view([3, -1]).shape == [3, 2])
    #expect(t.permute([1, 0]).floats() == [0, 3, 1, 4, 2, 5])
    #expect(t.transpose(0, 1).reshape([6]).floats() == [0, 3, 1, 4, 2, 5])
    #expect(t.narrow(1, start: 1, length: 2).floats() == [1, 2, 4, 5])
    #expect(t.select(1, -1).floats() == [2, 5])
    #expect(t.unsqueeze(1).shape == [2, 1, 3])
    #expect(t.unsqueeze(1).squeeze(1).shape == [2, 3])
    #expect(t.flip(1).floats() == [2, 1, 0, 5, 4, 3])
    #expect(t.flip([0, 1]).floats() == [5, 4, 3, 2, 1, 0])
    #expect(t.select(0, 0).unsqueeze(0).expand([2, -1]).floats() == [0, 1, 2, 0, 1, 2])
    #expect(t.indexSelect(1, Tensor([2, 0, 2] as [Int64], [3])).floats() == [2, 0, 2, 5, 3, 5])
  }

  @Test func partsAndWholes() {
    #expect(t.unbind(1).map { $0.floats() } == [[0, 3], [1, 4], [2, 5]])
    #expect(t.chunk(2, 1).map(\.shape) == [[2, 2], [2, 1]])
    #expect(t.chunk(5, 0).count == 2)
    #expect(Tensor.cat([t, t], 1).shape == [2, 6])
    #expect(Tensor.stack([t, t, t], 1).shape == [2, 3, 3])
    #expect(Tensor.stack([t, t + 1], 2).floats().prefix(4) == [0, 1, 1, 2])
  }

  @Test func viewsShareMemory() {
    let copy = t + 0
    copy.select(0, 0).fill_(9)
    #expect(copy.floats() == [9, 9, 9, 3, 4, 5])
    #expect(copy.transpose(0, 1).contiguous().isContiguous)
  }

  @Test func gradients() {
    let x = numbers([2, 3, 4])
    expectGradients(of: [x]) { $0[0].view([6, 4]).square() }
    expectGradients(of: [x]) { $0[0].permute([2, 0, 1]).reshape([8, 3]).square() }
    expectGradients(of: [x]) { $0[0].transpose(0, 2).contiguous() }
    expectGradients(of: [x]) { $0[0].narrow(1, start: 1, length: 2) }
    expectGradients(of: [x]) { $0[0].select(2, 1) }
    expectGradients(of: [x]) { $0[0].flip([0, 2]) }
    expectGradients(of: [x]) { $0[0].unsqueeze(1).expand([2, 5, 3, 4]).squeeze(0) }
    expectGradients(of: [x]) { $0[0].indexSelect(2, Tensor([3, 0, 3] as [Int64], [3])) }
    expectGradients(of: [x]) { $0[0].unbind(1)[2] * $0[0].unbind(1)[0] }
    expectGradients(of: [x]) { $0[0].chunk(2, 2)[0] * $0[0].chunk(2, 2)[1] }
    expectGradients(of: [x, x]) { Tensor.cat([$0[0], $0[1], $0[0]], 1) }
    expectGradients(of: [x, x]) { Tensor.stack([$0[0], $0[1]], -1) }
  }

  @Test func foreignShapesAreErrors() throws {
    #expect(try t.tryReshape([3, 2]).shape == [3, 2])
    let error = #expect(throws: TorchError.self) { try t.tryReshape([4, 2]) }
    #expect(error?.description.contains("invalid for input of size 6") == true)
  }
}
