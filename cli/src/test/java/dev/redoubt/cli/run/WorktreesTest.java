// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.provider.Asked;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// Whole runs in which a sub-agent works in a copy of the workspace.
@NeedsEngine("git")
class WorktreesTest {

  private static final Reply SPAWN = call("spawn_agent", "{\"task\":\"do\",\"worktree\":true}");
  private static final Reply WAIT = call("wait_agent", "{\"wait_seconds\":120}");
  private static final Reply SHOW = call("agent_changes", "{\"agent\":\"agent-1\"}");
  private static final Reply APPLY =
      call("agent_changes", "{\"agent\":\"agent-1\",\"apply\":true}");

  @TempDir private Path world;
  private Path folder;
  private Path home;
  private final List<String> leader = new ArrayList<>();
  private final List<String> agent = new ArrayList<>();

  @BeforeEach
  void lay() throws Exception {
    folder = Files.createDirectories(world.resolve("work"));
    home = Files.createDirectories(world.resolve("home"));
    Files.writeString(folder.resolve("a.txt"), "one\ntwo\n");
    Files.writeString(folder.resolve("gone.txt"), "old\n");
    Files.writeString(folder.resolve(".gitignore"), "built/\n");
    Files.createDirectories(folder.resolve("built"));
    Files.writeString(folder.resolve("built/x"), "x");
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-q", "-m", "first");
  }

  private void git(String... words) throws Exception {
    List<String> argv = new ArrayList<>(List.of("git", "-C", folder.toString()));
    argv.addAll(Arrays.asList(words));
    assertThat(new ProcessBuilder(argv).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void whatAnAgentMakesReachesTheWorkspaceOnlyWhenItIsApplied() throws IOException {
    Run run =
        run(
            List.of(
                SPAWN,
                WAIT,
                call("bash", "{\"command\":\"cat a.txt; ls\"}"),
                SHOW,
                APPLY,
                APPLY,
                say("ok")),
            List.of(
                call("bash", "{\"command\":\"pwd; git status --porcelain; git log --oneline\"}"),
                call(
                    "edit",
                    "{\"path\":\"a.txt\",\"edits\":[{\"old_string\":\"two\",\"new_string\":\"2\"}]}"),
                call("write", "{\"path\":\"new/n.txt\",\"content\":\"n\\n\"}"),
                call(
                    "bash",
                    "{\"command\":\"rm gone.txt && git diff --stat && mkdir built && touch"
                        + " built/y\"}"),
                say("Made.")),
            "--allow",
            "run:rm gone.txt");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(agent.get(1)).contains("as the workspace was", "redoubt-worktrees/");
    assertThat(agent.get(4)).contains("2 files changed, 1 insertion(+), 2 deletions(-)");
    assertThat(leader.get(2))
        .contains("Made.", "not in the workspace, it changed a.txt, gone.txt, new/n.txt;");
    assertThat(leader.get(3)).contains("one\\ntwo\\n", "gone.txt");
    assertThat(leader.get(4))
        .contains("-two\\n+2", "+++ b/new/n.txt", "--- a/gone.txt\\n+++ /dev/null")
        .doesNotContain("built/y");
    assertThat(leader.get(5)).contains("written: a.txt\\ndeleted: gone.txt\\nwritten: new/n.txt");
    assertThat(leader.get(6)).contains("everything is in the workspace already");
    assertThat(folder.resolve("a.txt")).hasContent("one\n2\n");
    assertThat(folder.resolve("gone.txt")).doesNotExist();
    assertThat(folder.resolve("new/n.txt")).hasContent("n\n");

    assertThat(terminal().redoubt("undo").exitCode()).isZero();
    assertThat(folder.resolve("a.txt")).hasContent("one\ntwo\n");
    assertThat(folder.resolve("gone.txt")).hasContent("old\n");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void aWorktreeIsKeptWhenSomethingIsDifferentAndElseGone() throws IOException {
    run(List.of(SPAWN, WAIT, say("ok")), List.of(say("Nothing to do.")));
    assertThat(leader.getLast()).contains("nothing was changed in its worktree");
    assertThat(terminal().redoubt("agents", "worktrees").out()).isEqualTo("no worktrees\n");
    assertThat(trees()).isEmpty();

    run(
        List.of(SPAWN, WAIT, say("ok")),
        List.of(
            call(
                "edit",
                "{\"path\":\"a.txt\",\"edits\":[{\"old_string\":\"one\\ntwo\\n\",\"new_string\":\"mine\\n\"}]}"),
            say("Made.")),
        "--approval",
        "allow");
    String list = terminal().redoubt("agents", "worktrees").out();
    assertThat(list).contains("-s1  1 changed  of " + folder.toRealPath());
    String id = list.substring(0, list.indexOf(' '));
    assertThat(terminal().redoubt("agents", "worktrees", "--json").out())
        .contains("\"changed\":[\"a.txt\"]", id);
    assertThat(terminal().redoubt("agents", "diff", id).out())
        .isEqualTo(
            """
            diff --git a/a.txt b/a.txt
            --- a/a.txt
            +++ b/a.txt
            @@ -1,2 +1 @@
            -one
            -two
            +mine
            """);
    assertThat(folder.resolve("a.txt")).hasContent("one\ntwo\n");

    Files.writeString(folder.resolve("a.txt"), "the person's\n");
    run(
        List.of(
            call("agent_changes", "{\"agent\":\"%s\",\"apply\":true}".formatted(id)), say("ok")),
        List.of());
    assertThat(leader.getLast())
        .contains("nothing was applied", "a.txt: it is not as it was when the agent began");
    assertThat(folder.resolve("a.txt")).hasContent("the person's\n");

    assertThat(terminal().redoubt("agents", "discard", id).exitCode()).isZero();
    assertThat(terminal().redoubt("agents", "discard", id).exitCode()).isEqualTo(2);
    assertThat(trees()).isEmpty();
  }

  @Test
  void anAgentHasNoMoreRightsInItsWorktreeThanItsAgentInTheWorkspace() throws IOException {
    Files.writeString(folder.resolve("hidden.txt"), "canary-word\n");
    Files.createDirectories(folder.resolve("locked"));
    Files.writeString(folder.resolve("locked/l.txt"), "l\n");
    Files.writeString(folder.resolve(".env"), "TOKEN=canary-word\n");
    Path outside = Files.createDirectories(world.resolve("work-other"));

    run(
        List.of(SPAWN, WAIT, say("ok")),
        List.of(
            call("bash", "{\"command\":\"cat hidden.txt .env; true\"}"),
            call("write", "{\"path\":\"locked/l.txt\",\"content\":\"x\"}"),
            call("write", "{\"path\":\"%s/out\",\"content\":\"x\"}".formatted(outside)),
            call("write", "{\"path\":\"%s/a.txt\",\"content\":\"x\"}".formatted(folder)),
            call("write", "{\"path\":\".git/hooks/pre-commit\",\"content\":\"x\"}"),
            call(
                "bash",
                "{\"command\":\"echo x > .git/hooks/pre-commit; echo x > %s/a.txt\"}"
                    .formatted(folder)),
            say("I tried.")),
        "--deny",
        "read:%s/hidden.txt".formatted(folder.toRealPath()),
        "--deny",
        "write:%s/locked/**".formatted(folder.toRealPath()));

    assertThat(leader.get(1)).contains("not committed", "files are not in its worktree");
    assertThat(leader.getLast()).contains("nothing was changed in its worktree");
    assertThat(agent).noneMatch(asked -> asked.contains("canary-word"));
    assertThat(agent).noneMatch(asked -> asked.contains("\"name\":\"spawn_agent\""));
    assertThat(outside).isEmptyDirectory();
    assertThat(folder.resolve("a.txt")).hasContent("one\ntwo\n");
    assertThat(folder.resolve(".git/hooks/pre-commit")).doesNotExist();
  }

  @Test
  void withoutARepositoryThereAreClearWords() throws IOException {
    Path plain = Files.createDirectories(world.resolve("plain"));
    folder = plain;

    run(List.of(SPAWN, say("ok")), List.of(say("never")));

    assertThat(leader.getLast()).contains("is no git repository, so there are no worktrees");
    assertThat(agent).isEmpty();
    assertThat(trees()).isEmpty();
  }

  @Test
  @NeedsEngine("bwrap")
  void theWallIsAroundTheWorktree() throws IOException {
    run(
        List.of(SPAWN, WAIT, SHOW, say("ok")),
        List.of(
            call(
                "bash",
                "{\"command\":\"touch %s/made made; git log --oneline\"}".formatted(folder)),
            call("bash", "{\"command\":\"cp a.txt $(echo .git/hooks)/pre-commit; ls .git/hooks\"}"),
            say("Made.")),
        "--sandbox",
        "bubblewrap",
        "--approval",
        "allow");

    assertThat(leader.getLast()).contains("diff --git a/made b/made\\nnew file");
    assertThat(agent.getLast()).contains("as the workspace was").doesNotContain("pre-commit\\n");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  /* Below /tmp nothing is seen anyway. */
  @Test
  @NeedsEngine("bwrap")
  void aWorkspaceOutsideTheHomeIsNotSeenFromTheWorktree(
      @TempDir(factory = OutsideTemporary.class) Path other) throws Exception {
    folder = Files.createDirectories(other.resolve("work"));
    Files.writeString(folder.resolve(".env"), "TOKEN=canary-word\n");
    git("init", "-q");

    run(
        List.of(SPAWN, WAIT, say("ok")),
        List.of(
            call(
                "bash",
                "{\"command\":\"cd %s && ls -a . && cat $(echo .e)nv\"}"
                    .formatted(folder.toRealPath())),
            say("I tried.")),
        "--sandbox",
        "bubblewrap",
        "--approval",
        "allow");

    assertThat(agent).hasSize(2);
    assertThat(agent.getLast()).doesNotContain("canary-word", ".env\\n");
  }

  private static final class OutsideTemporary implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory(
          Files.createDirectories(Path.of("target").toAbsolutePath()), "work");
    }
  }

  @Test
  @NeedsLandlock
  void landlockIsAroundTheWorktree() throws IOException {
    run(
        List.of(SPAWN, WAIT, SHOW, say("ok")),
        List.of(
            call("bash", "{\"command\":\"touch %s/made; echo x > made\"}".formatted(folder)),
            say("Made.")),
        "--sandbox",
        "landlock",
        "--approval",
        "allow");

    assertThat(leader.getLast()).contains("+++ b/made");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  private List<String> trees() throws IOException {
    Path trees = home.resolve(".local/share/redoubt-worktrees");
    if (!Files.exists(trees)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(trees)) {
      return entries.map(it -> String.valueOf(it.getFileName())).toList();
    }
  }

  private Run run(List<Reply> replies, List<Reply> others, String... options) {
    leader.clear();
    agent.clear();
    Deque<Reply> next = new ArrayDeque<>(replies);
    Deque<Reply> theirs = new ArrayDeque<>(others);
    ScriptedProvider.Script script =
        (Asked asked, int _) -> {
          boolean below = asked.body().contains("You are a sub-agent");
          (below ? agent : leader).add(asked.body());
          return (below ? theirs : next).removeFirst();
        };
    try (ScriptedProvider provider = ScriptedProvider.start(Dialect.OPENAI_CHAT, script)) {
      List<String> all =
          new ArrayList<>(
              List.of("run", "lead", "--provider-url", provider.url(), "--model", "scripted"));
      all.addAll(List.of(options));
      return terminal().redoubt(all.toArray(String[]::new));
    }
  }

  private Terminal terminal() {
    return new Terminal(folder, home)
        .withVariable("OPENAI_API_KEY", "x")
        .withVariable("PATH", System.getenv("PATH"));
  }
}
