// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.cli.BuildIdentity;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.config.Settings;
import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Component;
import dev.redoubt.model.Ecosystem;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Plugin;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanEngine;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.ScanResult;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.scan.matchers.BuiltInMatchers;
import dev.redoubt.scan.matchers.advisories.AdvisoryMatcher;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.reach.Reach;
import dev.redoubt.scan.reports.AdvisorySource;
import dev.redoubt.scan.reports.ScanReport;
import dev.redoubt.scan.reports.ScanReport.Changes;
import dev.redoubt.scan.reports.ScanReport.Coverage;
import dev.redoubt.scan.reports.ScanReport.Header;
import dev.redoubt.scan.thresholds.Ignored;
import dev.redoubt.scan.thresholds.Judgement;
import dev.redoubt.scan.thresholds.PastReport;
import dev.redoubt.scan.thresholds.Thresholds;
import dev.redoubt.scan.thresholds.Thresholds.GapsPolicy;
import dev.redoubt.scan.thresholds.Vex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One scan from its options to a finished report.
final class ScanRun {

  private static final int MOST_DOCUMENT_BYTES = 64 << 20;

  private final Call call;
  private final Settings settings;

  ScanRun(Call call, Settings settings) {
    this.call = call;
    this.settings = settings;
  }

  /// Returns the report on `target`, a path as the user gave it.
  ScanReport scan(String target) {
    Path path = call.resolve(target);
    ScanLimits limits =
        new ScanLimits(
            settings.tree().maxFileBytes(),
            ScanLimits.DEFAULT.entries(),
            ScanLimits.DEFAULT.depth());
    List<Source> sources = new ArrayList<>();
    sources.add(FileTree.of(path, limits, excluded(path)));
    sources.addAll(Machine.sources(call, limits));
    if (call.has("--reproducible")) {
      return report(target, sources, call.globals().dataDir(), Optional.empty());
    }
    ScanHistory history = new ScanHistory(call.globals().dataDir(), path.normalize());
    ScanReport report =
        report(target, sources, call.globals().dataDir(), Optional.of(history.last()));
    keep(history, report);
    return report;
  }

  /* A scan from a read-only home is as good as any; only the next one cannot say what changed. */
  private void keep(ScanHistory history, ScanReport report) {
    try {
      history.keep(report);
    } catch (RedoubtException e) {
      CommandOutput.note(
          call,
          "redoubt: the next scan cannot say what changed: %s",
          String.valueOf(e.getMessage()));
    }
  }

  /* What a file of the current folder excludes holds for that folder and what is in it: a scan of
  another place is not narrowed by where it was started. */
  private List<String> excluded(Path target) {
    List<String> excluded = new ArrayList<>(settings.tree().excluded());
    if (target.normalize().startsWith(call.world().folder().normalize())) {
      excluded.addAll(settings.tree().excludedHere());
    }
    return excluded;
  }

  /// Returns the report on the bundled sample estate.
  ScanReport demo() {
    try (Demo demo = Demo.unpack(call.world().clock())) {
      return report("demo", List.of(demo.source()), demo.dataDir(), Optional.empty());
    }
  }

  private ScanReport report(
      String target, List<Source> sources, Path dataDir, Optional<ScanHistory.Last> last) {
    ScanResult collected =
        new ScanEngine(on(Machine.extractors(call)), List.of(), List.of())
            .collect(sources, Progress.of(call));
    List<Gap> notFetched =
        call.has("--demo")
            ? List.of()
            : new FreshAdvisories(call, settings.advisories())
                .fetch(ecosystems(collected.inventory()));
    AdvisoryDatabase database = AdvisoryDatabase.open(dataDir);
    ScanResult result = new ScanEngine(List.of(), List.of(), matchers(database)).match(collected);
    List<RankedFinding> ranked = new Reach(result.inventory()).rank(result.findings());
    List<Gap> gaps = new ArrayList<>(result.gaps());
    gaps.addAll(notFetched);
    gaps.addAll(settings.gaps());
    last.ifPresent(past -> gaps.addAll(past.gaps()));
    Judgement judgement = thresholds().judge(ranked, gaps);
    gaps.addAll(judgement.gaps());
    return new ScanReport(
        header(target),
        result.inventory(),
        judgement,
        new Coverage(
            List.copyOf(new TreeSet<>(gaps)),
            result.skipped(),
            advisories(result.inventory(), database)),
        last.flatMap(ScanHistory.Last::report)
            .map(past -> changes(past, judgement, result))
            .orElse(null));
  }

  private List<Matcher> matchers(AdvisoryDatabase database) {
    List<Matcher> matchers = new ArrayList<>();
    matchers.add(new AdvisoryMatcher(database));
    matchers.addAll(BuiltInMatchers.all());
    return on(matchers);
  }

  private <T extends Plugin> List<T> on(List<T> plugins) {
    return plugins.stream()
        .filter(plugin -> !settings.off().contains(plugin.id().value()))
        .toList();
  }

  private Thresholds thresholds() {
    Vex vex = Vex.NONE;
    for (String file : call.texts("--vex")) {
      vex =
          vex.and(
              document("--vex", file, bytes -> Vex.read(bytes, file, ScanOptions.product(call))));
    }
    return new Thresholds(
        ScanOptions.thresholds(call),
        settings.ignores(),
        vex,
        call.text("--baseline").map(file -> document("--baseline", file, PastReport::read)),
        call.has("--strict") ? GapsPolicy.STRICT : GapsPolicy.SHOWN,
        LocalDate.ofInstant(call.world().clock().instant(), ZoneOffset.UTC));
  }

  private interface DocumentReader<T> {
    T read(byte[] bytes) throws DocumentException;
  }

  private <T> T document(String option, String file, DocumentReader<T> reader) {
    try (InputStream in = Files.newInputStream(call.resolve(file))) {
      return reader.read(in.readNBytes(MOST_DOCUMENT_BYTES + 1));
    } catch (DocumentException e) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "%s \"%s\"%s %s"
              .formatted(option, file, e.line() == null ? "" : " line " + e.line(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read %s \"%s\": %s".formatted(option, file, RedoubtException.reason(e)),
          e);
    }
  }

  private Header header(String target) {
    BuildIdentity build = BuildIdentity.current();
    @Nullable String time =
        call.has("--reproducible") ? null : call.world().clock().instant().toString();
    return new Header(build.version(), build.commit(), target, time);
  }

  private static Set<String> ecosystems(Inventory inventory) {
    Set<String> ecosystems = new TreeSet<>();
    for (Component component : inventory.components()) {
      ecosystems.add(Ecosystem.of(component.purl()));
    }
    return ecosystems;
  }

  private static List<AdvisorySource> advisories(Inventory inventory, AdvisoryDatabase database) {
    List<AdvisorySource> sources = new ArrayList<>();
    for (String ecosystem : ecosystems(inventory)) {
      for (dev.redoubt.advisory.database.Source source :
          database.ecosystem(ecosystem).map(found -> found.file().sources()).orElse(List.of())) {
        sources.add(
            new AdvisorySource(
                ecosystem, source.records(), source.asOf().toString(), source.name()));
      }
    }
    return sources;
  }

  private static Changes changes(PastReport past, Judgement judgement, ScanResult result) {
    List<RankedFinding> now =
        Stream.concat(
                judgement.findings().stream(), judgement.ignored().stream().map(Ignored::ranked))
            .toList();
    PastReport.Difference difference = past.until(now, new TreeSet<>(result.read()));
    return new Changes(
        difference.added().stream().map(Titles::of).toList(),
        difference.fixed(),
        difference.unchanged());
  }
}
