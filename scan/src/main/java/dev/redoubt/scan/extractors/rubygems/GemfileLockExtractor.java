// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.rubygems;

import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.Optional;

/// Reads the lock files of Bundler: Gemfile.lock, gems.locked and `*.gemfile.lock`.
///
/// A gem locked for several platforms is one component: the platform is no part of the version, and
/// advisories do not tell platforms apart. Gems of a PATH section are part of the project. The
/// scope comes from the groups of the Gemfile beside it, as far as that can be read without running
/// it.
public final class GemfileLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("gemfile-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String name = file.name();
    return name.equals("Gemfile.lock")
        || name.equals("gems.locked")
        || name.endsWith(".gemfile.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    return new GemfileLock(file.entry().path(), gemfile(file)).read(file.text());
  }

  private static Gemfile gemfile(SourceFile lock) {
    String name = lock.entry().name();
    String manifest = name.equals("gems.locked") ? "gems.rb" : name.substring(0, name.length() - 5);
    Optional<SourceFile> found = lock.sibling(manifest);
    if (found.isEmpty()) {
      return Gemfile.UNREADABLE;
    }
    try {
      return Gemfile.read(found.get().text());
    } catch (IOException e) {
      return Gemfile.UNREADABLE;
    }
  }
}
