// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobToolTest {

  @Test
  void filesAreFoundByGlobAndTheRestIsSaid(@TempDir Path folder) throws Exception {
    try (Workbench bench = Workbench.in(folder)) {
      for (String name :
          new String[] {"a.java", "src/b.java", "src/deep/c.java", "src/d.kt", "build/e.java"}) {
        bench.file(name, "");
      }
      bench.file(".gitignore", "build\n");

      assertThat(said(bench.call("glob", "{'pattern':'*.java'}")))
          .isEqualTo("a.java\nsrc/b.java\nsrc/deep/c.java\n");
      assertThat(said(bench.call("glob", "{'pattern':'src/*.{java,kt}'}")))
          .isEqualTo("src/b.java\nsrc/d.kt\n");
      assertThat(said(bench.call("glob", "{'pattern':'**/deep/**','path':'src'}")))
          .isEqualTo("src/deep/c.java\n");
      assertThat(said(bench.call("glob", "{'pattern':'*.java','ignored':true,'limit':2}")))
          .isEqualTo(
              "a.java\nbuild/e.java\n(there are more: narrow the pattern, or raise limit)\n");
      assertThat(said(bench.call("glob", "{'pattern':'*.py'}"))).isEqualTo("(no file fits)\n");
      assertThat(said(bench.call("glob", "{'pattern':'*','path':'srcc'}")))
          .contains("near it are \"src\"");
    }
  }
}
