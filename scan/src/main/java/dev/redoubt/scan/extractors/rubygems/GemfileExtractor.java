// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.rubygems;

import dev.redoubt.model.Component;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.lock.LockGaps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads Gemfile and gems.rb where no lock file beside it says what is installed.
///
/// The program is not run: only gems with a literal name are seen, which the gap of the file says.
/// An exact version pins; any other requirement is a component without a version, and a gap. Gems
/// from a path are no components.
public final class GemfileExtractor implements Extractor {

  private static final PluginId ID = new PluginId("gemfile");
  private static final Pattern EXACT =
      Pattern.compile("=?\\s*(\\d{1,10}(\\.[0-9A-Za-z]+){0,6}(-[0-9A-Za-z.]+)?)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern PATH = Pattern.compile("[ ,(]:?path(:| *=>)");
  private static final Pattern GIT =
      Pattern.compile("[ ,(]:?(git|github|gist|bitbucket|gitlab)(:| *=>)");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("Gemfile") || file.name().equals("gems.rb");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    String lock = file.entry().name().equals("gems.rb") ? "gems.locked" : "Gemfile.lock";
    if (file.sibling(lock).isPresent()) {
      return Extraction.EMPTY;
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "run bundle lock and commit " + lock);
    gaps.add(1, "is a program that is not run: without a lock only gems named literally are seen");
    List<Component> components = new ArrayList<>();
    for (Gemfile.Asked gem : Gemfile.read(file.text()).asked()) {
      if (PATH.matcher(gem.statement()).find()) {
        continue;
      }
      String version = version(gem);
      gaps.purl(gem.line(), () -> Purl.of("gem", null, gem.name(), version))
          .ifPresent(purl ->
              components.add(
                  Component.of(purl, gem.scope(), Relation.DIRECT, gaps.at(gem.line()))));
      if (version == null) {
        gaps.add(
            gem.line(),
            "\"%s\" is not pinned to one version".formatted(LockGaps.quote(gem.name())));
      }
    }
    return Extraction.of(components, gaps.list());
  }

  private static @Nullable String version(Gemfile.Asked gem) {
    if (GIT.matcher(gem.statement()).find()) {
      return gem.texts().stream()
          .filter(it -> COMMIT.matcher(it).matches())
          .findFirst()
          .orElse(null);
    }
    if (gem.texts().isEmpty()) {
      return null;
    }
    Matcher exact = EXACT.matcher(gem.texts().getFirst().strip());
    return exact.matches() ? exact.group(1) : null;
  }
}
