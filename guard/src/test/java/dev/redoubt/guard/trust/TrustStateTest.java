// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.trust.TrustState.Changed;
import dev.redoubt.guard.trust.TrustState.Trusted;
import dev.redoubt.guard.trust.TrustState.Untrusted;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustStateTest {

  private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");
  private static final TrustItem SERVERS = item(ConfigKind.MCP_SERVER, ".mcp.json", "a");
  private static final TrustItem TEXT = item(ConfigKind.INSTRUCTIONS, "AGENTS.md", "b");

  private static TrustItem item(ConfigKind kind, String path, String digit) {
    return new TrustItem(kind, path, digit.repeat(64), "words");
  }

  private static TrustState state(List<TrustItem> now, String... problems) {
    return TrustState.of(
        Optional.of(new TrustRecord("/w", THEN, List.of(SERVERS, TEXT))),
        new Survey(now, List.of(problems)));
  }

  @Test
  void withoutARecordNothingIsTrusted() {
    assertThat(TrustState.of(Optional.empty(), new Survey(List.of(), List.of())))
        .isEqualTo(new Untrusted(List.of()));
  }

  @Test
  void theSameItemsStayTrusted() {
    assertThat(state(List.of(TEXT, SERVERS))).isEqualTo(new Trusted(THEN));
  }

  @Test
  void whatIsGoneChangesNothing() {
    assertThat(state(List.of(TEXT))).isEqualTo(new Trusted(THEN));
  }

  @Test
  void whatIsDifferentOrNewAsksAgain() {
    TrustItem different = item(ConfigKind.MCP_SERVER, ".mcp.json", "c");
    TrustItem added = item(ConfigKind.HOOK, ".husky/pre-commit", "d");

    assertThat(state(List.of(different, TEXT, added)))
        .isEqualTo(
            new Changed(
                THEN, List.of(".husky/pre-commit is new: words", ".mcp.json is different: words")));
  }

  @Test
  void theSameFileInAnotherRoleIsNew() {
    assertThat(state(List.of(item(ConfigKind.HOOK, ".mcp.json", "a")))).isInstanceOf(Changed.class);
  }

  @Test
  void whatCannotBeLookedAtAsksAgain() {
    assertThat(state(List.of(TEXT, SERVERS), "cannot read .env"))
        .isEqualTo(new Changed(THEN, List.of("cannot read .env")));
  }

  @Test
  void onlyTrustedIsTrusted() {
    assertThat(new Trusted(THEN).trust()).isEqualTo(Trust.TRUSTED);
    assertThat(new Changed(THEN, List.of("x")).trust()).isEqualTo(Trust.UNTRUSTED);
    assertThat(new Untrusted(List.of()).trust()).isEqualTo(Trust.UNTRUSTED);
  }

  @Test
  void theTableNamesEveryKindAndNoPlaceTwice() {
    Set<ConfigKind> kinds = EnumSet.noneOf(ConfigKind.class);
    Set<String> places = new HashSet<>();
    for (Switches.Switch place : Switches.all()) {
      kinds.add(place.kind());
      assertThat(places.add(place.path() + place.shape())).as(place.path()).isTrue();
    }
    assertThat(kinds).containsExactlyInAnyOrder(ConfigKind.values());
  }

  @Test
  void ofGitsSettingsOnlyWhatExecutesCounts() {
    String config =
        """
        [core]
        \trepositoryformatversion = 0
        \tfsmonitor = ./evil
        \thooksPath=hooks
        [remote "origin"]
        \turl = https://git.example/x.git
        \tfetch = +refs/heads/*:refs/remotes/origin/*
        \tuploadpack = ./evil
        [remote "ext"]
        \turl = ext::sh -c x
        [branch "main"]
        \tmerge = refs/heads/main
        \tremote = ext::sh -c y
        [color] [core] pager = evil
        # pager = x
        [alias] st = !sh
        [Filter "lfs"]
        \tclean = evil %f
        [include]
        \tpath = ../x
        """;

    assertThat(GitSettings.executing(config))
        .containsExactly(
            "core: fsmonitor = ./evil",
            "core: hooksPath=hooks",
            "remote \"origin\": uploadpack = ./evil",
            "remote \"ext\": url = ext::sh -c x",
            "branch \"main\": remote = ext::sh -c y",
            "core: pager = evil",
            "alias: st = !sh",
            "Filter \"lfs\": clean = evil %f",
            "include: path = ../x");
  }
}
