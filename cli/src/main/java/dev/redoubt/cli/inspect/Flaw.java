// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Severity;

/// Something that is wrong with a server.
///
/// @param severity critical is what a relay would stop
/// @param id of the detector, rule or advisory that says it
/// @param server the name of the server
/// @param subject what of it: `tool read`, a package, or empty for the server itself
/// @param where the path inside what is said of the subject; may be empty
/// @param what what is the matter, in one sentence
public record Flaw(
    Severity severity, String id, String server, String subject, String where, String what) {
  public Flaw {
    requireNonNull(severity, "severity");
    requireNonNull(id, "id");
    requireNonNull(server, "server");
    requireNonNull(subject, "subject");
    requireNonNull(where, "where");
    requireNonNull(what, "what");
  }
}
