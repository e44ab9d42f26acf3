// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Program.Shell;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionDigestTest {

  private static final Path W = Path.of("/w");

  @Test
  void actionsThatDifferInAnythingHaveDifferentDigests() {
    List<Action> actions =
        List.of(
            run(new Program.Argv(List.of("ls")), W, Map.of(), Action.Input.NOTHING),
            run(new Program.Argv(List.of("ls", "")), W, Map.of(), Action.Input.NOTHING),
            run(new Program.Argv(List.of("ls ")), W, Map.of(), Action.Input.NOTHING),
            run(new Program.Argv(List.of("l", "s")), W, Map.of(), Action.Input.NOTHING),
            run(new Program.Line(Shell.BASH, "ls"), W, Map.of(), Action.Input.NOTHING),
            run(new Program.Line(Shell.CMD, "ls"), W, Map.of(), Action.Input.NOTHING),
            run(new Program.Argv(List.of("ls")), W.resolve("x"), Map.of(), Action.Input.NOTHING),
            run(new Program.Argv(List.of("ls")), W, Map.of("A", "1"), Action.Input.NOTHING),
            run(new Program.Argv(List.of("ls")), W, Map.of("A", "2"), Action.Input.NOTHING),
            run(new Program.Argv(List.of("ls")), W, Map.of(), Action.Input.OPEN),
            new Action.Read(W),
            new Action.Delete(W),
            new Action.ListFolder(W),
            new Action.Search(W, "a"),
            new Action.Search(W, "b"),
            new Action.Write(W, Content.of("a")),
            new Action.Write(W, Content.of("b")),
            new Action.Connect("tcp", "a.example", 1),
            new Action.Connect("tcp", "a.example", 2),
            new Action.Fetch("GET", "https://a.example"),
            new Action.Fetch("POST", "https://a.example"),
            new Action.CallTool("s", "t", number("9007199254740992")),
            new Action.CallTool("s", "t", number("9007199254740993")),
            new Action.CallTool("s", "t", new Node.Text("1", 1)),
            new Action.CallTool("s", "t", number("1")),
            new Action.SendToModel("p", "eu"),
            new Action.SendToModel("p", "us"));

    Set<String> digests = new HashSet<>();
    for (Action action : actions) {
      assertThat(digests.add(ActionDigest.of(action))).as(action.toString()).isTrue();
      assertThat(digests.add(ActionDigest.of(action, Map.of("schema", "00")))).isTrue();
      assertThat(digests.add(ActionDigest.of(action, Map.of("schema", "01")))).isTrue();
    }
  }

  @Test
  void theSameActionHasTheSameDigestWhateverTheOrderOfItsParts() {
    Node one = new Node.Obj(Map.of("a", number("1"), "b", new Node.Text("x", 1)), 1);
    Node other = new Node.Obj(Map.of("b", new Node.Text("x", 7), "a", number("1.0")), 9);

    assertThat(ActionDigest.of(new Action.CallTool("s", "t", one)))
        .isEqualTo(ActionDigest.of(new Action.CallTool("s", "t", other)))
        .matches("[0-9a-f]{64}");
  }

  private static Node number(String literal) {
    return new Node.Num(literal, 1);
  }

  private static Action run(
      Program program, Path folder, Map<String, String> environment, Action.Input input) {
    return new Action.Run(program, folder, environment, input);
  }

  @Test
  void theDigestOfAnActionStaysTheSame() {
    assertThat(ActionDigest.of(new Action.Read(Path.of("/w/a"))))
        .isEqualTo("88a40bf80354b1fc9a349b9fbc40d7ef0b9cfe23a6780fe8d2f52929df9c665f");
  }
}
