// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Crew.Change;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentChangesToolTest {

  private static final Optional<Content> OLD = Optional.of(Content.of("old"));
  private static final Optional<Content> NEW = Optional.of(Content.of("new"));
  private static final Optional<Content> NOTHING = Optional.empty();

  private Workbench bench;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    bench = Workbench.in(folder);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void whatIsAbsentIsCreatedAndWhatIsThereAsItWasIsReplacedAndDeleted() throws Exception {
    bench.file("b", "old");
    bench.file("c", "old");

    Step.Done done =
        apply(
            new Change("a/a", NOTHING, NEW, ""),
            new Change("b", OLD, NEW, ""),
            new Change("c", OLD, NOTHING, ""),
            new Change("d", OLD, NOTHING, ""));

    assertThat(said(done)).isEqualTo("written: a/a\nwritten: b\ndeleted: c");
    assertThat(bench.text("a/a") + bench.text("b")).isEqualTo("newnew");
    assertThat(bench.workspace.resolve("c")).doesNotExist();
  }

  @Test
  void aPlaceThatCannotBeReadIsAConflictAndNothingIsWritten() throws Exception {
    Files.createDirectories(bench.workspace.resolve("b/in"));
    bench.file("file", "x");

    Step.Done done =
        apply(
            new Change("a", NOTHING, NEW, ""),
            new Change("b", NOTHING, NEW, ""),
            new Change("file/below", NOTHING, NEW, ""));

    assertThat(done.failed()).isTrue();
    assertThat(said(done))
        .startsWith("nothing was applied:\nb: ")
        .contains("is no regular file", "\nfile/below: ");
    assertThat(bench.workspace.resolve("a")).doesNotExist();
  }

  @Test
  void aDeletionIsNotDoneWhereAFolderTookThePlace() throws Exception {
    Files.createDirectories(bench.workspace.resolve("b/in"));

    Step.Done done = apply(new Change("b", OLD, NOTHING, ""));

    assertThat(done.failed()).isTrue();
    assertThat(said(done)).contains("nothing was applied", "is no regular file");
    assertThat(bench.workspace.resolve("b/in")).isDirectory();
  }

  private Step.Done apply(Change... changes) throws InterruptedException {
    AgentChangesTool tool =
        new AgentChangesTool(new Changed(List.of(changes)), new Workplace(bench.workspace));
    Node.Obj arguments =
        new Node.Obj(Map.of("agent", new Node.Text("one", 1), "apply", new Node.Bool(true, 1)), 1);
    return bench.call(tool, arguments);
  }

  private static String said(Step.Done done) {
    return ((Message.Words) done.content().getFirst()).text();
  }

  /// A crew whose only agent made these changes.
  private record Changed(List<Change> changes) implements Crew {

    @Override
    public List<Kind> kinds() {
      return List.of();
    }

    @Override
    public Hiring hire(Order order) {
      return new Hiring.Declined("nobody is free");
    }

    @Override
    public List<Standing> standings() {
      return List.of();
    }

    @Override
    public void await(List<String> agents, Duration atMost) {}

    @Override
    public Optional<String> tell(String agent, String words) {
      return Optional.of("nobody is there");
    }

    @Override
    public boolean stop(String agent) {
      return false;
    }

    @Override
    public Work work(String agent) {
      return new Work.Made(agent, changes);
    }
  }
}
