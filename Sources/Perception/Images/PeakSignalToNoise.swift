import Foundation

/// PSNR, the peak signal-to-noise ratio of 8-bit frames, in decibels.
///
/// 10 log₁₀(255² / MSE), with the mean squared error over all pixels and channels of a frame. Equal
/// frames would give infinity; they count as 100 dB, as in the scripts that papers on video use, and no
/// other frame gets more.
public enum PeakSignalToNoise {
  /// What equal frames count as.
  public static let ceiling = 100.0

  /// One number per counted frame.
  public static func values(_ pair: FramePair) -> [Double] {
    pair.frames.map { frame in
      let size = pair.generated.frameSize
      let squares = pair.generated.bytes.withUnsafeBufferPointer { a in
        pair.truth.bytes.withUnsafeBufferPointer { b in
          var sum = 0
          for index in (frame * size)..<((frame + 1) * size) {
            let difference = Int32(a[index]) - Int32(b[index])
            sum += Int(difference * difference)
          }
          return sum
        }
      }
      return value(meanSquaredError: Double(squares) / Double(size))
    }
  }

  /// The ratio for a mean squared error in grey levels of 0 to 255.
  public static func value(meanSquaredError: Double) -> Double {
    meanSquaredError > 0 ? min(10 * log10(255 * 255 / meanSquaredError), ceiling) : ceiling
  }
}
