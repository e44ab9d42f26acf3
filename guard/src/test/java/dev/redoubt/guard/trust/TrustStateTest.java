// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.trust.Switches.Shape;
import dev.redoubt.guard.trust.Switches.Switch;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /// What git reads as one setting must not be taken for the head of a section, and two settings
  /// not for one.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          [core]¶quotepath = x\\¶[user]¶fsmonitor = e ~ core: fsmonitor = e
          [user]¶name = a # \\¶[core]¶pager = e ~ core: pager = e
          [user]¶name = a\\\\¶[core]¶pager = e ~ core: pager = e
          [diff "][user "]¶textconv = e ~ diff "][user ": textconv = e
          [user]¶x = "]"¶[core]¶pager = e ~ core: pager = e
          [remote "a"]¶url = ext:":"sh ~ remote "a": url = ext:":"sh
          [remote "a"]¶pushurl = ext:\\¶:sh ~ remote "a": pushurl = ext::sh
          [user]¶a = ext:\\:x ~ user: a = ext:\\:x
          [submodule "a"]¶update = "!x" ~ submodule "a": update = "!x"
          [submodule⇥"a"]¶update = !x ~ submodule⇥"a": update = !x
          [core¶pager = e ~ core: pager = e
          [core]pager = e ~ core: pager = e
          [core] PAGER = e ~ core: PAGER = e
          [Core] pager ~ Core: pager
          [userx]¶a = e ~ userx: a = e
          """)
  void aLineThatCountsIsSeenWhereGitSeesIt(String config, String line) {
    assertThat(GitSettings.executing(config.replace('¶', '\n').replace('⇥', '\t')))
        .containsExactly(line.replace('⇥', '\t'));
  }

  @Test
  void linesThatOnlyDescribeAreLeftOut() {
    String config =
        """
        [user] name = a
        [branch "a#b"]
          remote = origin ; note
        [branch.old]
          x = "ext: :"
        [CORE]
          FileMode
          bare = false
        [remote "x"]
          url = https://git.example/a
          Fetch
        [color] ui = "] pager = e"
        """;

    assertThat(GitSettings.executing(config)).containsExactly("branch.old: x = \"ext: :\"");
  }

  @Test
  void itemsOfOnePathAreSortedByTheirKind() {
    TrustItem hook = new TrustItem(ConfigKind.HOOK, "a", "0".repeat(64), "x");
    TrustItem skill = new TrustItem(ConfigKind.SKILL, "a", "0".repeat(64), "x");
    TrustItem later = new TrustItem(ConfigKind.HOOK, "b", "0".repeat(64), "x");

    assertThat(new Survey(List.of(later, skill, hook), List.of()).items())
        .containsExactly(hook, skill, later);
    assertThatThrownBy(() -> new TrustItem(ConfigKind.HOOK, "a", "0".repeat(63), "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTableSaysForEachPlaceHowMuchOfItCounts() {
    assertThat(Switches.all())
        .contains(
            new Switch(ConfigKind.HOOK, ".git/config", Shape.GIT_CONFIG, "what git would execute"))
        .allMatch(it -> !it.path().contains("*"))
        .anyMatch(it -> it.what().equals("settings with hooks and rights"))
        .allMatch(it -> !it.what().isBlank());
    assertThat(Switches.all().stream().map(Switch::shape).distinct())
        .containsExactlyInAnyOrder(Shape.values());
  }

  @Test
  void aStateHasAWord() {
    Instant then = Instant.EPOCH;

    assertThat(
            List.of(
                new Trusted(then).word(),
                new Changed(then, List.of("x")).word(),
                new Untrusted(List.of()).word()))
        .containsExactly("trusted", "changed", "untrusted");
  }
}
