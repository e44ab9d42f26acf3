// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LockGraphTest {

  private final LockGraph graph = new LockGraph();

  @Test
  void whatOnlyDevelopmentReachesIsForDevelopment() {
    install("web", "json");
    install("tester", "json", "mock");
    install("json");
    install("mock");
    graph.ask("web", Scope.PROD);
    graph.ask("tester", Scope.DEV);

    assertThat(rows())
        .containsExactly(
            "web prod direct", "tester dev direct", "json prod transitive", "mock dev transitive");
  }

  @Test
  void whatALocalPackageAsksForIsDirect() {
    install("json", "text");
    install("text");
    graph.local("own", List.of("inner"));
    graph.local("inner", List.of("json"));
    graph.ask("own", Scope.PROD);

    assertThat(rows()).containsExactly("json prod direct", "text prod transitive");
  }

  @Test
  void whatNothingReachesHasAnUnknownScope() {
    install("left");

    assertThat(rows()).containsExactly("left unknown transitive");
  }

  @Test
  void theStrongerAnswerStands() {
    install("json");
    graph.ask("json", Scope.DEV);
    graph.ask("json", Scope.PROD);
    graph.ask("json", Scope.UNKNOWN);

    assertThat(rows()).containsExactly("json prod direct");
  }

  @Test
  void aCircleEnds() {
    install("a", "b");
    install("b", "a", "b");
    graph.reach("a", Scope.OPTIONAL);

    assertThat(rows()).containsExactly("a optional transitive", "b optional transitive");
    assertThat(graph.components(Relation.UNKNOWN).get(1).dependsOn()).containsExactly(purl("a"));
  }

  @Test
  void edgesToLocalAndMissingPackagesAreLeftOut() {
    install("a", "own", "missing", "b");
    install("b");
    graph.local("own", List.of());

    assertThat(graph.components(Relation.UNKNOWN).getFirst().dependsOn())
        .containsExactly(purl("b"));
  }

  private void install(String name, String... needs) {
    graph.install(new Locked(name, purl(name), new Location("lock", 1), List.of(), List.of(needs)));
  }

  private static Purl purl(String name) {
    return Purl.of("generic", null, name, "1");
  }

  private List<String> rows() {
    return graph.components(Relation.TRANSITIVE).stream()
        .map(it -> "%s %s %s".formatted(it.purl().name(), it.scope(), it.relation()))
        .map(row -> row.toLowerCase(Locale.ROOT))
        .toList();
  }
}
