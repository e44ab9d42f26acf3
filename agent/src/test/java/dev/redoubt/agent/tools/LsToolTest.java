// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LsToolTest {

  @Test
  void aFolderIsShownAsATree(@TempDir Path folder) throws Exception {
    try (Workbench bench = Workbench.in(folder)) {
      bench.file("src/main/A.java", "");
      bench.file("src/x/y/deep", "");
      bench.file("z\nz", "");
      bench.file("target/out", "");
      bench.file(".gitignore", "/target\n");
      Files.createSymbolicLink(bench.workspace.resolve("link"), Path.of("/etc"));

      assertThat(said(bench.call("ls", "{}")))
          .isEqualTo(
              """
              .gitignore
              link@
              src/
                main/
                x/
              z\ufffdz
              """);
      assertThat(said(bench.call("ls", "{'path':'src','depth':5}")))
          .isEqualTo("main/\n  A.java\nx/\n  y/\n    deep\n");
      assertThat(said(bench.call("ls", "{'path':'link'}"))).doesNotContain("passwd");
      assertThat(said(bench.call("ls", "{'path':'target','ignored':true}"))).isEqualTo("out\n");
      assertThat(bench.call("ls", "{'path':'gone'}").failed()).isTrue();
    }
  }
}
