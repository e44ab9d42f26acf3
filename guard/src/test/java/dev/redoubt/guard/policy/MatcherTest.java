// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.FileFacts.Kind;
import dev.redoubt.guard.Place;
import dev.redoubt.model.RedoubtException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          run:mvn *            | run:mvn                  | yes
          run:mvn *            | run:mvn -q test          | yes
          run:mvn *            | run:/tmp/mvn test        | possibly
          run:mvn *            | run:MVN test             | possibly
          run:mvn *            | run:mvnd test            | no
          run:mvn              | run:mvn test             | no
          run:npm run *        | run:npm install          | no
          run:git * main       | run:git push main        | yes
          run:git * main       | run:git push -f main     | no
          run:rm 'a b'         | run:rm 'a b'             | yes
          run:rm 'a b'         | run:rm a b               | no
          run:rm '*'           | run:rm x                 | no
          run:rm '*'           | run:rm '*'               | yes
          run:sh -c *          | run:sh -c 'mvn; rm -rf /' | yes
          read:docs/**         | read:docs                | yes
          read:docs/**         | read:docs/a/b            | yes
          read:docs/**         | read:docs/../.env        | no
          read:docs/**         | read:docs-evil/a         | no
          read:docs/**         | write:docs/a             | no
          read:docs/**         | search:docs              | yes
          read:docs/secret     | search:docs              | possibly
          read:docs/**         | read:DOCS/a              | possibly
          write:src/**         | delete:src/a             | possibly
          delete:src/a/b       | delete:src               | possibly
          list:src/a           | list:src                 | no
          read:~/notes/*.md    | read:~/notes/a.md        | yes
          read:~/notes/*.md    | read:~/notes/a/b.md      | no
          net:a.example        | net:a.example:8443       | yes
          net:a.example:443    | net:a.example:8443       | no
          net:*.a.example      | net:b.a.example:443      | yes
          net:*.a.example      | net:a.example:443        | no
          net:a.example        | net:https://a.example@b.example/ | possibly
          tool:files/read_*    | tool:files/read_file     | yes
          tool:files/read_*    | tool:Files/read_file     | possibly
          tool:files/read_*    | tool:files/write         | no
          model:acme/eu        | model:acme/eu            | yes
          model:acme/eu        | model:acme               | no
          load:skill:skills/** | load:skill:skills/a.md   | yes
          load:skill           | load:hook:a              | no
          """)
  void aPatternMeans(String rule, String example, String answer) {
    Matcher matcher = ShortRule.matcher(rule);
    Effect effect = Example.of(example).effect();
    boolean sure = matcher.matches(effect, Example.SCENE, Certainty.SURE);
    boolean possible = matcher.matches(effect, Example.SCENE, Certainty.POSSIBLE);

    assertThat(sure ? "yes" : possible ? "possibly" : "no").isEqualTo(answer);
  }

  @Test
  void aPermissionFollowsLinks() {
    FileFacts links =
        path ->
            new Facts(path.replace("/workspace/out", "/home/user/.ssh"), Kind.FILE, 1, List.of());
    Scene scene = new Scene(Example.SCENE.situation(), links);
    Effect effect = new Effect.File(Access.WRITE, Place.at("/workspace/out/authorized_keys"));

    assertThat(ShortRule.matcher("write:out/**").matches(effect, scene, Certainty.SURE)).isFalse();
    assertThat(ShortRule.matcher("write:~/.ssh/*").matches(effect, scene, Certainty.SURE))
        .isFalse();
    assertThat(ShortRule.matcher("write:~/.ssh/*").matches(effect, scene, Certainty.POSSIBLE))
        .isTrue();
    assertThat(ShortRule.matcher("write:out/**").matches(effect, scene, Certainty.POSSIBLE))
        .isTrue();
  }

  @Test
  void aPermissionMeansNoFileWithASecondName() {
    FileFacts twice = path -> new Facts(path, Kind.FILE, 2, List.of("/srv/shared/a"));
    Scene scene = new Scene(Example.SCENE.situation(), twice);
    Effect effect = new Effect.File(Access.WRITE, Place.at("/workspace/a"));

    assertThat(ShortRule.matcher("write:a").matches(effect, scene, Certainty.SURE)).isFalse();
    assertThat(ShortRule.matcher("write:/srv/**").matches(effect, scene, Certainty.POSSIBLE))
        .isTrue();
  }

  @Test
  void aGlobIsNeverSure() {
    Effect effect =
        new Effect.File(Access.READ, new Place("docs/*", "/workspace/docs/*", Place.Kind.GLOB));

    assertThat(ShortRule.matcher("read:**").matches(effect, Example.SCENE, Certainty.SURE))
        .isFalse();
    assertThat(
            ShortRule.matcher("read:docs/secret")
                .matches(effect, Example.SCENE, Certainty.POSSIBLE))
        .isTrue();
    assertThat(ShortRule.matcher("read:src/a").matches(effect, Example.SCENE, Certainty.POSSIBLE))
        .isFalse();
  }

  /* Another configuration can call another program the same. */
  @Test
  void aNameIsNoRuleForWhatAServerStarts() {
    Effect start = new Effect.StartServer("files");

    assertThat(ShortRule.narrowestFor(start)).isEmpty();
    assertThat(
            ShortRule.matcher("start-server:files").matches(start, Example.SCENE, Certainty.SURE))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          mvn *        | --allow 'mvn *': it starts with one of run, read, write, delete, list, search, net, tool, start-server, model, load and a colon
          run:         | --allow 'run:': nothing follows "run:"
          exec:a       | --allow 'exec:a': it starts with one of run, read, write, delete, list, search, net, tool, start-server, model, load and a colon
          tool:files   | --allow 'tool:files': a tool is written SERVER/TOOL, and "files/*" means every tool of a server
          net:a:99999  | --allow 'net:a:99999': target "a:99999": the port in "a:99999" is not from 1 to 65535
          """)
  void aShortRuleThatMeansNothingIsRefused(String rule, String message) {
    assertThatThrownBy(() -> ShortRule.parse(rule, Stance.ALLOW, 1))
        .isInstanceOf(RedoubtException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"q":"docs/a"}            | yes
          {"q":"docs%2Fa"}          | possibly
          {"q":"DOCS/a"}            | possibly
          {"q":"do\\u200bcs/a"}     | possibly
          {"q":"src/a"}             | no
          {"q":["src/a","docs/a"]}  | possibly
          {"q":7}                   | no
          {"other":"docs/a"}        | no
          """)
  void anArgumentIsReadInEveryWayAServerMay(String arguments, String answer) {
    ArgumentMatcher matcher =
        new ArgumentMatcher(List.of("q"), new ValueTest.Like(Patterns.name("docs/*")));
    Effect.CallTool call = (Effect.CallTool) Example.of("tool:s/t " + arguments).effect();
    boolean sure = matcher.matches(call.arguments(), Example.SCENE, Certainty.SURE);
    boolean possible = matcher.matches(call.arguments(), Example.SCENE, Certainty.POSSIBLE);

    assertThat(sure ? "yes" : possible ? "possibly" : "no").isEqualTo(answer);
  }
}
