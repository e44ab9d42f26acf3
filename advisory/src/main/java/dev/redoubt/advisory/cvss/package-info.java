// SPDX-License-Identifier: Apache-2.0
/// Scores computed from CVSS vectors.
///
/// Open [Cvss] first: one method takes the vector of an advisory in any version of CVSS. Behind it
/// is one class per version of the formula and one that reads vectors. The bands of a score are
/// [dev.redoubt.model.Severity]. What is not here: scores somebody else computed, and what to do
/// when an advisory carries several vectors.
@NullMarked
package dev.redoubt.advisory.cvss;

import org.jspecify.annotations.NullMarked;
