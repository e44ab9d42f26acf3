// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The next thing a tool wants. The engine takes it through the gate, has the sandbox perform it,
/// and hands the outcome to the tool, until the tool is done.
///
/// A refusal of the guard ends the call: the engine tells the model why, and the tool is not asked
/// again.
public sealed interface Step {

  /// Perform `action`.
  ///
  /// @param then what comes after it; is given every outcome but a refusal by the guard
  /// @param before what the call has changed already, said when it ends here by a refusal or an
  ///   interrupt; empty when it is nothing
  record Perform(Action action, Manner manner, Function<Outcome, Step> then, Optional<Done> before)
      implements Step {
    /// A step of a call that has changed nothing yet.
    public Perform(Action action, Manner manner, Function<Outcome, Step> then) {
      this(action, manner, then, Optional.empty());
    }

    public Perform {
      requireNonNull(before, "before");
      requireNonNull(action, "action");
      requireNonNull(manner, "manner");
      requireNonNull(then, "then");
    }
  }

  /// Use a service of the session itself, which is no effect on the world but one a rule can speak
  /// of: the gate judges it as the call of the tool `service` of `redoubt`. Where no rule speaks of
  /// it, it is allowed.
  ///
  /// @param about what is judged, and written to the evidence log as a digest
  /// @param then uses it, and is asked only when that is permitted
  record Own(String service, Node.Obj about, Supplier<Step> then) implements Step {

    /// The server that rules know these services under.
    public static final String SERVER = "redoubt";

    public Own {
      requireNonNull(service, "service");
      requireNonNull(about, "about");
      requireNonNull(then, "then");
    }
  }

  /// Ask the person. Without one the call ends with a result that says so.
  ///
  /// @param choices what can be answered; anything when empty
  /// @param then what comes after the answer
  record AskPerson(String question, List<String> choices, Function<String, Step> then)
      implements Step {
    public AskPerson {
      requireNonNull(question, "question");
      choices = List.copyOf(choices);
      requireNonNull(then, "then");
    }
  }

  /// The call is over.
  ///
  /// @param content what the model sees; the engine cuts it to the size that all tools share
  /// @param failed whether it did not do what was asked
  /// @param facts the same for programs and screens: `path`, `diff`, `exitCode` and the like;
  ///   written to the evidence log
  record Done(List<Message.Seen> content, boolean failed, Node.Obj facts) implements Step {

    private static final Node.Obj NO_FACTS = new Node.Obj(Map.of(), 1);

    public Done {
      content = List.copyOf(content);
      requireNonNull(facts, "facts");
    }

    /// Returns a success with one text.
    public static Done said(String text, Node.Obj facts) {
      return new Done(List.of(new Message.Words(text)), false, facts);
    }

    /// Returns a failure with one text, which says what to do instead.
    public static Done failed(String text) {
      return new Done(List.of(new Message.Words(text)), true, NO_FACTS);
    }
  }
}
