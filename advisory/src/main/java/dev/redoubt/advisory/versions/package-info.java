// SPDX-License-Identifier: Apache-2.0
/// How each ecosystem orders its versions.
///
/// Open [VersionOrder] first, then [VersionOrders], the written list. One class per order; each
/// names the authority it follows. Nothing here knows what an advisory is.
@NullMarked
package dev.redoubt.advisory.versions;

import org.jspecify.annotations.NullMarked;
