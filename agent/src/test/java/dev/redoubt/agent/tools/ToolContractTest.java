// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every tool: whatever it is called with, it answers, and outside the workspace
/// nothing changes.
class ToolContractTest {

  private static final int MOST_SAID = 1_200_000;

  private static final List<Node> VALUES =
      List.of(
          new Node.Text("", 1),
          new Node.Text("\0", 1),
          new Node.Text("\ud800", 1),
          new Node.Text("-rf", 1),
          new Node.Text("--", 1),
          new Node.Text("../outside/canary", 1),
          new Node.Text("away/canary", 1),
          new Node.Text("away", 1),
          new Node.Text("fifo/../../outside/canary", 1),
          new Node.Text("~/canary", 1),
          new Node.Text("/proc/self/environ", 1),
          new Node.Text("x".repeat(300), 1),
          new Node.Text("a/".repeat(3_000), 1),
          new Node.Text("(".repeat(500), 1),
          new Node.Text("*".repeat(500), 1),
          new Node.Text("\u001b[2J", 1),
          new Node.Num("-1", 1),
          new Node.Num("0", 1),
          new Node.Num("1e400", 1),
          new Node.Num("99999999999999999999", 1),
          new Node.Num("1.5", 1),
          new Node.Bool(true, 1),
          new Node.Nothing(1),
          new Node.Arr(List.of(), 1),
          new Node.Arr(List.of(new Node.Arr(List.of(), 1)), 1),
          new Node.Obj(Map.of(), 1));

  @Test
  void hostileArgumentsAreAnsweredAndChangeNothingOutside(@TempDir Path folder) throws Exception {
    try (Workbench bench = Workbench.strict(folder)) {
      Files.writeString(bench.outside.resolve("canary"), "alive");
      Files.createSymbolicLink(bench.workspace.resolve("away"), bench.outside);
      Map<String, String> before = contents(bench.outside);
      for (Tool tool : bench.tools()) {
        for (Node.Obj arguments : hostile(tool, bench)) {
          bench.answers.add("yes");
          Step.Done done = bench.call(tool, arguments);
          String said = said(done);
          assertThat(said).as("%s %s", tool.spec().name(), shown(arguments)).isNotBlank();
          assertThat(said.length()).isLessThan(MOST_SAID);
          assertThat(said).doesNotContain("alive").doesNotContain("Exception");
        }
      }
      assertThat(contents(bench.outside)).isEqualTo(before);
    }
  }

  private static String shown(Node.Obj arguments) {
    String text = arguments.toString();
    return text.substring(0, Math.min(200, text.length()));
  }

  /* Each hostile value in the place of each argument, the others being right. */
  private static List<Node.Obj> hostile(Tool tool, Workbench bench) {
    List<Node.Obj> all = new ArrayList<>();
    all.add(new Node.Obj(Map.of(), 1));
    all.add(Facts.of("unheard-of", "x").all());
    Map<String, Node> right = new LinkedHashMap<>();
    Node schema = tool.spec().parameters();
    schema.fields("properties").forEach((name, type) -> right.put(name, right(name, type)));
    for (String name : right.keySet()) {
      List<Node> values = new ArrayList<>(VALUES);
      values.add(new Node.Text(bench.outside.resolve("canary").toString(), 1));
      for (Node value : values) {
        Map<String, Node> changed = new LinkedHashMap<>(right);
        changed.put(name, value);
        all.add(new Node.Obj(changed, 1));
      }
    }
    return all;
  }

  private static Node right(String name, Node type) {
    return switch (type.text("type").orElse("")) {
      case "integer" -> new Node.Num("1", 1);
      case "boolean" -> new Node.Bool(false, 1);
      case "array" -> new Node.Arr(List.of(right(name, type.get("items").orElseThrow())), 1);
      case "object" -> {
        Map<String, Node> fields = new LinkedHashMap<>();
        type.fields("properties").forEach((key, value) -> fields.put(key, right(key, value)));
        yield new Node.Obj(fields, 1);
      }
      default ->
          type.items("enum").isEmpty()
              ? new Node.Text(name.equals("command") ? "true" : "x", 1)
              : type.items("enum").getFirst();
    };
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        contents.put(path.toString(), Files.isDirectory(path) ? "" : Files.readString(path));
      }
    }
    return contents;
  }

  @Test
  void aMissingArgumentIsNamedWithWhatItMeans(@TempDir Path folder) throws Exception {
    try (Workbench bench = Workbench.strict(folder)) {
      assertThat(said(bench.call("write", "{'path':'a'}")))
          .isEqualTo("write: \"content\" is missing: the whole text");
      assertThat(said(bench.call("edit", "{'path':'a','edits':[{'old_string':'x'}]}")))
          .isEqualTo("edit: \"edits[0].new_string\" is missing: text in its place");
      assertThat(said(bench.call("view", "{'path':'a','line':3}")))
          .isEqualTo("view: there is no \"line\": known are path, offset, limit");
      assertThat(said(bench.call("view", "{'path':7}")))
          .isEqualTo("view: \"path\" is no string: file, relative to the workspace");
      assertThat(said(bench.call("todo", "{'items':[{'text':'x','state':'soon'}]}")))
          .isEqualTo("todo: \"items[0].state\" is \"soon\"; known are open, doing, done");
    }
  }

  @Test
  void thePersonSeesThePlanAndIsAsked(@TempDir Path folder) throws Exception {
    try (Workbench bench = Workbench.in(folder)) {
      assertThat(
              said(
                  bench.call(
                      "todo",
                      "{'items':[{'text':'a','state':'done'},{'text':'b\\nc','state':'doing'},{'text':'d','state':'open'}]}")))
          .isEqualTo("[x] a\n[>] b?c\n[ ] d\n".replace('?', '\ufffd'));
      bench.answers.add("blue");
      assertThat(said(bench.call("ask", "{'question':'which?','choices':['red','blue']}")))
          .isEqualTo("blue");
    }
  }

  @Test
  void whatWasCutIsReadByReference(@TempDir Path folder) throws Exception {
    try (Workbench bench = Workbench.in(folder)) {
      String reference = bench.outputs.keep("a\nb\nab\n");

      assertThat(
              said(bench.call("read_output", "{'reference':'%s','offset':2}".formatted(reference))))
          .isEqualTo("2\tb\n3\tab\n(3 lines in all, this is the end)");
      assertThat(
              said(
                  bench.call(
                      "read_output", "{'reference':'%s','pattern':'^a'}".formatted(reference))))
          .isEqualTo("1\ta\n3\tab\n(3 lines in all, this is the end)");
      assertThat(bench.call("read_output", "{'reference':'out-0'}").failed()).isTrue();
    }
  }
}
