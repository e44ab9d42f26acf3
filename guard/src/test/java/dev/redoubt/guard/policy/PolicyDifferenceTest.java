// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.policy.Layers.Widening;
import dev.redoubt.guard.policy.Policy.FailMode;
import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes milder and what stricter. The file has pairs of policies: lines behind `- ` are in
/// the old one, behind `+ ` in the new one, behind `= ` in both; below them stands what was found.
/// The rewriting of golden files keeps the rules.
class PolicyDifferenceTest {

  private static final String FILE = "PolicyDifferenceTest/changes.txt";

  @Test
  void everyChangeIsShownOrSaidToBePossible() throws IOException {
    StringBuilder found = new StringBuilder();
    for (String pair :
        Files.readString(Path.of("src/test/resources").resolve(FILE)).split("\n(?=# )", -1)) {
      StringBuilder rules = new StringBuilder();
      pair.lines()
          .filter(line -> line.startsWith("#") || line.matches("[-+=] .*"))
          .forEach(line -> rules.append(line).append('\n'));
      found
          .append(rules)
          .append(
              text(
                  PolicyDifference.between(
                      policy(rules.toString(), "-="), policy(rules.toString(), "+="))))
          .append('\n');
    }

    Golden.check(found.toString(), FILE);
  }

  @Test
  void whatHoldsWithoutRulesMayBeWiderToo() {
    Policy plain = Policy.EMPTY;
    Policy widening = new Policy(plain.rules(), Widening.GRANTED, Optional.empty(), FailMode.DENY);
    Policy lastKnown =
        new Policy(plain.rules(), Widening.REFUSED, Optional.empty(), FailMode.LAST_KNOWN);

    assertThat(text(PolicyDifference.between(plain, widening)))
        .isEqualTo(
            "  possible guard.workspace-may-widen: trusted workspaces may widen from now on\n");
    assertThat(text(PolicyDifference.between(widening, plain))).isEqualTo("  nothing\n");
    assertThat(text(PolicyDifference.between(widening, widening))).isEqualTo("  nothing\n");
    assertThat(text(PolicyDifference.between(plain, lastKnown)))
        .isEqualTo("  possible guard.managed.fail-mode: what holds when it is missing changed\n");
  }

  private static Policy policy(String pair, String marks) {
    StringBuilder toml = new StringBuilder();
    pair.lines()
        .filter(line -> marks.indexOf(line.charAt(0)) >= 0)
        .forEach(line -> {
          String[] parts = line.substring(2).split(" ", 3);
          toml.append(
              "[[guard.rules]]\neffect = \"%s\"\naction = \"%s\"\nreason = \"r\"\n%s\n"
                  .formatted(parts[0], parts[1], parts[2].replace("; ", "\n")));
        });
    return PolicyFile.read(
        toml.toString().getBytes(StandardCharsets.UTF_8),
        marks.startsWith("-") ? "old" : "new",
        Origin.USER,
        LocalDate.of(2026, 1, 1));
  }

  private static String text(PolicyDifference difference) {
    StringBuilder text = new StringBuilder();
    difference.widened().forEach(it -> text.append(change("wider", it)));
    difference.narrowed().forEach(it -> text.append(change("narrower", it)));
    difference
        .possible()
        .forEach(it -> text.append("  possible %s: %s\n".formatted(it.rule(), it.reason())));
    assertThat(difference.isWider())
        .isEqualTo(text.indexOf("  wider") >= 0 || text.indexOf("  possible") >= 0);
    return text.isEmpty() ? "  nothing\n" : text.toString();
  }

  private static String change(String word, PolicyDifference.Change change) {
    return "  %s %s: %s to %s\n"
        .formatted(
            word,
            change.example(),
            change.before().getClass().getSimpleName(),
            change.after().getClass().getSimpleName());
  }
}
