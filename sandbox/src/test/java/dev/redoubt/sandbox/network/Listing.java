// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

/// A program that says how many addresses this machine has.
final class Listing {

  private Listing() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("addresses: " + OwnAddresses.find().size());
  }
}
