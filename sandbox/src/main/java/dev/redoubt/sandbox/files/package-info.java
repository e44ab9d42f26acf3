// SPDX-License-Identifier: Apache-2.0
/// What the file system says about a path: the answers to the guard's questions.
@NullMarked
package dev.redoubt.sandbox.files;

import org.jspecify.annotations.NullMarked;
