import Combinatorial

/// How much better a plane of coverage is explained with a body at some place than without it.
///
/// With g the coverage seen, c that by the other bodies of the colour and a that by the body, the
/// score is the sum over pixels of (g − c)² − (g − min(1, c + a))².
struct FootprintScore {
  /// Coverage seen less that by the other bodies.
  private var rest: [Float]
  /// What the other bodies leave.
  private var room: [Float]
  private let size: Int

  init(_ seen: [Float], size: Int) {
    rest = seen
    room = [Float](repeating: 1, count: seen.count)
    self.size = size
  }

  /// Takes the coverage of another body away, or gives it back.
  mutating func cover(_ footprint: Footprint, _ place: BodyPlace, by share: Float = 1) {
    rest.withUnsafeMutableBufferPointer { rest in
      room.withUnsafeMutableBufferPointer { room in
        footprint.forEachRow(place) { row, first, shares in
          let start = row * size + first
          for pixel in shares.indices {
            rest[start + pixel] -= share * shares[pixel]
            room[start + pixel] -= share * shares[pixel]
          }
        }
      }
    }
  }

  /// The score of a place.
  func callAsFunction(_ footprint: Footprint, _ place: BodyPlace) -> Double {
    var sum: Float = 0
    rest.withUnsafeBufferPointer { rest in
      room.withUnsafeBufferPointer { room in
        footprint.forEachRow(place) { row, first, shares in
          let start = row * size + first
          var part: Float = 0
          for pixel in shares.indices {
            let free = max(room[start + pixel], 0)
            let share = min(shares[pixel], free)
            part += share * (2 * rest[start + pixel] - share)
          }
          sum += part
        }
      }
    }
    return Double(sum)
  }
}

extension FootprintScore {
  /// The area of a body in pixels, and how much of it is seen and not another body's.
  func explained(_ footprint: Footprint, _ place: BodyPlace) -> (area: Double, seen: Double) {
    var area: Float = 0
    var seen: Float = 0
    rest.withUnsafeBufferPointer { rest in
      footprint.forEachRow(place) { row, first, shares in
        let start = row * size + first
        for pixel in shares.indices {
          area += shares[pixel]
          seen += shares[pixel] * min(max(rest[start + pixel], 0), 1)
        }
      }
    }
    return (Double(area), Double(seen))
  }

  /// Coverage that no body explains, row 0 at the bottom.
  var unexplained: [Float] { rest }
}
