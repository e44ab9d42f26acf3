// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A filter of system calls for a confined program and all it starts.
///
/// Refused, mostly with "operation not permitted": looking into other programs, rings of system
/// calls, the user's keys, loading code into the kernel, new or other namespaces, mounts and file
/// handles, device files, the set-user-ID and set-group-ID bits of files, the machine's clock, name
/// and swap, typing into a terminal, opening a connection while sending, and every socket that
/// [Sockets] does not name. `clone3` is answered as if the kernel did not have it, so that programs
/// fall back to `clone`, whose flags a filter can see. A call by the convention of another
/// architecture kills the program.
///
/// A filter says nothing about files: which of them a program reaches is the business of the walls
/// it is combined with. It stays for good, also over programs that would gain rights when started.
///
/// @param attributes whether extended attributes of files may be changed
/// @param groups whether folders may get the bit that programs must not have
public record SeccompFilter(
    Architecture architecture, Sockets sockets, Attributes attributes, SetGroup groups) {

  /// Whether extended attributes of files may be changed.
  public enum Attributes {
    /// As the file system allows.
    OPEN,
    /// Never, as if no file system had any: for walls that know paths only.
    KEPT
  }

  /// Returns a filter that leaves attributes open.
  public SeccompFilter(Architecture architecture, Sockets sockets) {
    this(architecture, sockets, Attributes.OPEN, SetGroup.REFUSED);
  }

  /// Returns the same filter that keeps attributes of files.
  public SeccompFilter keepingAttributes() {
    return new SeccompFilter(architecture, sockets, Attributes.KEPT, groups);
  }

  /// Returns the same filter with `wanted` for the bit that hands groups down.
  public SeccompFilter with(SetGroup wanted) {
    return new SeccompFilter(architecture, sockets, attributes, wanted);
  }

  private List<CallRule> rules() {
    List<CallRule> rules = new ArrayList<>(RefusedCalls.with(sockets, groups));
    if (attributes == Attributes.KEPT) {
      rules.addAll(RefusedCalls.attributes());
    }
    return rules;
  }

  /// Returns the filter for this machine, empty where none is known.
  public static Optional<SeccompFilter> forThisMachine(Sockets sockets) {
    return Architecture.ofThisMachine()
        .map(architecture -> new SeccompFilter(architecture, sockets));
  }

  /// Returns the filter as the kernel and `bwrap --seccomp` take it: little-endian instructions of
  /// classic BPF, 8 bytes each.
  public byte[] program() {
    return FilterProgram.of(rules(), architecture);
  }

  /// Returns the names of the calls that are refused, some of them only with certain arguments, as
  /// the manual pages have them.
  public List<String> refusedCalls() {
    return rules().stream()
        .map(CallRule::call)
        .filter(call -> call.isOn(architecture))
        .map(SystemCall::title)
        .sorted()
        .toList();
  }
}
