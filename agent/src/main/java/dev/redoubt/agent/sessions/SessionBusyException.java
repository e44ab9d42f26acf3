// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

/// Somebody else works on the session.
public final class SessionBusyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  SessionBusyException(SessionId session, String holder) {
    super("the session %s is open in %s; wait for it or fork it".formatted(session, holder));
  }
}
