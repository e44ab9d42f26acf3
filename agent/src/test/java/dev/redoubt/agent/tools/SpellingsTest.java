// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingsTest {

  private Workbench bench;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    bench = Workbench.in(folder);
    bench.file("f", "one\n");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'path':'f','edits':[{'old_string':'one','new_string':'two'}]}",
        "{'file_path':'f','old_string':'one','new_string':'two'}",
        "{'path':'f','oldText':'one','newText':'two'}",
        "{'filePath':'f','edits':[{'old':'one','new':'two'}]}",
        "{'path':'f','old_str':'one','new_str':'two','replaceAll':true}",
        "{'path':'f','search':'one','replace':'two','explanation':'counts on'}"
      })
  void anEditIsUnderstoodAsOtherAgentsNameIt(String arguments) throws Exception {
    assertThat(said(bench.call("edit", arguments))).isEqualTo("edited f (+1 -1)");
    assertThat(bench.text("f")).isEqualTo("two\n");
  }

  @Test
  void aNameThatIsTakenIsNotTakenAgain() throws Exception {
    assertThat(said(bench.call("view", "{'path':'f','file_path':'g'}")))
        .startsWith("view: there is no \"file_path\"");
  }

  @Test
  void whatNobodyCallsItIsRefused() throws Exception {
    assertThat(said(bench.call("edit", "{'path':'f','before':'one','after':'two'}")))
        .startsWith("edit: ");
    assertThat(bench.text("f")).isEqualTo("one\n");
  }
}
