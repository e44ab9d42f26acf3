// SPDX-License-Identifier: Apache-2.0
/// The backend `local`: commands run as the operator would run them. It isolates nothing.
@NullMarked
package dev.redoubt.sandbox.local;

import org.jspecify.annotations.NullMarked;
