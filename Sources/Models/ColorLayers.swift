import Tensors

/// A picture of flat colours on white as one picture for each colour: how much of every pixel is red, blue and
/// black.
///
/// Red takes away green and blue, blue takes away red and green, black all three; so red = G − R, blue = G − B
/// and black = R + B − G of the ink, also where a pixel is mixed. Other colours come out as negative shares of
/// these, which `split` keeps.
public enum ColorLayers {
  /// Red, blue and black.
  public static let count = 3

  /// Ink [N, 3, R, R] → colours [3N, 1, R, R], those of a picture one after the other.
  public static func split(_ ink: Tensor) -> Tensor {
    let (red, green, blue) = (channel(ink, 0), channel(ink, 1), channel(ink, 2))
    return Tensor.cat([green - red, green - blue, red + blue - green], 1)
      .reshape([ink.size(0) * count, 1, ink.size(2), ink.size(3)])
  }

  /// Colours [3N, 1, R, R] → ink [N, 3, R, R]; less than none of a colour is none.
  public static func join(_ layers: Tensor) -> Tensor {
    let shares = layers.view([layers.size(0) / count, count, layers.size(2), layers.size(3)])
      .clamp(min: 0)
    let (red, blue, black) = (channel(shares, 0), channel(shares, 1), channel(shares, 2))
    return Tensor.cat([blue + black, red + blue + black, red + black], 1)
  }

  private static func channel(_ x: Tensor, _ index: Int) -> Tensor {
    x.narrow(1, start: index, length: 1)
  }
}
