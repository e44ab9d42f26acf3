// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.commands.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reports every MCP server that is given the root of a file system, a home, a drive or a system
/// folder.
///
/// Whatever steers the agent then reads keys, histories and other projects, and may write start-up
/// files. Mounts of containers, folders of file system servers and flags that allow folders are
/// looked at; a folder below a home is fine.
public final class McpBroadFilesystemMatcher implements Matcher {

  private static final PluginId ID = new PluginId("mcp-broad-filesystem");
  private static final Set<String> FLAGS =
      Set.of(
          "--root",
          "--roots",
          "--allow-dir",
          "--allowed-dir",
          "--allowed-dirs",
          "--allowed-directory",
          "--allowed-directories",
          "--allowed-path",
          "--allowed-paths",
          "--base-dir",
          "--base-path",
          "--allow-read",
          "--allow-write");
  private static final Pattern BROAD =
      Pattern.compile(
          "/+|//?[a-z]:?|[a-z]:|/(?:home|users|root|etc|var|usr|mnt|media|volumes)"
              + "|/(?:home|users)/[^/]+|[a-z]:/users(?:/[^/]+)?|/mnt/[a-z]|/host_mnt"
              + "|~|\\$home|\\$\\{(?:env:)?home}|%userprofile%|%homepath%|%homedrive%"
              + "|\\$\\{(?:env:)?userprofile}|\\$env:userprofile|\\$\\{userhome}|\\{\\{home}}");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    for (McpServer server : inventory.servers()) {
      List<String> broad =
          Stream.concat(server.settings().mounts().stream(), flagged(server).stream())
              .filter(McpBroadFilesystemMatcher::isBroad)
              .distinct()
              .toList();
      if (server.settings().enabled() && !broad.isEmpty()) {
        findings.add(
            ServerFinding.of(
                ID,
                Severity.HIGH,
                server,
                "is given a whole file system, home or drive: " + String.join(", ", broad),
                broad));
      }
    }
    return Matches.of(findings);
  }

  private static List<String> flagged(McpServer server) {
    List<String> values = new ArrayList<>();
    String before = "";
    for (Word word : ServerFinding.words(server)) {
      int equals = word.text().indexOf('=');
      if (FLAGS.contains(before)) {
        values.addAll(List.of(word.text().split(",", -1)));
      } else if (equals > 0 && FLAGS.contains(word.text().substring(0, equals))) {
        values.addAll(List.of(word.text().substring(equals + 1).split(",", -1)));
      }
      before = word.text();
    }
    return values;
  }

  private static boolean isBroad(String path) {
    return BROAD.matcher(normalised(path)).matches();
  }

  /* Lower case, forward slashes, without "." and "..", without a slash at the end. */
  private static String normalised(String path) {
    String slashes = path.strip().toLowerCase(Locale.ROOT).replace('\\', '/');
    boolean absolute = slashes.startsWith("/");
    List<String> segments = new ArrayList<>();
    for (String segment : slashes.split("/+", -1)) {
      if (segment.equals("..") && !segments.isEmpty()) {
        segments.removeLast();
      } else if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
        segments.add(segment);
      }
    }
    return (absolute ? "/" : "") + String.join("/", segments);
  }
}
