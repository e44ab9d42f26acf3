// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkJudge;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Layers.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersTest {

  private static final Scene TRUSTED =
      new Scene(new Situation("/ws", Trust.TRUSTED, Wall.NONE, "/home/u"), FileFacts.NONE);
  private static final Scene UNTRUSTED =
      new Scene(new Situation("/ws", Trust.UNTRUSTED, Wall.NONE, "/home/u"), FileFacts.NONE);
  private static final Effect DEPLOY =
      new Effect.Command(List.of("mvn", "deploy"), Effect.Nature.UNKNOWN, "");
  private static final Decision ASKS = new Decision.Ask("command.unknown", "unknown", List.of());

  @Test
  void withoutRulesTheBuiltInDecisionStands() {
    assertThat(Layers.NONE.decide(DEPLOY, TRUSTED, _ -> ASKS)).isEqualTo(ASKS);
  }

  @Test
  void whatThePersonWroteReplacesTheBuiltInDecision() {
    assertThat(says(user("allow run:mvn *"), DEPLOY)).isEqualTo("allow");
    assertThat(says(user("deny run:mvn *"), DEPLOY)).isEqualTo("deny");
  }

  @Test
  void whatIsTypedAnswersAQuestionOfTheFileButNoDenial() {
    assertThat(says(layers(set("ask run:mvn *"), set("allow run:mvn deploy")), DEPLOY))
        .isEqualTo("allow");
    assertThat(says(layers(set("deny run:mvn *"), set("allow run:mvn deploy")), DEPLOY))
        .isEqualTo("deny");
    assertThat(says(layers(set("allow run:mvn *"), set("deny run:mvn deploy")), DEPLOY))
        .isEqualTo("deny");
  }

  @Test
  void theManagedPolicyAloneKeepsItsRulesAndItsBreakAndNothingElse() {
    Decision allows = new Decision.Allow("any", "anything");
    for (var expected :
        Map.of(
                new Managed.NotEnrolled(), "any",
                new Managed.Broken("gone"), "policy.managed-missing",
                new Managed.InForce(set("deny run:mvn *")), "deny")
            .entrySet()) {
      Layers layers =
          new Layers(
              set("deny run:mvn *"),
              set("ask run:mvn *"),
              set("deny run:mvn *"),
              Widening.GRANTED,
              expected.getKey());
      Decision decision = layers.managedOnly().decide(DEPLOY, TRUSTED, _ -> allows);
      assertThat(expected.getValue().equals("deny") ? word(decision) : decision.rule())
          .isEqualTo(expected.getValue());
    }
  }

  private static String word(Decision decision) {
    return decision instanceof Decision.Deny ? "deny" : "not denied";
  }

  @Test
  void aWorkspaceNarrowsOnlyOnceItIsTrusted() {
    Layers layers = workspace("deny run:mvn *", Widening.REFUSED);

    assertThat(layers.decide(DEPLOY, UNTRUSTED, _ -> ASKS)).isEqualTo(ASKS);
    assertThat(says(layers, DEPLOY)).isEqualTo("deny");
  }

  @Test
  void aWorkspaceWidensOnlyWhenThePersonSaidSo() {
    assertThat(says(workspace("allow run:mvn *", Widening.REFUSED), DEPLOY)).isEqualTo("ask");
    assertThat(says(workspace("allow run:mvn *", Widening.GRANTED), DEPLOY)).isEqualTo("allow");
  }

  @Test
  void aWorkspaceThatMayWidenDoesNotWidenWhatThePersonWrote() {
    Layers layers =
        new Layers(
            set("ask run:mvn deploy"),
            RuleSet.NONE,
            set("allow run:mvn *"),
            Widening.GRANTED,
            new Managed.NotEnrolled());

    assertThat(says(layers, DEPLOY)).isEqualTo("ask");
  }

  @Test
  void anOperatorsTargetsAreWhatThePersonAllows() {
    Layers layers =
        new Layers(
            set("allow net:*.docs.example", "deny net:a.docs.example", "allow run:mvn *"),
            set("allow net:127.0.0.1:8080", "ask net:b.example"),
            set("allow net:checkout.example:1"),
            Widening.GRANTED,
            new Managed.InForce(set("allow net:managed.example:1")));

    assertThat(layers.operatorTargets())
        .containsExactly(target("*.docs.example"), target("127.0.0.1:8080"));
  }

  private static NetworkMatcher target(String text) {
    return ((Reading.Good<NetworkMatcher>) NetworkMatcher.parse(text)).value();
  }

  @Test
  void managedRulesNarrowAndNothingElse() {
    assertThat(says(managed("allow run:mvn *", "ask run:mvn *"), DEPLOY)).isEqualTo("ask");
    assertThat(says(managed("deny run:mvn *", "allow run:mvn *"), DEPLOY)).isEqualTo("deny");
  }

  @Test
  void aRuleThatAsksAboutAToolIsHeardOfRatherThanThatNoneDoes() {
    Effect call =
        new Effect.CallTool(
            "files", "read", new Node.Obj(Map.of("path", new Node.Text("docs/a.md", 1)), 1));
    Decision unlisted = new Decision.Ask("tool.unlisted", "no rule speaks of it", List.of());
    List<Layers> asking =
        List.of(
            user("ask read:docs/**"),
            layers(RuleSet.NONE, set("ask read:docs/**")),
            workspace("ask tool:files/*", Widening.REFUSED),
            workspace("ask read:docs/**", Widening.REFUSED),
            managed("deny run:mvn *", "ask tool:files/*"),
            managed("deny run:mvn *", "ask read:docs/**"));

    for (Layers layers : asking) {
      Decision decision = layers.decide(call, TRUSTED, _ -> unlisted);
      assertThat(decision).isInstanceOf(Decision.Ask.class).isNotEqualTo(unlisted);
      assertThat(decision.rule()).isNotEqualTo("tool.unlisted");
    }
  }

  @Test
  void aBrokenManagedPolicyDeniesEverything() {
    Layers layers =
        new Layers(
            set("allow run:mvn *"),
            RuleSet.NONE,
            RuleSet.NONE,
            Widening.REFUSED,
            new Managed.Broken("the signature is missing"));

    assertThat(layers.decide(DEPLOY, TRUSTED, _ -> ASKS))
        .isEqualTo(
            new Decision.Deny("policy.managed-missing", "the signature is missing", List.of()));
  }

  @Test
  void noRuleIsAboutWhatCannotBeFollowed() {
    Decision opaque = new Decision.Ask("shell.unknown-word", "unknown", List.of());
    Effect effect = new Effect.Opaque("shell.unknown-word", "$X", "unknown");

    assertThat(user("allow run:*").decide(effect, TRUSTED, _ -> opaque)).isEqualTo(opaque);
  }

  @Test
  void aDenialIsLiftedOnlyByARuleThatNamesWhatIsDenied() {
    assertThat(onKeys("allow read:~/.ssh/config")).isEqualTo("allow");
    assertThat(onKeys("allow read:~/.ssh/*")).isEqualTo("allow");
    assertThat(onKeys("allow read:~/**")).isEqualTo("deny");
    assertThat(onKeys("allow read:/**")).isEqualTo("deny");
    assertThat(onKeys("allow read:/home/u/**")).isEqualTo("deny");
  }

  @Test
  void aRuleThatAsksDoesNotWeakenADenialByAPossibility() {
    Effect glob = new Effect.File(Access.READ, new Place("*", "/home/u/.ssh/*", Place.Kind.GLOB));

    assertThat(user("ask read:~/.ssh/config").decide(glob, TRUSTED, LayersTest::keysAreDenied))
        .isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE, /ws/redoubt.toml, write:redoubt.toml",
    "WRITE, /ws/.redoubt/x, write:.redoubt/*",
    "WRITE, /home/u/.config/redoubt/redoubt.toml, write:~/.config/redoubt/redoubt.toml",
    "DELETE, /etc/redoubt/managed.toml, delete:/etc/redoubt/managed.toml",
    "READ, /home/u/.local/share/redoubt/trust.json, read:~/.local/share/redoubt/*",
    "WRITE, /home/u/.local/share/redoubt/trust.json, write:~/.local/share/redoubt/trust.json",
  })
  void nothingLiftsTheProtectionOfRedoubtItself(Access access, String path, String rule) {
    BuiltInPolicy builtIn = new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE);
    Decision decision =
        user("allow " + rule)
            .decide(
                new Effect.File(access, Place.at(path)),
                TRUSTED,
                effect -> builtIn.decide(effect, TRUSTED.situation()));

    assertThat(decision).isInstanceOf(Decision.Deny.class);
  }

  @Test
  void aRuleThatNamesAnInnerAddressOpensItButNoMetadataService() {
    assertThat(onUrl("allow net:localhost:3000", "http://localhost:3000/")).isEqualTo("allow");
    assertThat(onUrl("allow net:*", "http://localhost:3000/")).isEqualTo("deny");
    assertThat(onUrl("allow net:127.0.0.1", "http://127.1/")).isEqualTo("deny");
    assertThat(onUrl("allow net:169.254.169.254:80", "http://169.254.169.254/")).isEqualTo("deny");
  }

  private static String onUrl(String rule, String url) {
    NetworkJudge network = new NetworkJudge(NameResolver.NONE);
    Decision decision =
        user(rule)
            .decide(
                new Effect.Connect("GET", url),
                TRUSTED,
                effect -> network.judge((Effect.Connect) effect));
    return name(decision);
  }

  private static String onKeys(String rule) {
    Effect effect = new Effect.File(Access.READ, Place.at("/home/u/.ssh/config"));
    return name(user(rule).decide(effect, TRUSTED, LayersTest::keysAreDenied));
  }

  private static Decision keysAreDenied(Effect effect) {
    return effect instanceof Effect.File(var _, Place place)
            && place.path().startsWith("/home/u/.ssh")
        ? new Decision.Deny("path.sensitive", "keys", List.of())
        : ASKS;
  }

  private static String says(Layers layers, Effect effect) {
    return name(layers.decide(effect, TRUSTED, _ -> ASKS));
  }

  private static String name(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> "allow";
      case Decision.Ask _ -> "ask";
      case Decision.Deny _ -> "deny";
    };
  }

  private static Layers user(String... rules) {
    return layers(set(rules), RuleSet.NONE);
  }

  private static Layers layers(RuleSet user, RuleSet commandLine) {
    return new Layers(user, commandLine, RuleSet.NONE, Widening.REFUSED, new Managed.NotEnrolled());
  }

  private static Layers workspace(String rule, Widening widening) {
    return new Layers(RuleSet.NONE, RuleSet.NONE, set(rule), widening, new Managed.NotEnrolled());
  }

  private static Layers managed(String managed, String user) {
    return new Layers(
        set(user), RuleSet.NONE, RuleSet.NONE, Widening.REFUSED, new Managed.InForce(set(managed)));
  }

  private static RuleSet set(String... rules) {
    List<Rule> parsed = new ArrayList<>();
    for (String rule : rules) {
      int space = rule.indexOf(' ');
      parsed.add(
          TestRules.rule(
              Stance.of(rule.substring(0, space)).orElseThrow(), rule.substring(space + 1)));
    }
    return new RuleSet(parsed, List.of());
  }
}
