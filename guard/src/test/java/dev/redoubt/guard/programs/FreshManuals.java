// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Makes every class of tests build its manuals anew. Mutation tests change classes in a machine
/// that already ran, where a manual kept from before would hide the change.
public final class FreshManuals implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    BuiltInManuals.forget();
  }
}
