// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.Place;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One way to read a path: each is judged, the strictest judgement stands. Immutable.
///
/// @param sort where this reading comes from
/// @param names absolute, without `.` and `..`; of a glob the literal names it starts with
/// @param rest the names of a glob from its first wildcard on; empty for one path
record Form(Sort sort, List<String> names, List<NamePattern> rest) {

  /// Where a reading comes from.
  enum Sort {
    /// The path as written.
    WRITTEN,
    /// What another system would make of it: backslashes, drives, streams.
    FOREIGN,
    /// What is hidden in it: percent-encoding, letters that only look different.
    DECODED,
    /// Where it really leads.
    REAL,
    /// Another name of the same object.
    ALIAS
  }

  Form {
    names = List.copyOf(names);
    rest = List.copyOf(rest);
  }

  boolean isGlob() {
    return !rest.isEmpty();
  }

  /// Returns the names for the question where it lies: of a glob the folder it starts in and one
  /// name in that.
  List<String> location() {
    if (rest.isEmpty()) {
      return names;
    }
    List<String> location = new ArrayList<>(names);
    location.add("*");
    return location;
  }

  /// Returns this form at another place of the file system.
  Form at(Sort newSort, List<String> newNames) {
    return new Form(newSort, newNames, rest);
  }

  /// Returns the readings that need no file system, the written one first.
  static List<Form> lexical(Place place) {
    return place.kind() == Place.Kind.GLOB ? globs(place.path()) : paths(place.path());
  }

  private static List<Form> globs(String path) {
    List<Form> forms = new ArrayList<>();
    addGlob(forms, Sort.WRITTEN, path);
    String folded = Names.fold(path);
    if (!folded.equals(path)) {
      // As it is the sets hold, folded the letters do.
      addGlob(forms, Sort.ALIAS, folded);
    }
    return forms;
  }

  private static void addGlob(List<Form> forms, Sort sort, String path) {
    List<NamePattern> patterns = Glob.ofShell(path).names();
    List<String> names = new ArrayList<>();
    int at = 0;
    while (at < patterns.size() && patterns.get(at).only() != null) {
      names.add(String.valueOf(patterns.get(at).only()));
      at++;
    }
    Form form = new Form(sort, names, patterns.subList(at, patterns.size()));
    forms.add(form);
    List<String> run = throughRun(names);
    if (run != null) {
      forms.add(form.at(Sort.ALIAS, run));
    }
  }

  private static List<Form> paths(String path) {
    List<Form> forms = new ArrayList<>();
    add(forms, Sort.WRITTEN, path);
    String decoded = path;
    for (int round = 0; round < 3 && decoded.indexOf('%') >= 0; round++) {
      Optional<String> next = Percent.decode(decoded);
      if (next.isEmpty() || next.get().equals(decoded)) {
        break;
      }
      decoded = next.get();
      add(forms, Sort.DECODED, decoded);
    }
    if (!Names.isPlain(path) && !Normalizer.isNormalized(path, Normalizer.Form.NFKC)) {
      add(forms, Sort.DECODED, Normalizer.normalize(path, Normalizer.Form.NFKC));
    }
    return forms;
  }

  private static void add(List<Form> forms, Sort sort, String path) {
    Form form = new Form(sort, Names.normal(path), List.of());
    forms.add(form);
    if (path.indexOf('\\') >= 0) {
      forms.add(form.at(Sort.FOREIGN, Names.normal(path.replace('\\', '/'))));
    }
    if (path.indexOf(':') >= 0) {
      addDrive(forms, form, Names.normal(path.replace('\\', '/')));
    }
    List<String> run = throughRun(form.names());
    if (run != null) {
      forms.add(form.at(Sort.ALIAS, run));
    }
  }

  /* From a drive on it is an absolute path of Windows; after a colon comes a stream of the file. */
  private static void addDrive(List<Form> forms, Form form, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.length() >= 2 && name.charAt(1) == ':' && isLetter(name.charAt(0))) {
        List<String> drive = new ArrayList<>(names.subList(i, names.size()));
        if (name.length() > 2) {
          drive.set(0, name.substring(0, 2));
          drive.add(1, name.substring(2));
        }
        forms.add(form.at(Sort.FOREIGN, drive));
        return;
      }
    }
    List<String> streamless = new ArrayList<>();
    for (String name : names) {
      int colon = name.indexOf(':');
      streamless.add(colon > 0 ? name.substring(0, colon) : name);
    }
    forms.add(form.at(Sort.ALIAS, streamless));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /* The same place on systems where /var/run is /run, and where /etc lies in /private. */
  private static @Nullable List<String> throughRun(List<String> names) {
    if (names.size() < 2) {
      return null;
    }
    String first = names.getFirst();
    String second = names.get(1);
    if (first.equals("var") && second.equals("run")) {
      return names.subList(1, names.size());
    }
    if (first.equals("private")
        && (second.equals("etc") || second.equals("var") || second.equals("tmp"))) {
      List<String> inner = names.subList(1, names.size());
      List<String> run = throughRun(inner);
      return run == null ? inner : run;
    }
    return null;
  }

  /// Returns what the table of sensitive places is asked for this form.
  ///
  /// @param home the folded names of the person's home
  /// @param workspace how many names of the workspace it lies in, 0 outside
  Spot spot(List<String> home, int workspace) {
    List<String> folded = Names.fold(names);
    if (rest.isEmpty()) {
      return Spot.exact(folded, home, workspace);
    }
    List<NamePattern> all = new ArrayList<>();
    for (String name : folded) {
      all.add(NamePattern.literal(name));
    }
    all.addAll(rest);
    return Spot.glob(all, home, workspace);
  }
}
