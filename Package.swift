// swift-tools-version: 6.2
import PackageDescription

// libtorch: include/ and lib/ of an unpacked torch wheel. `./setup` makes .deps/libtorch.
let torch = Context.environment["LIBTORCH"] ?? Context.packageDirectory + "/.deps/libtorch"

let package = Package(
  name: "phyworld",
  products: [
    .executable(name: "phyworld", targets: ["phyworld"]),
    .library(
      name: "PhyWorld",
      targets: ["Worlds", "Videos", "Combinatorial", "Datasets", "Models", "Measures"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Without its traits it needs neither swift-configuration nor the whole of Foundation.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
  ],
  targets: [
    // Doors to the real libraries: translation and error capture, nothing else.
    .target(
      name: "CTorch",
      cxxSettings: [.unsafeFlags(["-isystem", torch + "/include", "-Wno-unknown-attributes"])],
      linkerSettings: [
        .unsafeFlags(["-L" + torch + "/lib", "-Xlinker", "-rpath", "-Xlinker", torch + "/lib"]),
        .linkedLibrary("torch_cpu"), .linkedLibrary("c10"), .linkedLibrary("m"),
      ]),
    .target(name: "CBox2D", linkerSettings: [.linkedLibrary("box2d")]),
    .systemLibrary(name: "CFFmpeg", pkgConfig: "libavformat libavcodec libswscale libavutil"),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),

    // The lab, in the order of the data flow.
    .target(name: "Tensors", dependencies: ["CTorch"]),
    .target(name: "Worlds", dependencies: ["CBox2D"]),
    .target(name: "Videos", dependencies: ["Worlds", "CFFmpeg", "CZlib"]),
    .target(name: "Combinatorial", dependencies: ["CBox2D", "Worlds", "Videos"]),
    .target(name: "Datasets", dependencies: ["Worlds", "Videos", "Combinatorial", "CHDF5"]),
    .target(name: "Measures", dependencies: ["Worlds", "Videos", "Combinatorial"]),
    .target(name: "Tables", dependencies: ["Measures"]),
    .target(
      name: "Submissions", dependencies: ["Worlds", "Videos", "Datasets", "Measures", "Tables"]),
    .target(
      name: "Perception", dependencies: ["CZlib", "Tensors", "Worlds", "Videos", "Datasets"]),
    .target(name: "Models", dependencies: ["Tensors", "Worlds", "Videos"]),
    .target(
      name: "Training",
      dependencies: [
        "Tensors", "Worlds", "Videos", "Combinatorial", "Datasets", "Measures", "Models",
      ]),
    .target(
      name: "Experiments",
      dependencies: [
        "Tensors", "Worlds", "Videos", "Combinatorial", "Datasets", "Measures", "Tables",
        "Submissions", "Perception", "Models", "Training",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Findings",
      dependencies: [
        "Tensors", "Worlds", "Videos", "Combinatorial", "Datasets", "Measures", "Tables",
        "Submissions", "Perception", "Models", "Training", "Experiments",
      ]),
    .target(
      name: "Reports",
      dependencies: [
        "Worlds", "Videos", "Datasets", "Measures", "Tables", "Submissions", "Models", "Training",
        "Experiments", "Findings",
      ]),
    .target(
      name: "Rating",
      dependencies: [
        "Worlds", "Videos", "Measures",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      resources: [
        .embedInCode("Page/page.html"), .embedInCode("Page/page.css"),
        .embedInCode("Page/page.js"), .embedInCode("Page/view.js"),
        .embedInCode("Page/server.js"),
      ]),
    .executableTarget(
      name: "phyworld",
      dependencies: [
        "Tensors", "Worlds", "Videos", "Combinatorial", "Datasets", "Measures", "Models",
        "Training",
        "Experiments", "Findings", "Perception", "Rating", "Reports", "Submissions", "Tables",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Takes turns with its PyTorch twin, on a processor or a GPU: see Benchmarks/README.md.
    .executableTarget(
      name: "trainingbenchmark", dependencies: ["Training", "Models", "Tensors"],
      path: "Benchmarks/Training", exclude: ["twin.py", "compare.py"]),

    // The timings of Benchmarks/data.sh.
    .target(name: "CMemory", path: "Benchmarks/Memory"),
    .executableTarget(
      name: "databenchmark", dependencies: ["Worlds", "Videos", "Datasets", "CMemory"],
      path: "Benchmarks/Data", exclude: ["official.py", "compare.py", "requirements.txt"]),

    // One side of Benchmarks/perception.sh.
    .executableTarget(
      name: "perceptionbenchmark", dependencies: ["Tensors", "Perception"],
      path: "Benchmarks/Perception", exclude: ["twin.py", "compare.py"]),

    // The timings of Benchmarks/measures.sh.
    .executableTarget(
      name: "measurebenchmark",
      dependencies: ["Worlds", "Videos", "Datasets", "Measures", "CMemory"],
      path: "Benchmarks/Measures", exclude: ["official.py", "compare.py", "requirements.txt"]),

    // The timings of Benchmarks/combinatorial.sh.
    .executableTarget(
      name: "combinatorialbenchmark", dependencies: ["Combinatorial"],
      path: "Benchmarks/Combinatorial",
      exclude: ["compare.py", "reference.cpp", "shares.py", "shares.sh"]),

    // The timings of Benchmarks/combinatorial-data.sh and the trial of Benchmarks/judge.sh.
    .executableTarget(
      name: "combinatorialdatabenchmark",
      dependencies: ["Videos", "Combinatorial", "Datasets", "Measures"],
      path: "Benchmarks/CombinatorialData", exclude: ["compare.py", "official.py"]),

    // Every module that a target imports is named: the build follows changes along these lines only.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "TensorsTests", dependencies: ["TestSupport", "Tensors"]),
    .testTarget(name: "WorldsTests", dependencies: ["Worlds"]),
    .testTarget(name: "VideosTests", dependencies: ["TestSupport", "Worlds", "Videos"]),
    .testTarget(
      name: "CombinatorialTests",
      dependencies: ["TestSupport", "Worlds", "Videos", "Combinatorial"]),
    .testTarget(
      name: "DatasetsTests",
      dependencies: ["TestSupport", "Worlds", "Videos", "Combinatorial", "Datasets"]),
    .testTarget(
      name: "MeasuresTests",
      dependencies: ["TestSupport", "Worlds", "Videos", "Combinatorial", "Datasets", "Measures"]),
    .testTarget(
      name: "SubmissionsTests",
      dependencies: [
        "TestSupport", "Worlds", "Videos", "Datasets", "Measures", "Tables", "Submissions",
      ]),
    .testTarget(
      name: "PerceptionTests",
      dependencies: ["TestSupport", "Tensors", "Worlds", "Videos", "Perception"]),
    .testTarget(
      name: "ModelsTests", dependencies: ["TestSupport", "Tensors", "Worlds", "Videos", "Models"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: ["TestSupport", "Tensors", "Worlds", "Datasets", "Models", "Training"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "TestSupport", "Tensors", "Worlds", "Videos", "Datasets", "Models", "Training",
        "Experiments", "Reports",
      ]),
    .testTarget(
      name: "FindingsTests",
      dependencies: [
        "TestSupport", "Tensors", "Worlds", "Videos", "Combinatorial", "Datasets", "Measures",
        "Perception", "Models", "Experiments", "Findings",
      ]),
    .testTarget(name: "RatingTests", dependencies: ["Worlds", "Videos", "Measures", "Rating"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["TestSupport", "Worlds", "Videos", "Measures", "Findings", "Reports"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "TestSupport", "Tensors", "Worlds", "Videos", "Combinatorial", "Datasets", "Measures",
        "Training",
        "Experiments",
      ]),
  ],
  cxxLanguageStandard: .cxx20
)
