// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A text that agents read as instructions: AGENTS.md, CLAUDE.md, a skill, a rule file.
///
/// @param path the file, relative to what was scanned
/// @param kind the stable id of the format, in the manner of `agents-md`, `claude-md`, `skill`
/// @param frontMatter the scalar fields of its front matter as text, in file order
/// @param text the whole file as decoded, bounded by the scan's limit for instruction files
public record InstructionFile(
    String path, String kind, Map<String, String> frontMatter, String text) {
  public InstructionFile {
    requireNonNull(path, "path");
    requireNonNull(kind, "kind");
    frontMatter = Collections.unmodifiableMap(new LinkedHashMap<>(frontMatter));
    requireNonNull(text, "text");
  }
}
