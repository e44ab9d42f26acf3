// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The arguments of a call that fit the schema of its tool. What the schema does not require may be
/// absent; a null counts as absent.
final class Arguments {

  private final Node.Obj given;

  private Arguments(Node.Obj given) {
    this.given = given;
  }

  /// Returns what `then` plans with `arguments`, or a failed result that says what is wrong with
  /// them.
  static Step checked(ToolSpec spec, Node.Obj arguments, Function<Arguments, Step> then) {
    Node.Obj named = Spellings.of(spec.parameters(), arguments);
    Optional<String> complaint = Schema.complaint(spec.parameters(), named);
    if (complaint.isPresent()) {
      return Step.Done.failed("%s: %s".formatted(spec.name(), complaint.get()));
    }
    try {
      return then.apply(new Arguments(named));
    } catch (InvalidPathException e) {
      return Step.Done.failed(
          "%s: \"%s\" is no path: %s".formatted(spec.name(), e.getInput(), e.getReason()));
    }
  }

  /// Returns a text that the schema requires.
  String text(String key) {
    return given.text(key).orElse("");
  }

  /// Returns a text that may be absent.
  Optional<String> optionalText(String key) {
    return given.text(key);
  }

  /// Returns a whole number.
  int number(String key, int otherwise) {
    return given.scalar(key).flatMap(Schema::whole).orElse(otherwise);
  }

  /// Returns whether it is given as true.
  boolean isTrue(String key) {
    return given.isTrue(key);
  }

  /// Returns the objects of a list.
  List<Arguments> objects(String key) {
    return given.items(key).stream()
        .filter(Node.Obj.class::isInstance)
        .map(Node.Obj.class::cast)
        .map(Arguments::new)
        .toList();
  }

  /// Returns the texts of a list.
  List<String> texts(String key) {
    return given.items(key).stream().flatMap(item -> item.scalar().stream()).toList();
  }
}
