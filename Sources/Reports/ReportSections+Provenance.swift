import Foundation

/// Where the numbers come from: the latent, the seeds, the machine.
extension ReportSections {
  var autoencoder: String? {
    var parts: [String] = []
    switch content.hasSpatialGrid {
    case true?:
      parts.append("<p>The latent keeps a spatial grid, as the paper’s does.</p>")
    case false?:
      parts.append(
        "<p>The latent of this run has no spatial grid: each frame is one vector, unlike the "
          + "paper’s grid of latents. Conclusions about where a model looks do not carry over.</p>")
    case nil: break
    }
    if !content.latentNote.isEmpty { parts.append("<p>\(escaped(content.latentNote))</p>") }
    if !content.gates.isEmpty {
      let table = ReportTable(
        caption: "What the autoencoder must preserve before the model is trained on its latents",
        columns: [
          .init("Check", numeric: false), .init("Value"), .init("Asked for"),
          .init("Holds", numeric: false),
        ],
        rows: content.gates.map {
          [
            .init($0.name), .init(Format.error($0.value)), .init(Format.error($0.limit)),
            .init($0.passed ? "yes" : "no"),
          ]
        })
      parts.append(table.html)
    }
    return parts.isEmpty ? nil : section("autoencoder", "What the autoencoder keeps", parts)
  }

  var provenance: String? {
    var parts: [String] = []
    let entries =
      content.seeds.map { ReportContent.Entry("Seed, \($0.name)", $0.value) } + content.environment
      + content.timings.map { .init("Time, \($0.name)", Format.duration($0.seconds)) }
    if !entries.isEmpty {
      parts.append(PageParts.list(entries))
    }
    if !content.configuration.isEmpty {
      parts.append(
        "<details open><summary>Configuration, resolved</summary>"
          + "<pre><code>\(escaped(content.configuration))</code></pre></details>")
    }
    return parts.isEmpty ? nil : section("provenance", "How it was made", parts)
  }
}
