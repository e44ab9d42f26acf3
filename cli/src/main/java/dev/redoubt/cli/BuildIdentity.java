// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build this is.
///
/// @param version the version of the build
/// @param commit the commit it was built from, or `unknown`
/// @param localChanges `true`, `false` or `unknown`: whether uncommitted changes were built in
public record BuildIdentity(String version, String commit, String localChanges) {

  private static final String RESOURCE = "build.properties";

  /// Returns what the build wrote into the program.
  public static BuildIdentity current() {
    Properties properties = new Properties();
    try (InputStream in = BuildIdentity.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildIdentity(
        properties.getProperty("version", "unknown"),
        properties.getProperty("commit", "unknown"),
        properties.getProperty("dirty", "unknown"));
  }

  /// Returns one line for a person.
  @Override
  public String toString() {
    String changes =
        switch (localChanges) {
          case "true" -> ", with local changes";
          case "false" -> "";
          default -> ", local changes unknown";
        };
    return "redoubt %s (commit %s%s)".formatted(version, commit, changes);
  }
}
