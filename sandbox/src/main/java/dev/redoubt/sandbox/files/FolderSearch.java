// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import dev.redoubt.sandbox.files.SearchTerms.Ignored;
import dev.redoubt.sandbox.files.SearchTerms.Show;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks through the names and the text of everything below a folder, without following links.
///
/// Binary files are passed over, and files over 4 MiB make the answer incomplete. At most 400,000
/// names are looked at, 20,000 of one folder.
public final class FolderSearch {

  private static final int MOST_NAMES = 400_000;
  private static final int LONGEST_RULES = 256 << 10;
  private static final List<String> RULES = List.of(".gitignore", ".ignore");
  private static final String GIT = ".git";

  private final FileAccess files;
  private final Predicate<Path> readable;
  private final SearchTerms terms;
  private final List<PathGlob> globs;
  private final List<String> path = new ArrayList<>();
  private final List<IgnoreFile> ignores = new ArrayList<>();
  private final List<Matches.Line> lines = new ArrayList<>();
  private final List<Matches.File> found = new ArrayList<>();
  private final ReusedBytes content = new ReusedBytes((int) TextSearch.LARGEST);
  private @Nullable TextSearch text;
  private int above;
  private int looked;
  private int hidden;
  private boolean complete = true;

  /// @param files access to the folder
  /// @param readable says of a real path whether it may be read
  public FolderSearch(FileAccess files, Predicate<Path> readable, SearchTerms terms) {
    this.files = requireNonNull(files, "files");
    this.readable = requireNonNull(readable, "readable");
    this.terms = requireNonNull(terms, "terms");
    this.globs = terms.globs().stream().flatMap(glob -> PathGlob.all(glob).stream()).toList();
  }

  /// Returns what is found below `folder`, a real path.
  ///
  /// @param pattern what is looked for; not looked at where only names are wanted
  /// @throws IOException if the folder itself cannot be read
  public Matches find(Path folder, Pattern pattern) throws IOException {
    text = new TextSearch(pattern, terms.context());
    rulesAbove(folder);
    search(folder, 1);
    return new Matches(lines, found, complete, hidden);
  }

  /// Returns the names below `folder`, a real path.
  ///
  /// @throws IOException if the folder itself cannot be read
  public Matches names(Path folder) throws IOException {
    return find(folder, Pattern.compile(""));
  }

  /* What the folders of the repository above the searched one say counts below it too. */
  private void rulesAbove(Path folder) {
    if (terms.ignored() == Ignored.SEARCHED) {
      return;
    }
    List<Path> chain = new ArrayList<>();
    for (Path at = folder; at != null && at.getFileName() != null; at = at.getParent()) {
      chain.addFirst(at);
      if (has(at, GIT)) {
        break;
      }
    }
    if (chain.isEmpty() || !has(chain.getFirst(), GIT)) {
      return;
    }
    above = chain.size() - 1;
    for (int depth = 0; depth < above; depth++) {
      path.add(chain.get(depth + 1).getFileName().toString());
    }
    rules(chain.getFirst().resolve(".git/info/exclude"), 0);
    for (int depth = 0; depth < above; depth++) {
      for (String name : RULES) {
        rules(chain.get(depth).resolve(name), depth);
      }
    }
  }

  private boolean has(Path folder, String name) {
    try {
      return files.list(folder).entries().stream().anyMatch(entry -> entry.name().equals(name));
    } catch (IOException e) {
      return false;
    }
  }

  private void rules(Path file, int depth) {
    if (!readable.test(file)) {
      return;
    }
    try (InputStream in = Channels.newInputStream(files.read(file))) {
      ignores.add(IgnoreFile.of(new String(in.readNBytes(LONGEST_RULES), UTF_8), depth));
    } catch (IOException e) {
      // There are no such rules.
    }
  }

  private void search(Path folder, int depth) throws IOException {
    try (OpenFolder open = files.hold(folder)) {
      search(open, folder, depth);
    }
  }

  private void search(OpenFolder open, Path folder, int depth) throws IOException {
    Listing listing = open.list();
    complete &= listing.complete();
    int outer = ignores.size();
    if (terms.ignored() == Ignored.PASSED_OVER) {
      for (Listing.Entry entry : listing.entries()) {
        if (RULES.contains(entry.name())) {
          rules(folder.resolve(entry.name()), path.size());
        }
      }
    }
    for (Listing.Entry entry : listing.entries()) {
      if (isFull()) {
        complete = false;
        break;
      }
      looked++;
      path.add(entry.name());
      entry(open, entry, folder.resolve(entry.name()), depth);
      path.removeLast();
    }
    ignores.subList(outer, ignores.size()).clear();
  }

  private boolean isFull() {
    return lines.size() >= terms.most()
        || found.size() >= terms.most()
        || looked >= MOST_NAMES
        || Thread.currentThread().isInterrupted();
  }

  private void entry(OpenFolder in, Listing.Entry entry, Path real, int depth) {
    try {
      boolean folder = entry.kind() == Listing.Kind.FOLDER;
      if (isIgnored(entry.name(), folder)) {
        return;
      }
      if (folder) {
        folder(real, depth);
      } else {
        file(in, entry, real);
      }
    } catch (NoSuchFileException e) {
      // It went away meanwhile.
    } catch (IOException e) {
      complete = false;
    }
  }

  private boolean isIgnored(String name, boolean folder) {
    if (terms.ignored() == Ignored.SEARCHED) {
      return false;
    }
    if (name.equals(GIT)) {
      return true;
    }
    for (IgnoreFile rules : ignores.reversed()) {
      Boolean said = rules.ignores(path, folder);
      if (said != null) {
        return said;
      }
    }
    return false;
  }

  private void folder(Path real, int depth) throws IOException {
    if (terms.show() == Show.NAMES && globs.isEmpty()) {
      found.add(new Matches.File(shown(), Listing.Kind.FOLDER, 0, 0));
    }
    if (depth < terms.depth()) {
      search(real, depth + 1);
    } else if (depth >= SearchTerms.DEEPEST) {
      complete = false;
    }
  }

  private void file(OpenFolder in, Listing.Entry entry, Path real) throws IOException {
    if (!globs.isEmpty() && globs.stream().noneMatch(glob -> glob.matches(path, above))) {
      return;
    }
    if (terms.show() == Show.NAMES) {
      found.add(new Matches.File(shown(), entry.kind(), entry.size(), 0));
    } else if (entry.kind() == Listing.Kind.FILE) {
      content(in, entry, real);
    }
  }

  private void content(OpenFolder in, Listing.Entry entry, Path real) throws IOException {
    if (!readable.test(real)) {
      hidden++;
      return;
    }
    if (entry.size() > TextSearch.LARGEST || text == null) {
      complete = false;
      return;
    }
    int length;
    try (SeekableByteChannel from = in.read(entry.name())) {
      length = content.read(from);
    }
    List<Matches.Line> hits = text.in(content.bytes(), length, this::shown);
    int count = (int) hits.stream().filter(line -> !line.around()).count();
    if (count == 0) {
      return;
    }
    if (terms.show() == Show.LINES) {
      int free = terms.most() - lines.size();
      complete &= hits.size() <= free;
      lines.addAll(hits.subList(0, Math.min(free, hits.size())));
    } else {
      int told = terms.show() == Show.COUNTS ? count : 0;
      found.add(new Matches.File(shown(), Listing.Kind.FILE, entry.size(), told));
    }
  }

  private String shown() {
    return String.join("/", path.subList(above, path.size()));
  }
}
