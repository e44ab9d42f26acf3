// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.reach.RankedFinding;

/// Names a finding in one line.
final class Titles {

  private Titles() {}

  static String of(RankedFinding ranked) {
    Finding finding = ranked.finding();
    String subject =
        switch (finding.subject()) {
          case Subject.OfComponent(Purl purl) -> purl.toString();
          case Subject.OfServer(String server, String _) -> server;
          case Subject.OfFile(String path) -> path;
        };
    return finding.identity().id() + " " + subject;
  }
}
