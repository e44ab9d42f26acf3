// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnRulesTest {

  @TempDir private Path folder;

  /* The file system of an archive knows no owners, and moves nothing over what is there. */
  @Test
  void aFileSystemWithoutOwnersHoldsRulesAndAFailedMoveLeavesNothingBehind() throws IOException {
    try (FileSystem plain =
        FileSystems.newFileSystem(folder.resolve("plain.zip"), Map.of("create", "true"))) {
      OwnRules rules = new OwnRules(plain.getPath("/own/redoubt.toml"), Clock.systemUTC());
      rules.add(rules.addition(List.of("run:mvn verify")));

      assertThat(Files.readString(rules.file())).contains("command = \"mvn verify\"");
      assertThatThrownBy(() -> rules.add(rules.addition(List.of("run:mvn test"))))
          .isInstanceOf(RedoubtException.class);
      try (Stream<Path> files = Files.list(plain.getPath("/own"))) {
        assertThat(files).containsExactly(rules.file());
      }
    }
  }
}
