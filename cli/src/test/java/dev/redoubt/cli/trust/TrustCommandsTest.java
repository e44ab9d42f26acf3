// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.trust.TrustItem;
import dev.redoubt.guard.trust.TrustState;
import dev.redoubt.model.RedoubtException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

  @TempDir Path temporary;
  private Path checkout;
  private Path data;
  private String input = "";
  private Terminals terminals = Terminals.NONE;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = Files.createDirectories(temporary.toRealPath().resolve("app"));
    data = temporary.toRealPath().resolve("data");
    Files.createDirectories(checkout.resolve(".git/hooks"));
    Files.createDirectories(checkout.resolve(".claude/skills/x"));
    Files.createDirectories(checkout.resolve("src"));
    write(".mcp.json", "{}");
    write(".env", "A=b");
    write(".env.local", "A=c");
    write("AGENTS.md", "be nice");
    write("redoubt.toml", "");
    write(".claude/settings.json", "{}");
    write(".claude/skills/x/SKILL.md", "x");
    write(".git/hooks/pre-commit.sample", "x");
    write(".git/config", "[core]\n\tbare = false\n");
    write("README.md", "ordinary");
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(checkout.resolve(path), text);
  }

  private Ended run(String... arguments) {
    return runIn(checkout, arguments);
  }

  private Ended runIn(Path folder, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings world =
        new Surroundings(
            Map.of("HOME", temporary.toString(), "XDG_DATA_HOME", "/nonexistent"),
            folder,
            new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminals),
            Clock.fixed(NOW, ZoneOffset.UTC));
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", data.toString()));
    int code = Main.run(all, world);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private TrustState state(Path folder) {
    return WorkspaceTrust.of(data, folder).state();
  }

  private static List<String> pathsOf(WorkspaceTrust trust) {
    return trust.survey().items().stream().map(TrustItem::path).distinct().toList();
  }

  private Path kept() {
    return TrustFile.of(data, checkout).path();
  }

  @Test
  void atFirstNothingIsTrustedAndWhatWouldBeSwitchedOnIsShown() {
    Ended shown = run("trust");

    assertThat(shown.code()).isZero();
    assertThat(shown.out())
        .startsWith(checkout + ": not trusted\nIt would switch on:\n")
        .contains("mcp server", ".mcp.json", ".claude/skills/x/SKILL.md", ".env.local")
        .doesNotContain("README.md", "sample", ".git/config");
    assertThat(pathsOf(WorkspaceTrust.of(data, checkout)))
        .containsExactly(
            ".claude/settings.json",
            ".claude/skills/x/SKILL.md",
            ".env",
            ".env.local",
            ".mcp.json",
            "AGENTS.md",
            "redoubt.toml");
    assertThat(data).doesNotExist();
  }

  @Test
  void withoutATerminalNothingIsTrustedByItself() {
    Ended refused = run("trust", "add");

    assertThat(refused.code()).isEqualTo(10);
    assertThat(refused.err()).contains("add --yes");
    assertThat(state(checkout)).isEqualTo(new TrustState.Untrusted(List.of()));
  }

  @Test
  void aPersonIsAskedOnATerminal() {
    terminals = new Terminals(true, true, true);
    input = "n\n";
    assertThat(run("trust", "add").code()).isEqualTo(1);
    assertThat(state(checkout).word()).isEqualTo("untrusted");

    input = "y\n";
    Ended yes = run("trust", "add");
    assertThat(yes.code()).isZero();
    assertThat(yes.err()).contains("Trust " + checkout + "? [y/N]");
    assertThat(state(checkout)).isEqualTo(new TrustState.Trusted(NOW));
  }

  @Test
  void aYesInTheCommandWorksHeadlessAndIsKeptForTheOwnerOnly() throws Exception {
    assertThat(runIn(temporary, "trust", "add", checkout.toString(), "--yes").code()).isZero();

    assertThat(state(checkout)).isEqualTo(new TrustState.Trusted(NOW));
    assertThat(run("trust").out()).startsWith(checkout + ": trusted since " + NOW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatChangesAsksAgain() throws Exception {
    run("trust", "add", "--yes");
    write(".mcp.json", "{\"mcpServers\": {}}");
    Files.createDirectories(checkout.resolve(".husky"));
    write(".husky/pre-commit", "evil");
    write("README.md", "still ordinary");

    assertThat(state(checkout))
        .isEqualTo(
            new TrustState.Changed(
                NOW,
                List.of(
                    ".husky/pre-commit is new: programs that run at an event",
                    ".mcp.json is different: servers that tools come from")));
    assertThat(run("trust").out()).contains("not trusted, changed since you trusted it:");
    assertThat(run("trust", "list").out()).startsWith("changed  " + checkout);

    run("trust", "add", "--yes");
    assertThat(state(checkout).word()).isEqualTo("trusted");
  }

  @Test
  void whatGitWouldExecuteCountsAndABranchDoesNot() throws Exception {
    run("trust", "add", "--yes");
    write(".git/config", "[core]\n\tbare = false\n[branch \"x\"]\n\tmerge = refs/heads/x\n");
    assertThat(state(checkout).word()).isEqualTo("trusted");

    write(".git/config", "[core]\n\tfsmonitor = ./evil\n");
    assertThat(state(checkout))
        .isEqualTo(
            new TrustState.Changed(
                NOW,
                List.of(".git/config is new: what git would execute: core: fsmonitor = ./evil")));
  }

  @Test
  void trustCanBeTakenBack() {
    run("trust", "add", "--yes");

    assertThat(run("trust", "revoke").out()).isEqualTo(checkout + ": trusted no longer\n");
    assertThat(run("trust", "revoke").out()).isEqualTo(checkout + ": was not trusted\n");
    assertThat(state(checkout).word()).isEqualTo("untrusted");
    assertThat(run("trust", "list").out()).isEqualTo("no checkout is trusted\n");
  }

  @Test
  void answersAreJsonWhenAskedFor() throws Exception {
    Node before = json(run("trust", "--json"));
    Node added = json(run("trust", "add", "--yes", "--json"));
    Node list = json(run("trust", "list", "--json"));
    Node revoked = json(run("trust", "revoke", "--json"));

    assertThat(before.text("state")).contains("untrusted");
    assertThat(before.items("items").getFirst().text("path")).contains(".claude/settings.json");
    assertThat(added.text("state")).contains("trusted");
    assertThat(added.text("since")).contains(NOW.toString());
    assertThat(list.items("workspaces").getFirst().text("workspace")).contains(checkout.toString());
    assertThat(revoked.isTrue("revoked")).isTrue();
  }

  private static Node json(Ended ended) throws IOException {
    return Json.readStrict(ended.out().getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }

  @Test
  void aFolderOfATrustedCheckoutIsTrustedAsLongAsNothingChanges() throws Exception {
    run("trust", "add", "--yes");
    assertThat(state(checkout.resolve("src")).word()).isEqualTo("trusted");

    write("src/.mcp.json", "{}");
    assertThat(state(checkout.resolve("src")).word()).isEqualTo("untrusted");
    Files.delete(checkout.resolve("src/.mcp.json"));

    write(".mcp.json", "[]");
    assertThat(state(checkout.resolve("src")).word()).isEqualTo("changed");
  }

  @Test
  void aCheckoutInsideACheckoutNeedsItsOwnYes() throws Exception {
    run("trust", "add", "--yes");
    Files.createDirectories(checkout.resolve("vendor/lib/.git"));
    Files.createDirectories(checkout.resolve("vendor/lib/src"));

    assertThat(state(checkout.resolve("vendor/lib")).word()).isEqualTo("untrusted");
    assertThat(state(checkout.resolve("vendor/lib/src")).word()).isEqualTo("untrusted");
    assertThat(state(checkout.resolve("vendor")).word()).isEqualTo("trusted");
  }

  @Test
  void aLinkOutOfTheCheckoutIsShownAndNotFollowed() throws Exception {
    Path outside = Files.createDirectories(temporary.resolve("outside/skills/y"));
    Files.writeString(outside.resolve("SKILL.md"), "secret");
    Files.createSymbolicLink(checkout.resolve(".gemini"), temporary.resolve("outside"));
    Files.createSymbolicLink(checkout.resolve("CLAUDE.md"), checkout.resolve("AGENTS.md"));
    Files.createSymbolicLink(checkout.resolve(".envrc"), outside.resolve("SKILL.md"));

    List<TrustItem> items = WorkspaceTrust.of(data, checkout).survey().items();

    assertThat(items)
        .filteredOn(item -> item.path().equals("CLAUDE.md") || item.path().equals("AGENTS.md"))
        .extracting(TrustItem::sha256)
        .hasSize(2)
        .containsOnly(
            items.stream()
                .filter(i -> i.path().equals("AGENTS.md"))
                .findFirst()
                .orElseThrow()
                .sha256());
    assertThat(items)
        .filteredOn(item -> item.what().contains("out of the checkout"))
        .extracting(TrustItem::path)
        .contains(".envrc", ".gemini/skills")
        .doesNotContain("CLAUDE.md");
    assertThat(items).extracting(TrustItem::path).doesNotContain(".gemini/skills/y/SKILL.md");
  }

  @Test
  void whatCannotBeLookedAtCannotBeTrusted() throws Exception {
    Files.createSymbolicLink(checkout.resolve("GEMINI.md"), Path.of("nowhere"));

    Ended refused = run("trust", "add", "--yes");

    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.err()).contains("GEMINI.md is a link to nothing");
    assertThat(kept()).doesNotExist();
  }

  @Test
  void aRecordThatOthersMayWriteIsNoTrust() throws Exception {
    run("trust", "add", "--yes");
    Files.setPosixFilePermissions(kept(), PosixFilePermissions.fromString("rw-rw----"));

    assertThat(state(checkout))
        .isEqualTo(new TrustState.Untrusted(List.of("others may write \"%s\"".formatted(kept()))));
  }

  @Test
  void aDamagedOrForeignRecordIsNoTrust() throws Exception {
    run("trust", "add", "--yes");
    byte[] whole = Files.readAllBytes(kept());
    for (String text :
        List.of(
            "",
            "{",
            "[]",
            "{\"version\":2}",
            new String(whole, 0, whole.length - 5, StandardCharsets.UTF_8))) {
      Files.writeString(kept(), text);
      assertThat(state(checkout).word()).as(text).isEqualTo("untrusted");
      assertThat(run("trust", "list").out()).as(text).startsWith("broken");
    }
    Path other = Files.createDirectories(temporary.toRealPath().resolve("other"));
    Files.write(TrustFile.of(data, other).path(), whole);
    assertThat(state(other).word()).isEqualTo("untrusted");
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    assertThat(run("trust", "add", "nowhere", "--yes").code()).isEqualTo(4);
    assertThat(run("trust", "add", "README.md", "--yes").code()).isEqualTo(4);
    assertThatThrownBy(() -> WorkspaceTrust.of(data, checkout.resolve("nowhere")))
        .isInstanceOf(RedoubtException.class);
  }

  @Test
  void theFamilyHasItsHelp() {
    assertThat(run("trust", "--help").out()).contains("trust add", "trust revoke", "trust list");
    assertThat(run("trust", "nonsense").code()).isEqualTo(2);
  }
}
