// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The documents say what is there.
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE_PATH =
      Pattern.compile("`((?:[a-z0-9.-]+/)+[A-Za-z0-9._-]+\\.(?:java|md|sh|json|toml|xml))`");

  @Test
  void everyRelativeLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path document : Code.documents()) {
      Matcher links = LINK.matcher(Code.text(document));
      while (links.find()) {
        String target = links.group(1).replaceFirst("#.*", "");
        if (!target.isEmpty()
            && !target.contains("://")
            && !target.startsWith("mailto:")
            && !Files.exists(document.getParent().resolve(target))) {
          broken.add(Code.ROOT.relativize(document) + " → " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPathNamedInTheArchitecturePageExists() {
    List<String> missing = new ArrayList<>();
    for (String page :
        List.of(
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            "README.md",
            "docs/risk-score.md",
            "docs/security-posture.md")) {
      Matcher paths = CODE_PATH.matcher(Code.text(Code.ROOT.resolve(page)));
      while (paths.find()) {
        if (!Files.exists(Code.ROOT.resolve(paths.group(1)))) {
          missing.add(page + " → " + paths.group(1));
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
