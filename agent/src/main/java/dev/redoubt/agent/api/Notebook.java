// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is remembered from one session to the next, as short notes. Safe to share.
public interface Notebook {

  /// Returns the notes of the person and then those of the project, by name.
  List<Note> notes();

  /// Keeps `note` in the place of one of the same name. What looks like a secret is masked.
  ///
  /// @return why that was not possible; empty when it was
  Optional<String> save(Note note);

  /// Forgets a note.
  ///
  /// @return whether there was one
  boolean delete(Scope scope, String name);

  /// Where a note counts.
  enum Scope {
    /// In every project of the person.
    USER,
    /// In one workspace.
    PROJECT;

    /// Returns it as people write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the scope that people write like that.
    public static Optional<Scope> of(String word) {
      for (Scope scope : values()) {
        if (scope.word().equals(word)) {
          return Optional.of(scope);
        }
      }
      return Optional.empty();
    }
  }

  /// One note.
  ///
  /// @param name 1 to 64 of `a-z 0-9 -`, starting with a letter or digit
  /// @param text Markdown
  record Note(Scope scope, String name, String text) {
    public Note {
      requireNonNull(scope, "scope");
      requireNonNull(name, "name");
      requireNonNull(text, "text");
    }
  }
}
