import Foundation

/// Settings that libraries read only when a process starts.
///
/// libgomp's threads spin at barriers by default: on a machine with anything else to do, two threads
/// then run many times slower than one. A short spin keeps most of the speed of an idle machine.
/// glibc's allocator returns large blocks to the system at once and pays page faults for them again.
/// libtorch warns of a lost connection with pages of its own calls before this program says which process it was.
enum ProcessEnvironment {
  private static let mark = "PHYWORLD_ENVIRONMENT"
  private static let settings = [
    "GOMP_SPINCOUNT": "100000",
    "MALLOC_MMAP_THRESHOLD_": "1073741824",
    "MALLOC_TRIM_THRESHOLD_": "2147483648",
    "TORCH_CPP_LOG_LEVEL": "ERROR",
  ]

  /// Starts the program again with the settings that the user has not chosen; goes on as it is
  /// where that fails.
  static func apply() {
    guard getenv(mark) == nil else { return }
    let own = settings.filter { getenv($0.key) == nil }
    guard !own.isEmpty, getenv("OMP_WAIT_POLICY") == nil else { return }
    for (name, value) in own { setenv(name, value, 0) }
    setenv(mark, "1", 1)
    var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
    arguments.append(nil)
    execv("/proc/self/exe", &arguments)
    for argument in arguments { free(argument) }
  }
}

/// Where the program begins.
@main
enum Program {
  static func main() {
    ProcessEnvironment.apply()
    PhyWorldCommand.main()
  }
}
