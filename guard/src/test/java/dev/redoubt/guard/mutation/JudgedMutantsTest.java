// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgedMutantsTest {

  private static final String ENTRY = "a.One.run | Math | 1 | x = y + 1;";

  @TempDir private Path sources;

  @BeforeEach
  void write() throws Exception {
    Path folder = Files.createDirectories(sources.resolve("dev/redoubt/guard/a"));
    Files.writeString(folder.resolve("One.java"), "first\n  x = y + 1;\n  x > 1 | y;\n");
  }

  @Test
  void whatSurvivesIsJudgedOrNamed() throws Exception {
    String report =
        report(mutation("KILLED", 1), mutation("SURVIVED", 2), mutation("NO_COVERAGE", 2));

    assertThat(compare(report, ENTRY, "  why"))
        .isEqualTo(
            new JudgedMutants.Comparison(
                3, 1, 1, List.of("a.One.run | Math | 2 | x = y + 1;"), List.of()));
    assertThat(compare(report, ENTRY.replace("| 1 |", "| 2 |"), "  why").isGood()).isTrue();
    assertThat(compare(report, ENTRY, "  why", ENTRY, "  why").isGood()).isTrue();
    assertThat(compare(report, ENTRY, "  why"))
        .hasToString(
            """
            3 mutants, 1 noticed, 1 judged, 1 neither
            not noticed and not judged: a.One.run | Math | 2 | x = y + 1;
            """);
  }

  @Test
  void aLineMayHaveABarInIt() throws Exception {
    assertThat(
            compare(report(mutation("SURVIVED", 3)), "a.One.run | Math | 1 | x > 1 | y;", "  why")
                .isGood())
        .isTrue();
  }

  @Test
  void anEntryThatIsNoticedNowIsTold() throws Exception {
    String killed = report(mutation("TIMED_OUT", 2), mutation("KILLED", 1));

    assertThat(compare(killed, "# all", "", ENTRY, "  why"))
        .isEqualTo(new JudgedMutants.Comparison(2, 2, 0, List.of(), List.of(ENTRY)));
    assertThat(compare(killed, ENTRY.replace("a.One", "a.Two"), "  why").gone()).isEmpty();
    assertThat(compare(killed, ENTRY.replace("One.run", "One$In.lambda$x$0"), "  why").gone())
        .hasSize(1);
  }

  @Test
  void anEntryHasAReason() {
    assertThatThrownBy(() -> compare(report(), ENTRY)).hasMessageContaining("no reason");
    assertThatThrownBy(() -> compare(report(), ENTRY, "", ENTRY, "  why"))
        .hasMessageContaining("no reason");
    assertThatThrownBy(() -> compare(report(), "a.One.run | Math"))
        .hasMessageContaining("no entry");
  }

  @Test
  void theListCanBeReadAndNamesWhatIsThere() throws Exception {
    List<String> list = Files.readAllLines(Path.of("src/test/resources/mutation/judged.txt"));
    Path own = Path.of("src/main/java/dev/redoubt/guard");

    assertThat(JudgedMutants.compare(report(), list, sources).unjudged()).isEmpty();
    for (String line : list) {
      if (line.contains(" | ") && !line.startsWith(" ") && !line.startsWith("#")) {
        String[] parts = line.split(" \\| ", 4);
        String type = parts[0].replaceAll("^(([a-z]+\\.)?[A-Z][A-Za-z0-9]*).*", "$1");
        assertThat(Files.readString(own.resolve(type.replace('.', '/') + ".java")))
            .as(line)
            .contains(parts[3]);
      }
    }
  }

  private JudgedMutants.Comparison compare(String report, String... list) throws Exception {
    return JudgedMutants.compare(report, List.of(list), sources);
  }

  private static String report(String... mutations) {
    return "<mutations>" + String.join("", mutations) + "</mutations>";
  }

  private static String mutation(String status, int line) {
    return """
    <mutation status='%s'><sourceFile>One.java</sourceFile>
    <mutatedClass>dev.redoubt.guard.a.One</mutatedClass><mutatedMethod>run</mutatedMethod>
    <lineNumber>%d</lineNumber><mutator>org.pitest.MathMutator</mutator></mutation>
    """
        .formatted(status, line);
  }
}
