// SPDX-License-Identifier: Apache-2.0
/// How each ecosystem orders its versions.
///
/// Open [VersionOrder] first, then [VersionOrders], the written list. Each order names the
/// authority it follows; ecosystems that differ from another in one rule share its class. All
/// orders write [SortKey]s, so all are total (ADR 0010). Nothing here knows what an advisory is.
@NullMarked
package dev.redoubt.advisory.versions;

import org.jspecify.annotations.NullMarked;
