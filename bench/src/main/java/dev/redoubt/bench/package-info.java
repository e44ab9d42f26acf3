// SPDX-License-Identifier: Apache-2.0
/// Data and benchmarks for the goals on speed and memory.
///
/// Open [Generate] first: it writes advisories, lock files and trees of any size from a seed, the
/// same bytes for the same arguments. The classes named `…Benchmark` are run by JMH through
/// `bench/run jmh`; whole commands are measured by `bench/whole-process.sh`. The build compiles
/// this and tests the generator, and never measures: a timed test fails for the neighbour's sake.
/// Results are in `docs/benchmarks.md`.
@NullMarked
package dev.redoubt.bench;

import org.jspecify.annotations.NullMarked;
