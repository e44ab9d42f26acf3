// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.config;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.thresholds.Ignore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the configuration files say.
///
/// Two files count: the user's own (or the one named by `--config`), and `redoubt.toml` or
/// `.redoubt/redoubt.toml` in the current folder. The second may come from somebody else's
/// checkout, so it can only exclude folders, switch plugins off and list ignores, and all are shown
/// in every report; what it says about advisories is not followed.
///
/// @param off ids of extractors and matchers that are switched off
/// @param tree what of a tree is looked at
/// @param ignores findings somebody decided to live with
/// @param advisories where advisories come from
/// @param gaps what the files say that is not followed or narrows the scan
public record Settings(
    Set<String> off,
    TreeSettings tree,
    List<Ignore> ignores,
    AdvisorySettings advisories,
    List<Gap> gaps) {

  /// What of a tree is looked at.
  ///
  /// @param maxFileBytes the largest file a scan reads
  /// @param excluded globs of paths that are left out of every scan, relative to what is scanned
  /// @param excludedHere those that are left out only when the current folder or a part of it is
  ///   scanned
  public record TreeSettings(long maxFileBytes, List<String> excluded, List<String> excludedHere) {

    static final TreeSettings DEFAULT = new TreeSettings(64L << 20, List.of(), List.of());

    public TreeSettings {
      excluded = List.copyOf(excluded);
      excludedHere = List.copyOf(excludedHere);
    }
  }

  /// Where advisories come from.
  ///
  /// @param sync whether a scan may fetch them by itself
  /// @param osvUrl the base of the OSV exports, or empty for the public one
  /// @param kevUrl the KEV catalogue, or empty for the public one
  /// @param epssUrl the EPSS scores, or empty for the public ones
  public record AdvisorySettings(Sync sync, String osvUrl, String kevUrl, String epssUrl) {

    static final AdvisorySettings DEFAULT = new AdvisorySettings(Sync.ASK, "", "", "");

    public AdvisorySettings {
      requireNonNull(sync, "sync");
    }
  }

  /// Whether a scan may fetch advisories by itself.
  public enum Sync {
    /// Ask on a terminal, else not.
    ASK,
    /// Fetch what is missing or stale.
    AUTO,
    /// Never.
    NEVER
  }

  static final Settings DEFAULT =
      new Settings(Set.of(), TreeSettings.DEFAULT, List.of(), AdvisorySettings.DEFAULT, List.of());

  public Settings {
    off = Set.copyOf(off);
    ignores = List.copyOf(ignores);
    requireNonNull(tree, "tree");
    requireNonNull(advisories, "advisories");
    gaps = List.copyOf(gaps);
  }

  /// Returns the settings of one call.
  ///
  /// @throws dev.redoubt.model.RedoubtException USAGE if a file is malformed or has an unknown key,
  ///   UNREADABLE if the file of `--config` cannot be read
  public static Settings of(Call call) {
    Path own = call.globals().config().orElseGet(() -> GlobalOptions.userConfig(call.world()));
    boolean ownMustExist = call.globals().config().isPresent();
    Settings settings =
        ownMustExist || Files.exists(own)
            ? SettingsFile.read(own, own.toString(), SettingsFile.Trust.OWN)
            : DEFAULT;
    for (String name : List.of("redoubt.toml", ".redoubt/redoubt.toml")) {
      Path here = call.world().folder().resolve(name);
      if (Files.exists(here) && !here.equals(own)) {
        return settings.and(SettingsFile.read(here, name, SettingsFile.Trust.FOLDER));
      }
    }
    return settings;
  }

  private Settings and(Settings folder) {
    Set<String> allOff = new HashSet<>(off);
    allOff.addAll(folder.off);
    List<Ignore> allIgnores = new ArrayList<>(ignores);
    allIgnores.addAll(folder.ignores);
    List<Gap> allGaps = new ArrayList<>(gaps);
    allGaps.addAll(folder.gaps);
    TreeSettings bothTrees =
        new TreeSettings(
            Math.max(tree.maxFileBytes, folder.tree.maxFileBytes),
            tree.excluded,
            folder.tree.excluded);
    return new Settings(allOff, bothTrees, allIgnores, advisories, allGaps);
  }
}
