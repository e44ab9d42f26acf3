// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

/// Says why a text or a set of components is no package URL.
///
/// Cheap to throw: it has no stack trace, because the message names the value and nobody but the
/// caller of [Purl#parse] or [Purl#of] can have passed it.
public final class PurlException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  PurlException(String message) {
    super(message);
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is no state to guard
  public Throwable fillInStackTrace() {
    return this;
  }
}
