// SPDX-License-Identifier: Apache-2.0
/// Performs what the guard permitted, and answers the guard's questions about the machine.
@NullMarked
package dev.redoubt.sandbox;

import org.jspecify.annotations.NullMarked;
