import Datasets
import TestSupport

extension GoldenFolder {
  static func reference() throws -> GoldenReference { try GoldenReference(folder: url) }
}
