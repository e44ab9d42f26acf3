// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes slash commands with what follows them, and names of files after `@`.
///
/// @param commands the table, which may grow
/// @param workspace where relative names begin
record Completions(Supplier<SlashTable> commands, Path workspace) implements Completer {

  private static final int MOST = 500;

  Completions {
    requireNonNull(commands, "commands");
    requireNonNull(workspace, "workspace");
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String word = line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
    for (String found : of(line.words(), line.wordIndex(), word)) {
      boolean whole = !found.endsWith("/");
      candidates.add(new Candidate(found, found, null, null, null, null, whole));
    }
  }

  /// Returns what `word`, the one at `index` of `words`, can become.
  List<String> of(List<String> words, int index, String word) {
    if (word.startsWith("@")) {
      return files(word.substring(1));
    }
    if (index == 0 && word.startsWith("/")) {
      return commands.get().names().stream()
          .map(name -> "/" + name)
          .filter(name -> name.startsWith(word))
          .toList();
    }
    if (index == 1 && words.getFirst().startsWith("/")) {
      return commands.get().choices(words.getFirst().substring(1)).stream()
          .filter(choice -> choice.startsWith(word))
          .toList();
    }
    return List.of();
  }

  private List<String> files(String typed) {
    boolean quoted = typed.startsWith("\"");
    String begun = quoted ? typed.substring(1) : typed;
    int slash = begun.lastIndexOf('/');
    String folder = begun.substring(0, slash + 1);
    String start = begun.substring(slash + 1);
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(workspace.resolve(folder))) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        boolean hidden = name.startsWith(".") && start.isEmpty();
        // A name that could steer the terminal is not offered.
        if (!name.startsWith(start) || hidden || !Style.safe(name).equals(name)) {
          continue;
        }
        String whole = folder + name;
        boolean blank = whole.indexOf(' ') >= 0;
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          found.add("@" + (blank ? "\"" : "") + whole + "/");
        } else {
          found.add(blank ? "@\"" + whole + "\"" : "@" + whole);
        }
        if (found.size() >= MOST) {
          break;
        }
      }
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
    found.sort(null);
    return found;
  }
}
