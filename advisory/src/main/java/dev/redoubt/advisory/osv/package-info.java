// SPDX-License-Identifier: Apache-2.0
/// Advisory records of the OSV schema: what they say and how a version is judged by them.
///
/// Open [OsvRecord] first, then [Evaluator], which decides whether a version is affected.
/// [OsvReader] turns one JSON or YAML document into records. Nothing here knows where records come
/// from or how they are kept.
@NullMarked
package dev.redoubt.advisory.osv;

import org.jspecify.annotations.NullMarked;
