import Foundation

/// Runs the few instructions of Python's pickle format that nested dictionaries of NumPy arrays need.
///
/// Nothing is imported or called: the three names of NumPy stand for fixed values of this reader, and
/// every other name is an error. Source: the opcode table of CPython's `pickletools`.
struct PickleMachine {
  private let data: Data
  private var position = 0
  private var stack: [PickleValue] = []
  private var memo: [Int: PickleValue] = [:]

  init(_ data: Data) { self.data = data }

  /// The value that the pickle describes.
  mutating func run() throws(PickleError) -> PickleValue {
    while true {
      let offset = position
      let code = try byte()
      switch code {
      case 0x80: _ = try byte()  // PROTO
      case 0x95: _ = try bytes(8)  // FRAME
      case UInt8(ascii: "."): return try pop()
      case UInt8(ascii: "}"): stack.append(.dictionary(PickleDictionary()))
      case UInt8(ascii: "("): stack.append(.mark)
      case UInt8(ascii: "N"): stack.append(.none)
      case 0x88: stack.append(.bool(true))
      case 0x89: stack.append(.bool(false))
      case UInt8(ascii: "J"): stack.append(.int(Int(Int32(truncatingIfNeeded: try number(4)))))
      case UInt8(ascii: "K"): stack.append(.int(try number(1)))
      case UInt8(ascii: "M"): stack.append(.int(try number(2)))
      case 0x8C: stack.append(.text(try text(try number(1))))  // SHORT_BINUNICODE
      case UInt8(ascii: "X"): stack.append(.text(try text(try number(4))))
      case UInt8(ascii: "C"): stack.append(.bytes(try bytes(try number(1))))
      case UInt8(ascii: "B"): stack.append(.bytes(try bytes(try number(4))))
      case UInt8(ascii: ")"): stack.append(.tuple([]))
      case 0x85...0x87: try makeTuple(Int(code) - 0x84)
      case UInt8(ascii: "t"): stack.append(.tuple(try popToMark()))
      case 0x94: memo[memo.count] = try top()  // MEMOIZE
      case UInt8(ascii: "q"): memo[try number(1)] = try top()
      case UInt8(ascii: "r"): memo[try number(4)] = try top()
      case UInt8(ascii: "h"): try recall(try number(1))
      case UInt8(ascii: "j"): try recall(try number(4))
      case UInt8(ascii: "c"): try pushGlobal(module: try line(), name: try line())
      case 0x93: try pushStackGlobal()
      case UInt8(ascii: "R"): try reduce()
      case UInt8(ascii: "b"): try build()
      case UInt8(ascii: "s"): try setItems(try popLast(2))
      case UInt8(ascii: "u"): try setItems(try popToMark())
      default: throw .instruction(code: code, offset: offset)
      }
    }
  }
}

// The bytes.
extension PickleMachine {
  private mutating func bytes(_ count: Int) throws(PickleError) -> Data {
    guard count >= 0, count <= data.count - position else { throw .truncated(offset: position) }
    let start = data.startIndex + position
    position += count
    return data[start..<(start + count)]
  }

  private mutating func byte() throws(PickleError) -> UInt8 {
    guard let byte = try bytes(1).first else { throw .truncated(offset: position) }
    return byte
  }

  /// A little-endian number of 1, 2 or 4 bytes, without sign.
  private mutating func number(_ count: Int) throws(PickleError) -> Int {
    try bytes(count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func text(_ count: Int) throws(PickleError) -> String {
    String(decoding: try bytes(count), as: UTF8.self)
  }

  private mutating func line() throws(PickleError) -> String {
    var line = [UInt8]()
    while true {
      let byte = try byte()
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }
}

// The stack.
extension PickleMachine {
  private func malformed(_ cause: String) -> PickleError {
    .malformed(offset: position, cause: cause)
  }

  private func top() throws(PickleError) -> PickleValue {
    guard let last = stack.last else { throw malformed("the stack is empty") }
    return last
  }

  private mutating func pop() throws(PickleError) -> PickleValue {
    let last = try top()
    stack.removeLast()
    return last
  }

  private mutating func popLast(_ count: Int) throws(PickleError) -> [PickleValue] {
    guard stack.count >= count else { throw malformed("the stack is too short") }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(PickleError) -> [PickleValue] {
    let mark = stack.lastIndex { if case .mark = $0 { true } else { false } }
    guard let mark else { throw malformed("there is no mark") }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[(mark + 1)...])
  }

  private mutating func makeTuple(_ count: Int) throws(PickleError) {
    stack.append(.tuple(try popLast(count)))
  }

  private mutating func recall(_ index: Int) throws(PickleError) {
    guard let value = memo[index] else { throw malformed("nothing is kept under \(index)") }
    stack.append(value)
  }
}

// NumPy's arrays.
extension PickleMachine {
  private static let names: Set<String> = [
    "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct", "numpy.ndarray",
    "numpy.dtype",
  ]

  private mutating func pushGlobal(module: String, name: String) throws(PickleError) {
    let whole = "\(module).\(name)"
    guard PickleMachine.names.contains(whole) else { throw .foreign(name: whole) }
    stack.append(.global(whole))
  }

  private mutating func pushStackGlobal() throws(PickleError) {
    let names = try popLast(2)
    guard case .text(let module) = names[0], case .text(let name) = names[1] else {
      throw malformed("a name is no text")
    }
    try pushGlobal(module: module, name: name)
  }

  /// Calls of the two functions that make an empty array and a type.
  private mutating func reduce() throws(PickleError) {
    let call = try popLast(2)
    guard case .global(let function) = call[0], case .tuple(let arguments) = call[1] else {
      throw malformed("a call has no function")
    }
    if function.hasSuffix("._reconstruct") {
      stack.append(.array(PickleArray()))
    } else if function == "numpy.dtype", case .text(let code)? = arguments.first {
      stack.append(.dtype(PickleDType(code: code)))
    } else {
      throw malformed("'\(function)' is not called like this")
    }
  }

  /// States: (version, order, …) of a type, (version, shape, type, column major, bytes) of an array.
  private mutating func build() throws(PickleError) {
    guard case .tuple(let state) = try pop() else { throw malformed("a state is no tuple") }
    switch try top() {
    case .dtype(let dtype):
      guard state.count > 1, case .text(let order) = state[1] else {
        throw malformed("a type has no byte order")
      }
      dtype.order = order
    case .array(let array):
      guard state.count == 5, case .tuple(let lengths) = state[1],
        case .dtype(let dtype) = state[2],
        case .bool(let isColumnMajor) = state[3], case .bytes(let data) = state[4]
      else { throw malformed("an array's state is not (version, shape, type, order, bytes)") }
      array.shape = []
      for length in lengths {
        guard case .int(let length) = length, length >= 0 else {
          throw malformed("a length is no whole number from 0")
        }
        array.shape.append(length)
      }
      array.dtype = dtype
      array.isColumnMajor = isColumnMajor
      array.data = data
    default: throw malformed("a state is given to something else than an array or a type")
    }
  }

  private mutating func setItems(_ items: [PickleValue]) throws(PickleError) {
    guard case .dictionary(let dictionary) = try top(), items.count.isMultiple(of: 2) else {
      throw malformed("entries without a dictionary")
    }
    for index in stride(from: 0, to: items.count, by: 2) {
      guard case .text(let key) = items[index] else { throw malformed("a key is no text") }
      dictionary.entries.append((key, items[index + 1]))
    }
  }
}
