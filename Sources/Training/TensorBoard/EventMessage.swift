import Foundation

/// One of TensorBoard's `Event` messages in protocol buffers' wire format.
struct EventMessage {
  private(set) var bytes: [UInt8] = []

  /// A message of a time and a step.
  private init(time: Double, step: Int) {
    double(1, time)
    integer(2, step)
  }

  /// The first message of every file.
  static func version(time: Double) -> EventMessage {
    var event = EventMessage(time: time, step: 0)
    event.text(3, "brain.Event:2")
    return event
  }

  /// From this step on, what earlier files say is void: a resumed run says it.
  static func start(step: Int, time: Double) -> EventMessage {
    var event = EventMessage(time: time, step: step)
    var session = EventMessage()
    session.integer(1, 1)
    event.message(7, session)
    return event
  }

  /// Numbers by name.
  static func scalars(_ values: [(name: String, value: Double)], step: Int, time: Double)
    -> EventMessage
  {
    var summary = EventMessage()
    for (name, value) in values {
      var entry = EventMessage()
      entry.text(1, name)
      entry.float(2, Float(value))
      summary.message(1, entry)
    }
    var event = EventMessage(time: time, step: step)
    event.message(5, summary)
    return event
  }

  private init() {}

  private mutating func variable(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func key(_ field: Int, wireType: Int) { variable(UInt64(field << 3 | wireType)) }

  private mutating func integer(_ field: Int, _ value: Int) {
    key(field, wireType: 0)
    variable(UInt64(bitPattern: Int64(value)))
  }

  private mutating func double(_ field: Int, _ value: Double) {
    key(field, wireType: 1)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  private mutating func float(_ field: Int, _ value: Float) {
    key(field, wireType: 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  private mutating func text(_ field: Int, _ value: String) { block(field, Array(value.utf8)) }

  private mutating func message(_ field: Int, _ value: EventMessage) { block(field, value.bytes) }

  private mutating func block(_ field: Int, _ content: [UInt8]) {
    key(field, wireType: 2)
    variable(UInt64(content.count))
    bytes += content
  }
}
