import Foundation

/// What a pickle of nested dictionaries of arrays is made of.
indirect enum PickleValue {
  case none
  case bool(Bool)
  case int(Int)
  case text(String)
  case bytes(Data)
  case tuple([PickleValue])
  case dictionary(PickleDictionary)
  case global(String)
  case dtype(PickleDType)
  case array(PickleArray)
  /// Where the arguments of a later instruction begin.
  case mark
}

/// Dictionaries, types and arrays are filled after they are made, so the stack and the memo share them.
final class PickleDictionary {
  var entries: [(key: String, value: PickleValue)] = []
}

/// `numpy.dtype("f4")`, and the byte order that its state adds.
final class PickleDType {
  let code: String
  var order = "="
  init(code: String) { self.code = code }
}

/// A NumPy array, empty until its state is set.
final class PickleArray {
  var shape: [Int] = []
  var dtype: PickleDType?
  var isColumnMajor = false
  var data = Data()
}
