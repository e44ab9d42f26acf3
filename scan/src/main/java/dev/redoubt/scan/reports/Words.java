// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Component;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.reach.RankedFinding;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words every format uses for the same thing.
final class Words {

  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// Returns the severity a finding counts as: a malicious package is critical.
  static Severity severity(Finding finding) {
    return finding.kind() == Finding.Kind.MALICIOUS
        ? Severity.CRITICAL
        : finding.rating().severity();
  }

  /// Returns the one word a finding is shown with: its severity, or `malicious`.
  static String label(Finding finding) {
    return finding.kind() == Finding.Kind.MALICIOUS ? "malicious" : of(severity(finding));
  }

  /// Returns `findings` for a person: malicious packages first, then worst first.
  static List<RankedFinding> forPeople(List<RankedFinding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparingInt(
                ranked -> ranked.finding().kind() == Finding.Kind.MALICIOUS ? 0 : 1))
        .toList();
  }

  /// Returns where a gap is, `path:line` as far as known, or an empty text.
  static String place(Gap gap) {
    String path = gap.path();
    if (path == null) {
      return "";
    }
    return gap.line() == null ? path : path + ":" + gap.line();
  }

  static @Nullable Boolean direct(Component component) {
    return switch (component.relation()) {
      case DIRECT -> true;
      case TRANSITIVE -> false;
      case UNKNOWN -> null;
    };
  }

  /// Returns the name of a package with its namespace, as its ecosystem writes it.
  static String name(Purl purl) {
    String namespace = purl.namespace();
    if (namespace == null) {
      return purl.name();
    }
    return namespace + (purl.type().equals("maven") ? ":" : "/") + purl.name();
  }

  static String nameAndVersion(Purl purl) {
    return purl.version() == null ? name(purl) : name(purl) + "@" + purl.version();
  }

  /// Returns `number` and `noun`, in the plural when it takes one.
  static String count(long number, String noun) {
    return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  /// Returns `text`, cut with an ellipsis after `most` characters.
  static String shortened(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }

  static @Nullable String component(Finding finding) {
    return finding.subject() instanceof Subject.OfComponent(Purl purl) ? purl.toString() : null;
  }

  static @Nullable String server(Finding finding) {
    return finding.subject() instanceof Subject.OfServer(String server, String _) ? server : null;
  }

  /// Returns what a finding is about, for a person.
  static String subject(Finding finding) {
    return switch (finding.subject()) {
      case Subject.OfComponent(Purl purl) -> nameAndVersion(purl);
      case Subject.OfServer(String server, String _) -> "server " + server;
      case Subject.OfFile(String path) -> path;
    };
  }

  static String transport(McpServer server) {
    return switch (server.endpoint()) {
      case Endpoint.Local _ -> "stdio";
      case Endpoint.Remote(String _, String transport) -> transport;
      case Endpoint.Unknown() -> "unknown";
    };
  }

  /// Returns the names of what is handed over by `channel`, in the order of the file.
  static List<String> names(McpServer server, Credential.Channel channel) {
    return server.settings().credentials().stream()
        .filter(credential -> credential.channel() == channel)
        .map(Credential::name)
        .distinct()
        .toList();
  }
}
