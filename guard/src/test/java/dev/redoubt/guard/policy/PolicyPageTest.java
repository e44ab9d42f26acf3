// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.policy.ActionKind.Family;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/policy.md` says what the code does.
class PolicyPageTest {

  private static final Path PAGE = Path.of("..", "docs", "policy.md");

  @Test
  void everyKeyIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    List<String> keys = new ArrayList<>(PolicyKeys.GUARD);
    keys.addAll(PolicyKeys.MANAGED);
    keys.addAll(PolicyKeys.RULE);
    keys.addAll(PolicyKeys.TESTS);
    keys.addAll(PolicyKeys.ARGUMENT);
    keys.addAll(ActionKind.keys());
    keys.addAll(Patterns.kinds());
    for (Family family : Family.values()) {
      keys.addAll(PolicyKeys.matchers(family));
    }

    assertThat(keys)
        .allSatisfy(key -> assertThat(page).containsPattern("`" + key + "`|" + key + " ="));
  }

  @Test
  void theExampleOfThePageIsAPolicy() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```toml\n") + 8;
    String example = page.substring(start, page.indexOf("```", start));

    assertThat(
            PolicyFile.read(
                    example.getBytes(StandardCharsets.UTF_8),
                    "page",
                    Origin.USER,
                    LocalDate.of(2026, 11, 22))
                .rules()
                .rules())
        .hasSize(3);
  }
}
