// SPDX-License-Identifier: Apache-2.0
/// The tools that come with Redoubt: what a model can look at, change, run and ask for.
///
/// Start at [BuiltInTools]. A tool plans actions and describes what came of them; nothing here
/// touches a file, starts a process or opens a connection. What a model reads about a tool lies
/// beside its class as `<name>.md`, the schema of its arguments as `<name>.json`.
@NullMarked
package dev.redoubt.agent.tools;

import org.jspecify.annotations.NullMarked;
