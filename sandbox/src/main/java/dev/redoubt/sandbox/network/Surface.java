// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.network.OperatorTarget;
import dev.redoubt.guard.network.StrictUrl;

/// What one part of the program may reach.
public sealed interface Surface {

  /// Only the one host and port an operator named, loopback and private addresses included, plain
  /// http on loopback only.
  record Operator(OperatorTarget target) implements Surface {
    public Operator {
      requireNonNull(target, "target");
    }
  }

  /// What a model, a tool result or a checkout names: public addresses only, and nothing `rules`
  /// deny. That the first address was permitted is known to whoever asks; a redirect to another
  /// host or port needs a rule that allows it; from http to https on their own ports it does not.
  record Open(NetworkRules rules) implements Surface {
    public Open {
      requireNonNull(rules, "rules");
    }
  }

  /// One host and port that a rule of an operator names, for whoever a guard permitted to reach it:
  /// public addresses with any protocol, loopback and private ones as for [Operator].
  record Named(OperatorTarget target) implements Surface {
    public Named {
      requireNonNull(target, "target");
    }
  }

  /// Returns the surface of what an operator named with `url`.
  static Surface operator(StrictUrl url) {
    return new Operator(OperatorTarget.of(url));
  }
}
