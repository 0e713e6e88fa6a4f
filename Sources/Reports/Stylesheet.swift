/// The look of a report: one column of text, quiet figures, tabular numbers, light and dark.
enum Stylesheet {
  /// Colours by role, as the reader's setting asks.
  static let colors = """
    :root { \(PageColors.light.declarations) }
    @media (prefers-color-scheme: dark) {
      :root { \(PageColors.dark.declarations) }
    }

    """

  /// The style of a drawing that is a file of its own; it follows the reader's setting where the
  /// program that shows it does.
  static var file: String {
    "\(PageColors.light.writtenOut(plot))\n@media (prefers-color-scheme: dark) {\n"
      + "\(PageColors.dark.writtenOut(plot))\n}\n"
  }

  /// Figures, alone or in a page.
  static let plot = """
    .plot { font: 12.5px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
    .plot text { fill: var(--soft); font-variant-numeric: tabular-nums; }
    .plot .label, .plot .legend { fill: var(--ink); }
    .plot .grid path { stroke: var(--grid); fill: none; }
    .plot .grid .minor { opacity: .55; }
    .plot .axis { stroke: var(--soft); fill: none; }
    .plot .shade { fill: var(--shade); }
    .plot .shade-label { paint-order: stroke; stroke: var(--shade); stroke-width: 5px; }
    .plot .line { fill: none; stroke: var(--c); stroke-width: 1.8; stroke-linejoin: round; }
    .plot .dashed { stroke-dasharray: 5 4; stroke-width: 1.4; }
    .plot .bar { fill: none; stroke: var(--c); stroke-width: 1.2; }
    .plot .band { fill: var(--c); opacity: .16; }
    .plot .dot { fill: var(--c); fill-opacity: .8; }
    .plot .ring { fill: none; stroke: var(--c); stroke-width: 1.1; stroke-opacity: .8; }
    .plot .pillar { fill: var(--c); fill-opacity: .3; stroke: var(--c); stroke-width: 1; }
    .plot .trained { fill: var(--trained); }
    .plot .paper { fill: var(--paper); }
    .plot .title { fill: var(--ink); font-size: 15px; font-weight: 600; }
    .plot .cell { stroke: none; }
    .plot .empty { fill: var(--panel); stroke: var(--grid); }
    .plot .halo { fill: none; stroke: var(--paper); stroke-width: 5.6; stroke-opacity: .85;
      stroke-linejoin: round; }
    .plot .edge { fill: none; stroke: var(--c); stroke-width: 3.4; stroke-linejoin: round; }
    .plot .hole { stroke-dasharray: 1 4.5; stroke-linecap: round; stroke-width: 3; }
    .plot .hull { stroke: var(--ink); stroke-dasharray: 8 5; stroke-width: 1.5; fill: none; }
    .plot .box { fill: var(--panel); stroke: var(--rule); }
    .plot .box.known { fill: var(--trained); }
    .plot .arrow { fill: var(--c); fill-opacity: .85; }
    .plot .share { fill: var(--ink); font-weight: 600; paint-order: stroke;
      stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
    .plot .big { fill: var(--ink); font-size: 19px; font-weight: 600; }
    .plot .limit { stroke: var(--ink); stroke-width: 1.4; fill: none; }
    .plot .reach { stroke: var(--c); stroke-width: 7; stroke-opacity: .38; fill: none; }
    .plot .c0 { --c: var(--c0); } .plot .c1 { --c: var(--c1); } .plot .c2 { --c: var(--c2); }
    .plot .c3 { --c: var(--c3); } .plot .c4 { --c: var(--c4); } .plot .c5 { --c: var(--c5); }

    """

  /// Everything a page needs.
  static let page =
    colors + """
      * { box-sizing: border-box; }
      html { -webkit-text-size-adjust: 100%; }
      body { margin: 0 auto; padding: 3rem 1.25rem 5rem; max-width: 52rem; background: var(--paper);
        color: var(--ink); font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Iowan Old Style",
        Georgia, "DejaVu Serif", serif; }
      h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; font-weight: 600; overflow-wrap: anywhere; }
      h2 { font-size: 1.3rem; line-height: 1.3; margin: 3.2rem 0 .8rem; font-weight: 600; }
      h3 { font-size: 1.02rem; margin: 1.8rem 0 .6rem; font-weight: 600; }
      h3 small { color: var(--soft); font-weight: 400; margin-left: .4em; }
      p { margin: 0 0 .8rem; }
      .kicker { color: var(--soft); margin: 0 0 .3rem; }
      .summary { color: var(--soft); margin: .5rem 0 0; }
      .answer { margin-top: 2rem; padding: .2rem 0 .2rem 1.25rem; border-left: 3px solid var(--c0); }
      .answer.not_learned { border-color: var(--c2); }
      .answer.consistent { border-color: var(--c3); }
      .answer p { color: var(--soft); font-size: .98rem; margin: 0 0 .5rem; }
      .answer .finding { color: var(--ink); font-size: 1.28rem; line-height: 1.42;
        margin: 0 0 .9rem; }
      figure { margin: 1rem 0 1.6rem; }
      figcaption { color: var(--soft); font-size: .92rem; line-height: 1.45; margin-top: .5rem; }
      figcaption strong { color: var(--ink); font-weight: 600; display: block; }
      .plot { display: block; width: 100%; height: auto; overflow: visible; }
      .narrow { display: none; }
      details[open] > summary { margin-bottom: .4rem; }
      .scroll { overflow-x: auto; margin: 0 0 1.2rem; }
      table { border-collapse: collapse; width: 100%; font: .84rem/1.35 system-ui, -apple-system,
        "Segoe UI", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
      .caption { color: var(--soft); font-size: .92rem; line-height: 1.45; margin: 1.2rem 0 .3rem; }
      th, td { padding: .42rem .5rem; text-align: left; vertical-align: top; font-weight: 400;
        border-bottom: 1px solid var(--rule); }
      thead th { color: var(--soft); border-bottom-color: var(--soft); vertical-align: bottom; }
      th:first-child { padding-left: 0; }
      th:last-child, td:last-child { padding-right: 0; }
      tbody tr:last-child > * { border-bottom: 0; }
      .number { text-align: right; white-space: nowrap; }
      td small, th small { display: block; color: var(--soft); font-size: .88em; }
      tbody th { min-width: 8.5rem; }
      details { margin: 0 0 .6rem; }
      summary { cursor: pointer; padding: .2rem 0; }
      code, pre { font-family: ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace;
        font-size: .85em; }
      pre { overflow-x: auto; background: var(--panel); padding: 1rem; margin: .5rem 0 0;
        line-height: 1.45; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem;
        font: .9rem/1.45 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
        font-variant-numeric: tabular-nums; }
      dt { color: var(--soft); }
      dd { margin: 0; overflow-wrap: anywhere; }
      .clip { display: flex; gap: 1.2rem; align-items: flex-start; margin: 0 0 1.4rem; }
      .clip video { flex: none; width: 8.5rem; background: #fff; border: 1px solid var(--rule); }
      .clip figcaption { flex: 1; min-width: 0; margin: 0; }
      .clip img { display: block; width: 100%; max-width: 36rem; margin-top: .7rem; }
      @media (max-width: 560px) {
        body { padding-top: 1.6rem; font-size: 1rem; }
        h1 { font-size: 1.5rem; }
        .answer { padding-left: .9rem; }
        .answer .finding { font-size: 1.12rem; }
        .wide { display: none; }
        .narrow { display: block; }
        .clips { grid-template-columns: 1fr; }
        .clip video { max-width: 100%; }
        dl { grid-template-columns: 1fr; gap: 0; }
        dd { margin: 0 0 .5rem; }
        tbody th { position: sticky; left: 0; background: var(--paper); min-width: 7rem; }
        thead th:first-child { position: sticky; left: 0; background: var(--paper); }
      }
      @media print {
        .clip video { display: none; }
        section { break-inside: auto; }
        figure, table { break-inside: avoid; }
      }

      """ + plot
}
