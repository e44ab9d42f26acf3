// SPDX-License-Identifier: Apache-2.0
/// What tests share: golden files, hostile inputs, seeded randomness and the shared test data.
///
/// Open [Golden] first. Contract tests live with the api they prove (`ExtractorContract` in
/// `scan`), so this module depends on nothing of Redoubt.
@NullMarked
package dev.redoubt.testkit;

import org.jspecify.annotations.NullMarked;
