// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;

/// One thing a server offers.
///
/// @param name as the server calls it; may be empty
/// @param whole all the server says of it
public record Item(Kind kind, String name, Node.Obj whole) {
  public Item {
    requireNonNull(kind, "kind");
    requireNonNull(name, "name");
    requireNonNull(whole, "whole");
  }

  /// What a server can offer.
  public enum Kind {
    TOOL("tool", "tools"),
    PROMPT("prompt", "prompts"),
    RESOURCE("resource", "resources"),
    TEMPLATE("resource template", "resourceTemplates");

    private final String word;
    private final String list;

    Kind(String word, String list) {
      this.word = word;
      this.list = list;
    }

    /// Returns what one is called in a sentence.
    public String word() {
      return word;
    }

    /// Returns the field of an answer that lists them.
    public String list() {
      return list;
    }
  }

  /// Returns the item that `whole` describes.
  public static Item of(Kind kind, Node.Obj whole) {
    String name = whole.text("name").orElse("");
    String place = whole.text("uri").or(() -> whole.text("uriTemplate")).orElse(name);
    boolean isPlace = kind == Kind.RESOURCE || kind == Kind.TEMPLATE;
    return new Item(kind, isPlace ? place : name, whole);
  }

  /// Returns what a finding about it names.
  String subject() {
    return kind.word() + " " + (name.isEmpty() ? "without a name" : name);
  }
}
