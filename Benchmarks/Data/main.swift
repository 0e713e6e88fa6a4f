import CMemory
import Foundation

/// `databenchmark JOB [--law uniform|collision] [--videos N] [--threads N] [--output FOLDER]`: does
/// one job once in this process and prints a line of JSON about it.
do {
  // The allocator keeps large blocks, as in the program itself, which starts with this setting.
  cmemory_keep()
  let request = try Request(Array(CommandLine.arguments.dropFirst()))
  let result = try request.job.run(request)
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  print(String(decoding: try encoder.encode(result), as: UTF8.self))
} catch {
  FileHandle.standardError.write(Data("databenchmark: \(error)\n".utf8))
  exit(64)
}
