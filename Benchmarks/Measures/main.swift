import CMemory
import Foundation

/// `measurebenchmark JOB --law LAW [--size N] [--videos N] [--distinct N] [--output FOLDER]`: does
/// one job once in this process, on one thread, and prints a line of JSON about it.
do {
  // The allocator keeps large blocks, as in the program itself, which starts with this setting.
  cmemory_keep()
  let request = try Request(Array(CommandLine.arguments.dropFirst()))
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  print(String(decoding: try encoder.encode(try request.run()), as: UTF8.self))
} catch {
  FileHandle.standardError.write(Data("measurebenchmark: \(error)\n".utf8))
  exit(64)
}
