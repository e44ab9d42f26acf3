// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class RedoubtExceptionTest {

  @Test
  void aFailureOfAFileIsSaidInWords() {
    assertThat(RedoubtException.reason(new NoSuchFileException("/a")))
        .isEqualTo("there is no such file");
    assertThat(RedoubtException.reason(new AccessDeniedException("/a")))
        .isEqualTo("permission denied");
    assertThat(RedoubtException.reason(new NotDirectoryException("/a")))
        .isEqualTo("it is no folder");
    assertThat(RedoubtException.reason(new FileSystemException("/a", null, "No space left")))
        .isEqualTo("No space left");
    assertThat(RedoubtException.reason(new IOException("gone"))).isEqualTo("gone");
    assertThat(RedoubtException.reason(new IOException())).isEqualTo("IOException");
  }
}
