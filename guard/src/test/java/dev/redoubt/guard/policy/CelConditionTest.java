// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.FileFacts.Kind;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.policy.Rule.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelConditionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run:git push origin main        | argv.size() == 4 && argv.exists(a, a == 'main')
          run:git push                    | action == 'run' && argv[0] == 'git'
          read:src/a                      | path == '/workspace/src/a' && path.startsWith(workspace)
          net:https://a.example:8443/x    | host == 'a.example' && port == 8443 && path == '/x'
          tool:db/query {"n":3,"q":["s"]} | server == 'db' && args.n == 3 && args.q[0] == 's'
          start-server:files              | server == 'files'
          run:x                           | trusted && wall == 'none'
          run:aaa                         | argv[0].matches('a+')
          model:p/eu                      | action == 'model' && server == ''
          load:hook:a/../b                | action == 'load' && path == '/workspace/b'
          delete:a                        | action == 'delete'
          tool:s/t {"b":true,"n":null,"d":1.5} | args.b && args.n == null && args.d == 1.5
          """)
  void aConditionSeesTheEffect(String example, String condition) {
    Effect effect = Example.of(example).effect();

    assertThat(CelCondition.of(condition).holds(effect, Example.SCENE, Certainty.SURE)).isTrue();
    assertThat(CelCondition.of("!(" + condition + ")").holds(effect, Example.SCENE, Certainty.SURE))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          argv[5] == 'x'
          args.missing == 1
          1 / port == 1
          args.a.all(x, args.a.all(y, args.a.all(z, args.a.all(w, x + y + z + w >= 0))))
          """)
  void whatCannotBeEvaluatedNeverPermitsAndAlwaysForbids(String condition) {
    Effect effect =
        Example.of("tool:s/t {\"a\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}")
            .effect();
    When when = CelCondition.of(condition);

    assertThat(when.holds(effect, Example.SCENE, Certainty.SURE)).isFalse();
    assertThat(when.holds(effect, Example.SCENE, Certainty.POSSIBLE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          argc > 1      | condition "argc > 1": undeclared reference to 'argc' (in container '') (at character 1)
          port          | condition "port": expected type 'bool' but found 'int' (at character 1)
          port + 'a' == 1 | condition "port + 'a' == 1": found no matching overload for '_+_' applied to '(int, string)' (at character 6)
          """)
  void whatIsNoConditionIsRefused(String source, String message) {
    assertThatThrownBy(() -> CelCondition.of(source)).hasMessage(message);
  }

  @Test
  void whatTheVariablesDoNotTellAlwaysForbids() {
    When never = CelCondition.of("path == 'x' && host == 'x'");
    Place glob = new Place("a*", "/w/a*", Place.Kind.GLOB);

    for (Effect effect :
        List.of(
            new Effect.File(Effect.Access.READ, glob),
            Example.of("search:a").effect(),
            Example.of("delete:a").effect(),
            new Effect.Connect("", "a b"),
            new Effect.LoadConfig(ConfigKind.HOOK, glob, "0".repeat(64)),
            new Effect.Opaque("r", "s", "t"))) {
      assertThat(never.holds(effect, Example.SCENE, Certainty.POSSIBLE)).isTrue();
      assertThat(never.holds(effect, Example.SCENE, Certainty.SURE)).isFalse();
    }
    for (String exact :
        List.of(
            "read:a",
            "list:a",
            "write:a",
            "net:a.example:1",
            "load:hook:a",
            "run:a",
            "tool:s/t",
            "start-server:s",
            "model:p")) {
      assertThat(never.holds(Example.of(exact).effect(), Example.SCENE, Certainty.POSSIBLE))
          .isFalse();
    }
  }

  @Test
  void aConditionSeesTheWall() {
    Situation scene = Example.SCENE.situation();
    Situation held = new Situation(scene.workspace(), Trust.UNTRUSTED, Wall.HELD, scene.home());

    assertThat(
            CelCondition.of("wall == 'held' && !trusted")
                .holds(
                    Example.of("run:a").effect(), new Scene(held, FileFacts.NONE), Certainty.SURE))
        .isTrue();
    assertThat(CelCondition.of("trusted").source()).isEqualTo("trusted");
  }

  @Test
  void aPermissionHoldsForThePathWithItsLinksResolvedToo() {
    FileFacts links = path -> new Facts(path.replace("/in", "/out"), Kind.FILE, 1, List.of());
    Scene scene = new Scene(Example.SCENE.situation(), links);
    Effect effect = new Effect.File(Effect.Access.READ, Place.at("/workspace/in"));
    When inside = CelCondition.of("path == '/workspace/in'");

    assertThat(inside.holds(effect, scene, Certainty.SURE)).isFalse();
    assertThat(inside.holds(effect, scene, Certainty.POSSIBLE)).isTrue();
  }

  @Test
  void aConditionNarrowsItsRule() {
    Condition condition =
        new Condition(
            ShortRule.matcher("run:git *"), List.of(), CelCondition.of("argv.size() < 3"));

    assertThat(condition.holds(Example.of("run:git log").effect(), Example.SCENE, Certainty.SURE))
        .isTrue();
    assertThat(
            condition.holds(Example.of("run:git log -1").effect(), Example.SCENE, Certainty.SURE))
        .isFalse();
  }
}
