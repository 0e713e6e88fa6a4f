import Tensors
import Testing

@Suite struct PoolingTests {
  static let row = Tensor([3, 1, 4, 1, 5, 9, 2] as [Float], [1, 1, 1, 7])

  @Test func greatestOfWindows() {
    #expect(Self.row.maxPool([1, 3], stride: [1, 2]).floats() == [4, 5, 9])
    #expect(Self.row.maxPool([1, 2], stride: [1, 2]).floats() == [3, 4, 9])
    // The last window hangs over the end.
    #expect(Self.row.maxPool([1, 2], stride: [1, 2], ceil: true).floats() == [3, 4, 9, 2])
    #expect(
      (Self.row - 10).maxPool([1, 3], stride: [1, 3], padding: [0, 1]).floats() == [-7, -5, -1])
    let film = Self.row.unsqueeze(2)
    #expect(film.maxPool([1, 1, 3], stride: [1, 1, 2]).floats() == [4, 5, 9])
  }

  @Test func meansOfWindows() {
    #expect(Self.row.averagePool([1, 2], stride: [1, 2]).floats() == [2, 2.5, 7])
    #expect(Self.row.unsqueeze(2).averagePool([1, 1, 7], stride: [1, 1, 1]).floats() == [25 / 7])
  }

  @Test func zerosAround() {
    #expect(Self.row.padded([1, 2]).floats() == [0, 3, 1, 4, 1, 5, 9, 2, 0, 0])
    #expect(Self.row.padded([0, 0, 1, 0]).shape == [1, 1, 2, 7])
  }

  /// PyTorch: `interpolate(tensor([[[[0., 4.]]]]), (1, 4), mode="bilinear")`.
  @Test func bilinearBetweenCentres() {
    let pair = Tensor([0, 4] as [Float], [1, 1, 1, 2])
    #expect(pair.resizedBilinear(height: 1, width: 4).floats() == [0, 1, 3, 4])
    #expect(pair.resizedBilinear(height: 3, width: 2).floats() == [0, 4, 0, 4, 0, 4])
  }

  @Test func channelsLastKeepsTheValues() {
    let x = Tensor.arange(24).view([1, 2, 3, 4])
    #expect(!x.channelsLast().isContiguous)
    #expect(x.channelsLast().floats() == x.floats())
  }

  @Test func singularValues() {
    let matrix = Tensor(doubles: [3, 0, 0, 0, -4, 0], [2, 3])
    expectClose(matrix.singularValues(), Tensor(doubles: [4, 3], [2]), 1e-12)
  }
}
