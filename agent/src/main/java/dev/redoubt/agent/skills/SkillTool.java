// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.skills;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The tool `skill`: what a skill says, or a file that lies beside it.
///
/// Its description names every skill, so that a prompt holds a line of each and no more. A file is
/// found by its name among those that were read when the session began; no path is put together
/// from what a model says.
public final class SkillTool implements Tool {

  private static final int MOST = 64 << 10;
  private static final int MOST_DESCRIBED = 16 << 10;
  private static final Limits LIMITS = new Limits(MOST, 20, 2_000);

  private final Skills skills;
  private final ToolSpec spec;

  /// @param skills at least one
  public SkillTool(Skills skills) {
    this.skills = requireNonNull(skills, "skills");
    this.spec = spec(skills);
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.READS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    Optional<String> name = arguments.text("name");
    if (name.isEmpty()) {
      return Step.Done.failed("name the skill: {\"name\": \"…\"}");
    }
    Optional<Skill> skill = skills.named(name.get());
    if (skill.isEmpty()) {
      return Step.Done.failed(
          "there is no skill \"%s\"; there are: %s".formatted(name.get(), names()));
    }
    Optional<String> file = arguments.text("file").filter(text -> !text.isBlank());
    return file.isPresent() ? file(skill.get(), file.get()) : said(skill.get());
  }

  private static Step said(Skill skill) {
    StringBuilder text = new StringBuilder("# Skill ").append(skill.name()).append("\n\n");
    text.append(skill.body()).append('\n');
    if (!skill.files().isEmpty()) {
      text.append("\nFiles of this skill, which this tool reads with `file`:\n");
      for (Skill.Bundled file : skill.files()) {
        text.append("- ").append(file.name());
        text.append(file.text().isPresent() ? "\n" : " (no text, or too large)\n");
      }
    }
    return Step.Done.said(
        text.toString(),
        new Payload().text("skill", skill.name()).text("from", skill.place()).object());
  }

  private static Step file(Skill skill, String name) {
    for (Skill.Bundled file : skill.files()) {
      if (file.name().equals(name)) {
        return file.text().isPresent()
            ? Step.Done.said(
                file.text().get(),
                new Payload().text("skill", skill.name()).text("file", name).object())
            : Step.Done.failed("\"%s\" is no text, or too large".formatted(name));
      }
    }
    return Step.Done.failed(
        "the skill %s has no file \"%s\"; it has: %s"
            .formatted(
                skill.name(),
                name,
                String.join(", ", skill.files().stream().map(Skill.Bundled::name).toList())));
  }

  private String names() {
    return String.join(", ", skills.all().stream().map(Skill::name).toList());
  }

  private static ToolSpec spec(Skills skills) {
    StringBuilder text =
        new StringBuilder(new String(resource("skill.md"), StandardCharsets.UTF_8).strip());
    text.append("\n\n");
    int start = text.length();
    for (Skill skill : skills.all()) {
      text.append("- ").append(skill.name());
      if (text.length() - start + skill.description().length() < MOST_DESCRIBED) {
        text.append(": ").append(skill.description());
      }
      text.append('\n');
    }
    try {
      if (Json.readStrict(resource("skill.json"), LIMITS) instanceof Node.Obj parameters) {
        return new ToolSpec("skill", text.toString().stripTrailing(), parameters);
      }
      throw new IllegalStateException("the schema of skill is no object");
    } catch (DocumentException e) {
      throw new IllegalStateException("the schema of skill cannot be read", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in =
        requireNonNull(SkillTool.class.getResourceAsStream(name), "the page is packaged")) {
      return in.readNBytes(MOST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
