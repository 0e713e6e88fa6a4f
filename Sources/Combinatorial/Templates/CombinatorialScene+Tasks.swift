import Worlds

extension CombinatorialScene {
  /// The scene of a template's task and trial under a seed: always the same one.
  ///
  /// The task fixes all bodies but the red ball, the trial the red ball.
  ///
  /// - Throws: ``CombinatorialError/number(_:value:)`` for a negative task or trial,
  ///   ``CombinatorialError/cannotPlace(template:task:trial:tries:)`` where there is no room.
  public init(
    template: CombinatorialTemplate, task: Int = 0, trial: Int = 0, seed: UInt64 = 0
  ) throws(CombinatorialError) {
    guard task >= 0 else { throw .number("task", value: task) }
    guard trial >= 0 else { throw .number("trial", value: trial) }
    let random = TaskRandom(composition: template.letters, task: task, seed: seed)
    let bodies = template.objectTypes.flatMap { Self.bodies(of: $0, random) }
    var stream = random.stream(ofTrial: trial)
    guard let ball = RedBallSampler(bodies).ball(using: &stream) else {
      throw .cannotPlace(
        template: "\(template)", task: task, trial: trial, tries: RedBallSampler.allTries)
    }
    self.init(
      template: template, task: task, trial: trial, seed: seed, bodies: bodies + [ball])
  }

  /// The bodies of one object type in a task.
  private static func bodies(of type: ObjectType, _ task: TaskRandom) -> [CombinatorialBody] {
    var random = task.stream(of: type)
    return switch type {
    case .dynamicBall1, .dynamicBall2: DynamicBall.bodies(type, using: &random)
    case .staticBall: StaticBallChain.bodies(task: task.task, using: &random)
    case .dynamicBar: DynamicBar.bodies(using: &random)
    case .standingBars: StandingBars.bodies(using: &random)
    case .staticBar: StaticBar.bodies(using: &random)
    case .jar: Jar.bodies(using: &random)
    case .standingSticks: StandingSticks.bodies(using: &random)
    case .redBall: []
    }
  }
}
