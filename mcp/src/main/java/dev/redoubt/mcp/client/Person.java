// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;

/// The person a server may ask something through its client. Safe to share.
@FunctionalInterface
public interface Person {

  /// Returns what the person answered. Called on a thread of its own, which is interrupted when the
  /// server does not want to know any more.
  Reply ask(Question question) throws InterruptedException;

  /// What a server wants to know. All of it is foreign text.
  sealed interface Question {

    /// A form.
    ///
    /// @param message why
    /// @param schema a flat object: each property is text, number, boolean or a choice
    record Form(String message, Node.Obj schema) implements Question {
      public Form {
        requireNonNull(message, "message");
        requireNonNull(schema, "schema");
      }
    }

    /// That the person goes to a page and does something there. Nothing opens it by itself.
    ///
    /// @param message why
    record Page(String message, String url) implements Question {
      public Page {
        requireNonNull(message, "message");
        requireNonNull(url, "url");
      }
    }
  }

  /// What a person answered.
  sealed interface Reply {

    /// Yes.
    ///
    /// @param content of a form; what it leaves out has the value its schema says
    record Accepted(Node.Obj content) implements Reply {
      public Accepted {
        requireNonNull(content, "content");
      }
    }

    /// No.
    record Declined() implements Reply {}

    /// Nothing: the question was put away.
    record Cancelled() implements Reply {}
  }
}
