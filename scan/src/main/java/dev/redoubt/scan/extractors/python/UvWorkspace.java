// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// Decides whether a project is locked by the uv.lock of a folder above.
final class UvWorkspace {

  private UvWorkspace() {}

  /// Returns whether the nearest uv.lock above `file` belongs to a workspace that has its folder as
  /// a member.
  static boolean holds(SourceFile file) {
    String folder = file.entry().folder();
    int depth = folder.isEmpty() ? 0 : folder.split("/", -1).length;
    StringBuilder up = new StringBuilder();
    for (int i = 1; i <= depth; i++) {
      up.append("../");
      Optional<SourceFile> lock = file.sibling(up + "uv.lock");
      Optional<SourceFile> above = file.sibling(up + "pyproject.toml");
      if (lock.isPresent() && above.isPresent()) {
        String root = above.get().entry().folder();
        return isMember(above.get(), root.isEmpty() ? folder : folder.substring(root.length() + 1));
      }
    }
    return false;
  }

  private static boolean isMember(SourceFile above, String folder) {
    try {
      Optional<Node> workspace =
          Toml.read(above.bytes(), Limits.SCAN)
              .get("tool")
              .flatMap(it -> it.get("uv"))
              .flatMap(it -> it.get("workspace"));
      return workspace.isPresent()
          && matches(workspace.get().items("members"), folder)
          && !matches(workspace.get().items("exclude"), folder);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean matches(List<Node> patterns, String folder) {
    for (Node pattern : patterns) {
      String glob = pattern.scalar().orElse("");
      List<String> segments =
          Stream.of(glob.split("/", -1)).filter(it -> !it.isEmpty() && !it.equals(".")).toList();
      if (matches(segments, List.of(folder.split("/", -1)), "**", UvWorkspace::segmentMatches)) {
        return true;
      }
    }
    return false;
  }

  private static boolean segmentMatches(String pattern, String segment) {
    return matches(
        characters(pattern), characters(segment), "*", (p, c) -> p.equals("?") || p.equals(c));
  }

  private static List<String> characters(String text) {
    return text.chars().mapToObj(c -> String.valueOf((char) c)).toList();
  }

  /* Only the last wildcard is ever tried again, so the work is at most the product of the lengths. */
  private static boolean matches(
      List<String> pattern, List<String> text, String wildcard, BiPredicate<String, String> one) {
    int p = 0;
    int t = 0;
    int resumeAt = -1;
    int resumeText = 0;
    while (t < text.size()) {
      if (p < pattern.size() && pattern.get(p).equals(wildcard)) {
        resumeAt = ++p;
        resumeText = t;
      } else if (p < pattern.size() && one.test(pattern.get(p), text.get(t))) {
        p++;
        t++;
      } else if (resumeAt >= 0) {
        p = resumeAt;
        t = ++resumeText;
      } else {
        return false;
      }
    }
    while (p < pattern.size() && pattern.get(p).equals(wildcard)) {
      p++;
    }
    return p == pattern.size();
  }
}
