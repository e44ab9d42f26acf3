// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

/// What a phrase of an order means: as `orders.txt` has it, and from [#OVERRIDE] on as
/// [OrderReader] puts it together.
@SuppressWarnings("EnumOrdinal") // a bit for each
enum Meaning {
  IGNORE,
  OVERRULE,
  PRIOR,
  ALL,
  INSTR,
  NOT,
  TELL,
  USER,
  ANYONE,
  HIDE,
  UNASKED,
  COVERT,
  SEND,
  CARRY,
  READ,
  SHOW,
  FILE,
  SECRET,
  CHAT,
  MODEL,
  ADDRESS,
  MUST,
  FIRST,
  PASS,
  FRAME,
  TAG,
  ROLE,
  CALL,
  TOOL,
  OTHERS,
  ALTER,
  DESTROY,
  COVER,
  ABOUT,
  IF,
  SINK,
  NAMED,

  /* What came before is to be set aside. */
  OVERRIDE,
  /* The same, and nothing shows that it is only spoken of or left to the reader. */
  OVERRIDE_PLAIN,
  /* The same, all of it. */
  OVERRIDE_ALL,
  /* Something is to be kept from the person in front. */
  CONCEAL,
  /* A tool is to be called. */
  USE,
  /* A credential is to be read or sent. */
  TAKE,
  /* One that lies in a known file is. */
  TAKE_FILE,
  /* Something is to be sent to an address. */
  DELIVER,
  /* An instruction of the reader is to be shown. */
  TELL_PROMPT;

  long bit() {
    return 1L << ordinal();
  }

  static long all(Meaning... meanings) {
    long bits = 0;
    for (Meaning meaning : meanings) {
      bits |= meaning.bit();
    }
    return bits;
  }
}
