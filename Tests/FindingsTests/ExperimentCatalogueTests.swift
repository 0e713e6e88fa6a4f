import Experiments
import Findings
import Testing

@Suite struct ExperimentCatalogueTests {
  @Test func namesAreUniqueAndFound() throws {
    let names = ExperimentCatalogue.all.map(\.name)
    #expect(Set(names).count == names.count && names.count >= 13)
    for name in names { #expect(try ExperimentCatalogue.named(name).name == name) }
    #expect {
      try ExperimentCatalogue.named("figure-99")
    } throws: {
      "\($0)".contains("'figure-99'") && "\($0)".contains("figure-7")
    }
  }

  @Test(arguments: ExperimentCatalogue.all.map(\.name))
  func everySetExistsAndEveryClaimHasItsCells(_ name: String) throws {
    let experiment = try ExperimentCatalogue.named(name)
    #expect(!experiment.claims.isEmpty && !experiment.paper.isEmpty)
    #expect(Set(experiment.claims.map(\.name)).count == experiment.claims.count)
    for scale in ExperimentScale.allCases {
      let arms = experiment.askedArms(at: scale)
      #expect(arms.map(\.name) == experiment.arms(at: scale).map(\.name))
      #expect(Set(arms.map(\.name)).count == arms.count)
      let asked = Set(arms.flatMap { arm in arm.probes.map { "\(arm.name) \($0.name)" } })
      for claim in experiment.claims {
        for cell in claim.places { #expect(asked.contains(cell), "\(claim.name): \(cell)") }
      }
      for arm in arms {
        #expect(Set(arm.probes.map(\.name)).count == arm.probes.count)
        for probe in arm.probes { _ = try AskedSets.count(of: probe.set) }
        _ = try arm.configuration(scale: scale, seed: 0)
      }
    }
  }

  @Test(arguments: ExperimentCatalogue.all.map(\.name))
  func withoutEvidenceNothingIsDecidedAndNothingFails(_ name: String) throws {
    let experiment = try ExperimentCatalogue.named(name)
    let nothing = Evidence(seeds: [0, 1])
    for claim in experiment.claims { #expect(claim.result(nothing).verdict == .undecided) }
    let figures = experiment.figures(nothing)
    #expect(!figures.isEmpty && Set(figures.map(\.name)).count == figures.count)
  }

  @Test func anAddressNamesWhatMakesAModel() throws {
    let arm = try ExperimentCatalogue.named("figure-9").arms(at: .quick)[0]
    let one = try arm.configuration(scale: .quick, seed: 0)
    var same = one
    same.threads = 7
    same.device = .auto
    #expect(try ArmAddress.of(one) == ArmAddress.of(same))
    for other in [
      try arm.configuration(scale: .quick, seed: 1), try arm.configuration(scale: .laptop, seed: 0),
      try ExperimentCatalogue.named("figure-9").arms(at: .quick)[1]
        .configuration(scale: .quick, seed: 0),
    ] { #expect(try ArmAddress.of(other) != ArmAddress.of(one)) }
  }

  @Test(arguments: ExperimentCatalogue.all.map(\.name))
  func oneArmIsAskedAtSeveralNumbersOfSamplingSteps(_ name: String) throws {
    for scale in ExperimentScale.allCases {
      let experiment = try ExperimentCatalogue.named(name)
      let arms = experiment.askedArms(at: scale)
      let swept = arms.filter { arm in arm.probes.contains { $0.steps != nil } }
      #expect(!swept.isEmpty)
      for arm in swept {
        for (set, probes) in Dictionary(grouping: arm.probes.filter { $0.steps != nil }, by: \.set)
        {
          #expect(probes.compactMap(\.steps) == [1, 4, 8, 32], "\(arm.name): \(set)")
          // The same scenes at every number.
          #expect(Set(probes.map(\.share)).count == 1)
        }
      }
    }
  }

  @Test func armsAreSharedBetweenExperiments() throws {
    func addresses(_ name: String) throws -> Set<String> {
      Set(
        try ExperimentCatalogue.named(name).arms(at: .laptop).map {
          try ArmAddress.of($0.configuration(scale: .laptop, seed: 0))
        })
    }
    let priority = try addresses("priority")
    #expect(try addresses("figure-11").isSubset(of: priority))
    #expect(try addresses("figure-13").isSubset(of: priority))
    #expect(try priority.isSubset(of: addresses("preference")))
  }
}
