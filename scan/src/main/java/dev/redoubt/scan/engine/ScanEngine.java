// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.scan.api.Enricher;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.Plugin;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Runs one scan: list, extract, merge, enrich, match.
///
/// A plugin that throws costs its own result and nothing else; the failure becomes a gap. Immutable
/// and safe to share.
public final class ScanEngine {

  private final List<Extractor> extractors;
  private final List<Enricher> enrichers;
  private final List<Matcher> matchers;

  public ScanEngine(List<Extractor> extractors, List<Enricher> enrichers, List<Matcher> matchers) {
    this.extractors = List.copyOf(extractors);
    this.enrichers = List.copyOf(enrichers);
    this.matchers = List.copyOf(matchers);
  }

  /// Returns what `sources` hold, what is wrong with it and what could not be looked at.
  public ScanResult scan(List<Source> sources, ScanProgress progress) {
    return match(collect(sources, progress));
  }

  /// Returns what `sources` hold and what could not be looked at, without findings yet.
  public ScanResult collect(List<Source> sources, ScanProgress progress) {
    Collected collected = new Collected();
    for (Source source : sources) {
      extract(source, progress, collected);
    }
    Inventory inventory = enriched(collected.inventory(), collected);
    return new ScanResult(
        inventory,
        List.of(),
        List.copyOf(collected.gaps),
        collected.skipped,
        List.copyOf(collected.read));
  }

  /// Returns `collected` with what the matchers find wrong with it and could not check.
  public ScanResult match(ScanResult collected) {
    List<Finding> findings = new ArrayList<>(collected.findings());
    TreeSet<Gap> gaps = new TreeSet<>(collected.gaps());
    for (Matcher matcher : matchers) {
      Matches matches = match(matcher, collected.inventory());
      findings.addAll(matches.findings());
      gaps.addAll(matches.gaps());
    }
    return new ScanResult(
        collected.inventory(), findings, List.copyOf(gaps), collected.skipped(), collected.read());
  }

  private void extract(Source source, ScanProgress progress, Collected collected) {
    Listing listing = source.list();
    collected.gaps.addAll(listing.gaps());
    collected.skipped.addAll(listing.skipped());
    for (Listing.Unreadable special : listing.unreadable()) {
      if (extractors.stream().anyMatch(extractor -> extractor.wants(special.entry()))) {
        collected.gaps.add(special.gap());
      }
    }
    List<FileEntry> files = listing.files();
    for (int i = 0; i < files.size(); i++) {
      FileEntry entry = files.get(i);
      progress.read(i, files.size(), entry.path());
      for (Extractor extractor : extractors) {
        if (extractor.wants(entry)) {
          run(extractor, source.open(entry), collected);
        }
      }
    }
    progress.read(files.size(), files.size(), "");
  }

  private static void run(Extractor extractor, SourceFile file, Collected collected) {
    String path = file.entry().path();
    try {
      collected.add(extractor.extract(file));
      collected.read.add(path);
    } catch (DocumentException e) {
      collected.gaps.add(new Gap(path, e.line(), String.valueOf(e.getMessage()), e.hint()));
    } catch (IOException e) {
      collected.gaps.add(new Gap(path, null, IoReason.of(e), "make it readable and scan again"));
    } catch (RuntimeException | StackOverflowError e) {
      logFailure("extractor '%s' failed on '%s'".formatted(extractor.id(), path), e);
      collected.gaps.add(
          new Gap(
              path,
              null,
              "%s failed: %s".formatted(extractor.id(), e.getClass().getSimpleName()),
              "please report it, with the file if you can share it"));
    }
  }

  private Inventory enriched(Inventory inventory, Collected collected) {
    Inventory current = inventory;
    for (Enricher enricher : enrichers) {
      try {
        current = enricher.enrich(current);
      } catch (IOException e) {
        collected.gaps.add(pluginGap(enricher, IoReason.of(e)));
      } catch (RuntimeException e) {
        logFailure("enricher '%s' failed".formatted(enricher.id()), e);
        collected.gaps.add(pluginGap(enricher, e.getClass().getSimpleName()));
      }
    }
    return current;
  }

  private static Matches match(Matcher matcher, Inventory inventory) {
    try {
      return matcher.match(inventory);
    } catch (RuntimeException | StackOverflowError e) {
      logFailure("matcher '%s' failed".formatted(matcher.id()), e);
      return new Matches(List.of(), List.of(pluginGap(matcher, e.getClass().getSimpleName())));
    }
  }

  /* The logger is looked up only here: setting logging up costs more than a small scan. */
  private static void logFailure(String what, Throwable failure) {
    System.getLogger(ScanEngine.class.getName()).log(Level.WARNING, what, failure);
  }

  private static Gap pluginGap(Plugin plugin, String reason) {
    return new Gap(null, null, "%s failed: %s".formatted(plugin.id(), reason), "please report it");
  }

  /// What has come together so far.
  private static final class Collected {
    final List<Component> components = new ArrayList<>();
    final List<Agent> agents = new ArrayList<>();
    final List<McpServer> servers = new ArrayList<>();
    final List<InstructionFile> instructions = new ArrayList<>();
    final List<Skip> skipped = new ArrayList<>();
    final TreeSet<Gap> gaps = new TreeSet<>();
    final TreeSet<String> read = new TreeSet<>();

    void add(Extraction extraction) {
      Inventory found = extraction.inventory();
      components.addAll(found.components());
      agents.addAll(found.agents());
      servers.addAll(found.servers());
      instructions.addAll(found.instructions());
      gaps.addAll(extraction.gaps());
    }

    Inventory inventory() {
      return new Inventory(Components.merged(components), agents, servers, instructions);
    }
  }
}
