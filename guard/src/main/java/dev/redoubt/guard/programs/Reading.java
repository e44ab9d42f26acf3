// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.List;

/// What a [Manual] says about one call.
///
/// @param nature what the call does besides `wants`
/// @param reason why, in a few words for a person, in the manner of `find -delete deletes`
/// @param wants the files, connections and commands the call leads to
public record Reading(Nature nature, String reason, List<Want> wants) {

  public Reading {
    requireNonNull(nature, "nature");
    requireNonNull(reason, "reason");
    wants = List.copyOf(wants);
  }

  /// One thing a call leads to.
  public sealed interface Want {

    /// It touches a file or folder.
    record File(Access access, Arg path) implements Want {
      public File {
        requireNonNull(access, "access");
        requireNonNull(path, "path");
      }
    }

    /// It connects.
    ///
    /// @param method the HTTP method in capitals; empty when it is no HTTP
    /// @param target a URL, or `host:port`
    record Connect(String method, Arg target) implements Want {
      public Connect {
        requireNonNull(method, "method");
        requireNonNull(target, "target");
      }
    }

    /// It obeys the settings of the git repository around the folder.
    record Repository() implements Want {}

    /// It starts another program, in the manner of `timeout 5 make`.
    record Command(List<Arg> argv) implements Want {
      public Command {
        argv = List.copyOf(argv);
      }
    }

    /// It hands text to a shell, in the manner of `sh -c`.
    record ShellText(Arg text) implements Want {
      public ShellText {
        requireNonNull(text, "text");
      }
    }

    /// It changes the folder first; `wants` are relative to that one.
    record In(Arg folder, List<Want> wants) implements Want {
      public In {
        requireNonNull(folder, "folder");
        wants = List.copyOf(wants);
      }
    }

    /// It sets variables for what `wants` start, in the manner of `env A=b make`.
    record With(List<Variable> variables, List<Want> wants) implements Want {
      public With {
        variables = List.copyOf(variables);
        wants = List.copyOf(wants);
      }
    }

    /// It does something that cannot be followed.
    ///
    /// @param rule the stable id, in the manner of `command.remote`
    record Opaque(String rule, String shown, String reason) implements Want {
      public Opaque {
        requireNonNull(rule, "rule");
        requireNonNull(shown, "shown");
        requireNonNull(reason, "reason");
      }
    }
  }

  /// A variable that is set.
  public record Variable(String name, Arg value) {
    public Variable {
      requireNonNull(name, "name");
      requireNonNull(value, "value");
    }
  }

  /// Returns a reading of a call that only shows something.
  public static Reading harmless(String reason, List<Want> wants) {
    return new Reading(Nature.HARMLESS, reason, wants);
  }

  /// Returns a reading of a call that is not understood.
  public static Reading unknown(String reason, List<Want> wants) {
    return new Reading(Nature.UNKNOWN, reason, wants);
  }
}
