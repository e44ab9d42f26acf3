// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.Gap;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the texts that agents take instructions from: AGENTS.md, CLAUDE.md, rules, skills and the
/// other files written in [InstructionKinds].
///
/// Accepts at most 1 MB of text. Front matter that is no YAML becomes a gap and the text is read
/// all the same, since the agent reads it too.
public final class AgentInstructionsExtractor implements Extractor {

  private static final PluginId ID = new PluginId("agent-instructions");
  private static final long MOST_BYTES = 1 << 20;
  private static final String FENCE = "---";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return InstructionKinds.of(file.path()).isPresent();
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    String path = file.entry().path();
    InstructionKinds.Kind kind = InstructionKinds.of(path).orElseThrow();
    if (kind.id().equals(InstructionKinds.AIDER_CONVENTIONS) && !isReadByAider(file)) {
      return Extraction.EMPTY;
    }
    if (file.entry().size() > MOST_BYTES) {
      throw new DocumentException(
          null,
          "%,d bytes is over the limit of %,d for instructions"
              .formatted(file.entry().size(), MOST_BYTES),
          "split the file, or remove it from what is scanned");
    }
    String text = file.text();
    List<Gap> gaps = new ArrayList<>();
    Map<String, String> frontMatter = frontMatter(path, text, gaps);
    InstructionFile instructions = new InstructionFile(path, kind.id(), frontMatter, text);
    return new Extraction(
        new Inventory(
            List.of(), kind.agent(path).stream().toList(), List.of(), List.of(instructions)),
        gaps);
  }

  private static boolean isReadByAider(SourceFile file) throws IOException {
    for (String name : List.of(".aider.conf.yml", ".aider.conf.yaml")) {
      var configuration = file.sibling(name);
      if (configuration.isPresent() && configuration.get().text().contains("CONVENTIONS.md")) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> frontMatter(String path, String text, List<Gap> gaps) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals(FENCE)) {
      return Map.of();
    }
    int end = 1;
    while (end < lines.size() && !lines.get(end).stripTrailing().equals(FENCE)) {
      end++;
    }
    if (end == lines.size()) {
      /* A rule of Markdown may stand on the first line as well. */
      return Map.of();
    }
    List<String> block = lines.subList(1, end);
    try {
      Node node = Yaml.read(String.join("\n", block).getBytes(UTF_8), Limits.SCAN);
      Map<String, String> fields = new LinkedHashMap<>();
      node.fields().forEach((key, value) -> value.scalar().ifPresent(it -> fields.put(key, it)));
      return fields;
    } catch (DocumentException e) {
      if (!path.endsWith(".mdc")) {
        Integer line = e.line() == null ? null : Integer.valueOf(e.line() + 1);
        gaps.add(
            new Gap(
                path,
                line,
                "front matter " + e.getMessage(),
                "write the lines between the dashes as YAML"));
      }
      return lineByLine(block);
    }
  }

  /* Rules of Cursor have unquoted globs, which are no YAML; Cursor reads them line by line too. */
  private static Map<String, String> lineByLine(List<String> lines) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).matches("[A-Za-z][\\w-]*")) {
        fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return fields;
  }
}
