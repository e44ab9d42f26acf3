// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.AddressJudge;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.NameResolver;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInPolicyTest {

  private final BuiltInPolicy policy = new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE);

  @ParameterizedTest
  @CsvSource({
    "HARMLESS, TRUSTED, NONE, allow command.harmless",
    "HARMLESS, UNTRUSTED, NONE, allow command.harmless",
    "BUILD, TRUSTED, NONE, allow command.build",
    "BUILD, UNTRUSTED, NONE, ask command.build-untrusted",
    "BUILD, UNTRUSTED, HELD, ask command.build-untrusted",
    "CHANGES, TRUSTED, NONE, ask command.changes",
    "CHANGES, TRUSTED, HELD, allow command.walled",
    "UNKNOWN, TRUSTED, NONE, ask command.unknown",
    "UNKNOWN, UNTRUSTED, HELD, allow command.walled"
  })
  void aCommandIsJudgedByItsNature(Nature nature, Trust trust, Wall wall, String answer) {
    assertThat(answer(new Effect.Command(List.of("x"), nature, "because"), trust, wall))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkdir", "touch", "cp", "tee", "mktemp", "/usr/bin/tee"})
  void whoTypesAWriterWantsToWrite(String program) {
    assertThat(writes(program, Wall.NONE)).isEqualTo("allow command.files-only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sed", "sort", "awk", "find", "uniq", "xxd", "dd", "tar", "./cp.sh"})
  void aReaderThatWritesByAnOptionIsAQuestion(String program) {
    assertThat(writes(program, Wall.NONE)).isEqualTo("ask command.writes");
    assertThat(writes(program, Wall.HELD)).isEqualTo("allow command.walled");
  }

  @Test
  void thisMachinesOwnAddressesAreDeniedToCommandsAndTools() {
    IpAddress own = IpAddress.parse("198.50.1.2").orElseThrow();
    var here =
        new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE, new AddressJudge(() -> Set.of(own)));
    var situation = new Situation("/w", Trust.TRUSTED, Wall.NONE, "/home/u");
    var call = new Effect.CallTool("web", "get", new Node.Text("http://198.50.1.2/", 1));

    assertThat(here.decide(new Effect.Connect("GET", "http://198.50.1.2/"), situation))
        .isInstanceOf(Decision.Deny.class);
    assertThat(here.decide(call, situation)).isInstanceOf(Decision.Deny.class);
    assertThat(here.decide(new Effect.Connect("GET", "http://198.50.1.3/"), situation))
        .isInstanceOf(Decision.Ask.class);
  }

  @Test
  void whatTheShellWouldReadDifferentlyIsAskedBehindEveryWall() {
    var syntax = new Effect.Opaque("shell.not-understood", "x", "because");
    var code = new Effect.Opaque("command.code", "x", "because");

    assertThat(answer(syntax, Trust.TRUSTED, Wall.HELD)).isEqualTo("ask shell.not-understood");
    assertThat(answer(code, Trust.TRUSTED, Wall.HELD)).isEqualTo("allow command.walled");
    assertThat(answer(code, Trust.TRUSTED, Wall.NONE)).isEqualTo("ask command.code");
  }

  @Test
  void nothingOfACheckoutIsLoadedBeforeTrust() {
    var hook = new Effect.LoadConfig(ConfigKind.HOOK, Place.at("/work/.hooks"), "0".repeat(64));

    assertThat(answer(hook, Trust.TRUSTED, Wall.NONE)).isEqualTo("allow trust.trusted");
    assertThat(answer(hook, Trust.UNTRUSTED, Wall.HELD)).isEqualTo("deny trust.untrusted");
  }

  @Test
  void aServerThatStaysIsAQuestion() {
    assertThat(answer(new Effect.StartServer("docs"), Trust.TRUSTED, Wall.HELD))
        .isEqualTo("ask server.start");
  }

  private String writes(String program, Wall wall) {
    return answer(
        new Effect.Command(List.of(program, "a"), Nature.FILES_ONLY, "writes"),
        Trust.TRUSTED,
        wall);
  }

  private String answer(Effect effect, Trust trust, Wall wall) {
    Decision decision = policy.decide(effect, new Situation("/work", trust, wall, "/home/dev"));
    return switch (decision) {
          case Decision.Allow _ -> "allow ";
          case Decision.Ask _ -> "ask ";
          case Decision.Deny _ -> "deny ";
        }
        + decision.rule();
  }
}
