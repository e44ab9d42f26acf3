// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.model.RedoubtException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What single keys of a rule mean, which rule makes another useless, and what a question proposes.
class RuleShapesTest {

  private static final Situation HERE = new Situation("/w", Trust.TRUSTED, Wall.NONE, "/home/u");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          program = "mvn"                          | mvn test        | true  | true
          program = "mvn"                          | mvnd test       | false | false
          program = "mvn"                          | /x/mvn test     | false | true
          program = ["a", "mvn"]                   | mvn             | true  | true
          program = "mvn", args-regex = "-q;test"  | mvn -q test     | true  | true
          program = "mvn", args-regex = "-q;test"  | mvn -q deploy   | false | true
          program = "mvn", args-regex = "-q;test"  | mvn             | false | false
          program = "mvn", args-regex = "-q;test"  | mvn deploy      | false | false
          program = "mvn", args-regex = ["a", "b"] | mvn a b         | true  | true
          command = "mvn *", program = "mvn"       | mvn a           | true  | true
          command = "mvn a", program = "mvn"       | mvn b           | false | false
          """)
  void aRuleAboutCommandsHasAllItsKeysAgree(
      String keys, String line, boolean allows, boolean denies) {
    Effect effect = new Effect.Command(List.of(line.split(" ", -1)), Nature.UNKNOWN, "");
    Scene scene = new Scene(HERE, FileFacts.NONE);

    assertThat(read("allow", "run", keys).verdict(effect, scene).isPresent()).isEqualTo(allows);
    assertThat(read("deny", "run", keys).verdict(effect, scene).isPresent()).isEqualTo(denies);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run  | command = "mvn *"                  | command = "mvn a"                  | true
          run  | command = "mvn a"                  | command = "mvn *"                  | false
          run  | program = "mvn"                    | program = "mvn"                    | true
          run  | program = "mvn"                    | program = "npm"                    | false
          run  | program = "mvn"                    | program = "mvn", args-regex = "a"  | true
          run  | program = "mvn", args-regex = "a"  | program = "mvn"                    | false
          run  | program = "mvn", args-regex = "a"  | program = "mvn", args-regex = "b"  | false
          read | path = "a/**"                      | path = "a/b"                       | true
          read | path = "a/b"                       | path = "a/**"                      | false
          net  | host = "*.a.example"               | host = "b.a.example"               | true
          net  | host = "b.a.example"               | host = "*.a.example"               | false
          net  | host = "a.example"                 | host = "a.example", port = 1       | true
          net  | host = "a.example", port = 1       | host = "a.example"                 | false
          net  | host = "a.example", port = 1       | host = "a.example", port = 2       | false
          net  | host = "a.example"                 | host = "a.example", method = "GET" | true
          net  | host = "a.example", method = "GET" | host = "a.example"                 | false
          net  | host = "a.example", method = "GET" | host = "a.example", method = "PUT" | false
          net  | host = "a.example"                 | host = "a.example", path = "/b"    | true
          net  | host = "a.example", path = "/b"    | host = "a.example"                 | false
          net  | host = "a.example", path = "/b"    | host = "a.example", path = "/c"    | false
          tool | server = "s"                       | server = "s", tool = "t"           | true
          tool | server = "s", tool = "t"           | server = "s"                       | false
          tool | server = "s"                       | server = "x"                       | false
          tool | server = "s"                       | server = "s", args = [{at="/a",equals="b"}] | true
          tool | server = "s", args = [{at="/a",equals="b"}] | server = "s"              | false
          load | kind = "hook"                      | kind = "hook", path = "a/**"       | true
          load | kind = "hook", path = "a/**"       | kind = "hook"                      | false
          load | kind = "hook"                      | kind = "skill"                     | false
          load | kind = "hook", path = "a"          | kind = "hook", path = "b"          | false
          load | kind = "hook", path = "a/**"       | kind = "hook", path = "a/b"        | true
          model | provider = "p"                    | provider = "p", residency = "eu"   | true
          model | provider = "p", residency = "eu"  | provider = "p"                     | false
          model | provider = "p"                    | provider = "q"                     | false
          model | provider = "p", residency = "eu"  | provider = "p", residency = "us"   | false
          start-server | server = "a*"              | server = "ab"                      | true
          start-server | server = "ab"              | server = "a*"                      | false
          run  | command = "a *"                    | command = "a b", when = "trusted"  | true
          run  | command = "a *", when = "trusted"  | command = "a b"                    | false
          run  | command = "a *", when = "trusted"  | command = "a b", when = "trusted"  | true
          run  | command = "a *", when = "trusted"  | command = "a b", when = "!trusted" | false
          run  | command = "a *", unless = {program="b"} | command = "a b"               | false
          run  | command = "a *"                    | command = "a b", unless = {program="b"} | true
          run  | command = "a *"                    | command = "a b", expires = "2027-01-01" | true
          run  | command = "a *", expires = "2027-01-01" | command = "a b"               | false
          run  | command = "a *", expires = "2027-01-01" | command = "a b", expires = "2027-01-01" | true
          run  | command = "a *", expires = "2027-01-01" | command = "a b", expires = "2027-01-02" | false
          run  | command = "a b"                    | command = "a b *"                  | false
          run  | command = "a"                      | command = "a b"                    | false
          run  | command = "a b"                    | command = "a"                      | false
          run  | command = "a *"                    | command = "a"                      | true
          """)
  void aRuleThatCanNeverCountIsAnError(String action, String wide, String narrow, boolean useless) {
    String text = rule("deny", action, wide) + rule("deny", action, narrow);
    if (useless) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(RedoubtException.class);
    } else {
      assertThat(read(text).rules()).hasSize(2);
    }
  }

  @Test
  void aQuestionProposesEveryRuleThatAnswersIt() {
    PolicyGuard guard =
        new PolicyGuard(
            new LayeredPolicy(
                new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE), Layers.NONE, FileFacts.NONE),
            HERE);

    assertThat(guard.name()).isEqualTo("policy");
    assertThat(guard.review(line("aaa x && bbb y")))
        .isEqualTo(
            new Decision.Ask(
                "command.unknown",
                "nothing is known about the program aaa (and 1 more)",
                List.of("run:aaa x", "run:bbb y")));
    assertThat(((Decision.Ask) guard.review(line("aaa x; bbb $Y"))).proposals()).isEmpty();
    assertThat(((Decision.Ask) guard.review(line(chain(8)))).proposals()).hasSize(8);
    assertThat(((Decision.Ask) guard.review(line(chain(9)))).proposals()).isEmpty();
  }

  @Test
  void anActionHasItsEffect() {
    assertThat(effect(new Action.Read(Path.of("/w/a"))))
        .isEqualTo(new Effect.File(Effect.Access.READ, Place.at("/w/a")));
    assertThat(effect(new Action.Search(Path.of("/w/a"), "x")))
        .isEqualTo(new Effect.File(Effect.Access.SEARCH, Place.at("/w/a")));
    assertThat(effect(new Action.Connect("tcp", "a.example", 1)))
        .isEqualTo(new Effect.Connect("", "a.example:1"));
    assertThat(effect(new Action.Connect("tcp", "::1", 1)))
        .isEqualTo(new Effect.Connect("", "[::1]:1"));
  }

  private static Effect effect(Action action) {
    return EffectList.of(action, HERE, FileFacts.NONE).effects().getFirst();
  }

  private static String chain(int length) {
    StringBuilder chain = new StringBuilder("x0");
    for (int i = 1; i < length; i++) {
      chain.append(" && x").append(i);
    }
    return chain.toString();
  }

  private static Action.Run line(String text) {
    return new Action.Run(
        new Program.Line(Program.Shell.BASH, text), Path.of("/w"), Map.of(), Action.Input.NOTHING);
  }

  private static RuleSet read(String effect, String action, String keys) {
    return read(rule(effect, action, keys));
  }

  private static RuleSet read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return PolicyFile.read(bytes, "test.toml", Origin.USER, LocalDate.of(2026, 1, 1)).rules();
  }

  private static String rule(String effect, String action, String keys) {
    return "[[guard.rules]]\neffect = \"%s\"\naction = \"%s\"\nreason = \"r\"\n%s\n"
        .formatted(
            effect,
            action,
            keys.strip().replace(", ", "\n").replace("\"\n\"", "\", \"").replace(';', '|'));
  }
}
