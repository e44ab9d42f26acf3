// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

  private static final Situation HERE =
      new Situation("/w", Situation.Trust.TRUSTED, Situation.Wall.HELD, "/home/u");

  /// A machine on which so much lies in every folder.
  private record Listed(List<String> names) implements FileFacts {
    @Override
    public Facts of(String path) {
      return new Facts(path, Kind.FILE, 1, List.of());
    }

    @Override
    public Optional<List<String>> names(String folder, int most) {
      return names.size() > most ? Optional.empty() : Optional.of(names);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, f*, a f1 f2, allow path.workspace",
    "DELETE, f*, '', allow path.workspace",
    "DELETE, i*, id_rsa, deny path.sensitive.ssh",
    "DELETE, I*, id_rsa i, deny path.sensitive.ssh",
    "DELETE, f*, f1 fish_history, deny path.sensitive.history",
    "READ, f*, f1 f2, ask path.sensitive.history",
    "READ, i*, ID_RSA, deny path.sensitive.ssh",
    "READ, .e*, a, deny path.sensitive.environment",
    "DELETE, .e*, a, deny path.sensitive.environment",
    "DELETE, sub/i*, i1, allow path.workspace",
    "WRITE, f*, f1, deny path.sensitive.history",
    "DELETE, ../f*, f1, deny path.sensitive.history",
    "DELETE, */f*, f1, deny path.protected.git",
  })
  void aGlobInTheWorkspaceIsTheFilesItMatches(
      Access access, String pattern, String names, String expected) {
    List<String> listed = names.isEmpty() ? List.of() : List.of(names.split(" "));

    assertThat(judged(new Listed(listed), access, pattern)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, f*, ask path.sensitive.history",
    "READ, f*, deny path.sensitive.history",
    "DELETE, .e*, deny path.sensitive.environment",
  })
  void whenNobodyLooksDeletingAsks(Access access, String pattern, String expected) {
    assertThat(judged(FileFacts.NONE, access, pattern)).isEqualTo(expected);
  }

  private static String judged(FileFacts facts, Access access, String pattern) {
    Place place = new Place(pattern, "/w/" + pattern, Place.Kind.GLOB);
    Decision decision = new PathJudge(facts).judge(new Effect.File(access, place), HERE);
    String answer =
        switch (decision) {
          case Decision.Allow _ -> "allow";
          case Decision.Ask _ -> "ask";
          case Decision.Deny _ -> "deny";
        };
    return answer + " " + decision.rule();
  }
}
