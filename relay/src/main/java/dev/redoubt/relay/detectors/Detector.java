// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.List;

/// Notices one kind of thing in what an agent and a server say to each other.
///
/// Looks at text only, in time and memory that grow no faster than the text. Stateless and safe to
/// share, but for [TaintDetector], which remembers.
public sealed interface Detector
    permits CredentialDetector,
        ElicitationDetector,
        ExfiltrationDetector,
        HiddenTextDetector,
        InjectionDetector,
        MetacharactersDetector,
        PathEscapeDetector,
        PoisoningDetector,
        PrivateAddressDetector,
        ShadowingDetector,
        TaintDetector,
        TerminalEscapeDetector {

  /// Returns its id: `mcp.` and the name of its class in lower case with hyphens.
  String id();

  /// Returns the worst it can say.
  Severity severity();

  /// Returns what it notices in `matter`, worst first and at most a few.
  List<Alert> look(Matter matter);
}
