// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.DocumentException;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentInstructionsExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new AgentInstructionsExtractor();
  }

  @Override
  protected String wantedPath() {
    return "AGENTS.md";
  }

  @ParameterizedTest
  @CsvSource({
    "AGENTS.md, agents-md",
    "packages/app/agents.md, agents-md",
    "CLAUDE.md, claude-md",
    "CLAUDE.local.md, claude-md",
    "GEMINI.md, gemini-md",
    ".cursorrules, cursor-rules",
    ".cursor/rules/deep/er/style.mdc, cursor-rules",
    ".windsurfrules, windsurf-rules",
    ".windsurf/rules/a.md, windsurf-rules",
    ".clinerules, cline-rules",
    ".clinerules/a.md, cline-rules",
    ".roo/rules/a.md, roo-rules",
    ".github/copilot-instructions.md, copilot-instructions",
    ".github/instructions/java.instructions.md, copilot-instructions",
    ".github/prompts/fix.prompt.md, copilot-prompt",
    ".junie/guidelines.md, junie-guidelines",
    ".kiro/steering/product.md, kiro-steering",
    ".claude/commands/git/commit.md, claude-command",
    ".claude/agents/reviewer.md, claude-agent",
    ".claude/skills/pdf/SKILL.md, skill",
    "~/.claude/skills/pdf/SKILL.md, skill",
    "QWEN.md, qwen-md",
    "CRUSH.md, crush-md",
    ".goosehints, goose-hints",
  })
  void aFileIsKnownByItsPath(String path, String kind) {
    assertThat(InstructionKinds.of(path).map(InstructionKinds.Kind::id)).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"README.md", "docs/agents-overview.md", ".github/workflows/ci.yml", "rules/a.md"})
  void aTextForPeopleIsNotWanted(String path) {
    assertThat(extractor().wants(new FileEntry(path, 10))).isFalse();
  }

  @Test
  void moreThanAMegabyteIsRefused() {
    assertThatThrownBy(() -> extract("a".repeat((1 << 20) + 1)))
        .isInstanceOf(DocumentException.class)
        .hasMessage("1,048,577 bytes is over the limit of 1,048,576 for instructions");
  }
}
