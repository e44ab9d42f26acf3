// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/// What all visits to one proxy share.
///
/// @param threads where the other direction of a connection runs; ends with the proxy
/// @param carried how many bytes went through so far
record House(EgressTerms terms, Warden warden, Pass pass, Executor threads, AtomicLong carried) {}
