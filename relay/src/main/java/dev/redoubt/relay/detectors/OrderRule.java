// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static dev.redoubt.relay.detectors.Meaning.*;
import static dev.redoubt.relay.detectors.Orders.Kind.*;

import dev.redoubt.model.Severity;
import java.util.List;

/// Meanings that come close to each other and are an order together.
///
/// @param meanings all of them, a bit for each
record OrderRule(Orders.Kind kind, Severity severity, long meanings, String what) {

  /* What is said of a tool is read as advice, so less is needed than in what a tool returns: there,
  a text about orders is as common as an order. */
  static final List<OrderRule> DESCRIPTOR =
      List.of(
          critical(POISONING, "orders to set instructions aside", OVERRIDE_PLAIN),
          high(POISONING, "speaks of setting instructions aside", OVERRIDE),
          critical(POISONING, "orders to take credentials and to hide it", CONCEAL, TAKE),
          critical(POISONING, "orders to take credentials and to hide it", COVERT, TAKE),
          critical(POISONING, "orders to hide what is sent to an address", CONCEAL, DELIVER),
          critical(POISONING, "orders to hide what is sent to an address", COVERT, DELIVER),
          critical(POISONING, "orders to hide what is passed on", CONCEAL, PASS, CHAT),
          critical(POISONING, "orders to hide what is passed on", COVERT, PASS),
          critical(
              POISONING, "orders to send the conversation and to hide it", CONCEAL, SEND, CHAT),
          critical(POISONING, "orders to send the conversation and to hide it", COVERT, SEND, CHAT),
          critical(POISONING, "orders to send the conversation to an address", CHAT, DELIVER, MUST),
          critical(POISONING, "orders to hide what is to be done first", COVERT, FIRST, USE),
          critical(
              POISONING, "orders to hide what is to be done first", CONCEAL, FIRST, USE, CARRY),
          critical(POISONING, "orders to destroy and to hide it", COVERT, DESTROY),
          critical(POISONING, "orders to pass a file of credentials on", TAKE_FILE, PASS),
          critical(POISONING, "makes a file of credentials the price of a call", TAKE_FILE, FIRST),
          critical(POISONING, "orders to send a file of credentials away", TAKE_FILE, DELIVER),
          critical(POISONING, "makes credentials the price of a call", TAKE, FIRST, PASS, MUST),
          critical(POISONING, "orders in the frame of a system message", FRAME, TAKE),
          critical(POISONING, "orders in the frame of a system message", FRAME, CONCEAL),
          critical(POISONING, "orders in the frame of a system message", FRAME, COVERT),
          critical(POISONING, "orders in the frame of a system message", FRAME, DELIVER),
          critical(POISONING, "orders in the frame of a system message", FRAME, DESTROY),
          critical(POISONING, "orders in the frame of a system message", FRAME, MUST, USE),
          critical(POISONING, "orders in the frame of a system message", TAG, TAKE, MUST),
          critical(POISONING, "orders in the frame of a system message", TAG, CONCEAL),
          critical(POISONING, "orders in the frame of a system message", TAG, COVERT),
          critical(POISONING, "orders in the frame of a system message", TAG, DELIVER, MUST),
          critical(POISONING, "orders to hide what is destroyed", CONCEAL, DESTROY, FIRST),
          high(POISONING, "makes the conversation the price of a call", CHAT, PASS),
          high(POISONING, "asks for credentials", TAKE, PASS),
          high(POISONING, "wants something kept from the user", CONCEAL),
          high(POISONING, "wants something done in secret", COVERT),
          high(POISONING, "wants something done without asking", UNASKED, MUST),
          high(POISONING, "gives the model another role", ROLE),
          medium(POISONING, "has the frame of a system message", FRAME),
          critical(SHADOWING, "changes where other tools send to", OTHERS, ALTER, SINK),
          critical(SHADOWING, "changes what other tools do and hides it", OTHERS, ALTER, CONCEAL),
          critical(SHADOWING, "changes what other tools do and hides it", OTHERS, ALTER, COVERT),
          critical(SHADOWING, "sends what other tools return away", OTHERS, DELIVER, CHAT),
          critical(SHADOWING, "sends what other tools return away", OTHERS, DELIVER, PASS),
          critical(SHADOWING, "sends what other tools return away", OTHERS, DELIVER, CONCEAL),
          critical(SHADOWING, "takes credentials beside other tools", OTHERS, TAKE_FILE),
          critical(SHADOWING, "changes where something is sent and hides it", ALTER, SINK, CONCEAL),
          critical(SHADOWING, "changes where something is sent and hides it", ALTER, SINK, COVERT),
          high(SHADOWING, "changes what other tools do", OTHERS, ALTER),
          high(SHADOWING, "sends what other tools return away", OTHERS, DELIVER, MUST),
          high(SHADOWING, "gives orders about other tools in secret", OTHERS, CONCEAL));

  static final List<OrderRule> CONTENT =
      List.of(
          critical(INJECTION, "orders to set all instructions aside", OVERRIDE_ALL),
          critical(INJECTION, "sets instructions aside and gives a role", OVERRIDE_PLAIN, ROLE),
          critical(INJECTION, "sets instructions aside, takes credentials", OVERRIDE_PLAIN, TAKE),
          critical(INJECTION, "sets instructions aside, sends something", OVERRIDE_PLAIN, DELIVER),
          critical(INJECTION, "sets instructions aside and hides it", OVERRIDE_PLAIN, CONCEAL),
          critical(INJECTION, "sets instructions aside and hides it", OVERRIDE_PLAIN, COVERT),
          critical(INJECTION, "sets instructions aside in a frame", OVERRIDE_PLAIN, FRAME),
          critical(INJECTION, "sets instructions aside in a frame", OVERRIDE_PLAIN, TAG),
          critical(INJECTION, "sets the instructions of a model aside", OVERRIDE_PLAIN, MODEL),
          critical(INJECTION, "sets the instructions of a model aside", OVERRIDE_PLAIN, ADDRESS),
          critical(INJECTION, "sets instructions aside, shows them", OVERRIDE_PLAIN, TELL_PROMPT),
          critical(INJECTION, "sets instructions aside out of sight", OVERRIDE_PLAIN, COVER),
          critical(INJECTION, "sets instructions aside, sends a chat", OVERRIDE_PLAIN, SEND, CHAT),
          critical(INJECTION, "orders in the frame of a system message", FRAME, CONCEAL),
          critical(INJECTION, "orders in the frame of a system message", FRAME, COVERT),
          critical(INJECTION, "orders in the frame of a system message", FRAME, TAKE),
          critical(INJECTION, "orders in the frame of a system message", FRAME, DELIVER),
          critical(INJECTION, "orders in the frame of a system message", FRAME, ADDRESS, MUST),
          critical(INJECTION, "orders in the frame of a system message", FRAME, MUST, DESTROY),
          critical(INJECTION, "orders in the frame of a system message", FRAME, MUST, SEND, CHAT),
          critical(INJECTION, "orders in the frame of a system message", TAG, CONCEAL),
          critical(INJECTION, "orders in the frame of a system message", TAG, COVERT, MUST),
          critical(INJECTION, "orders in the frame of a system message", TAG, TAKE, DELIVER),
          critical(INJECTION, "orders a model to take credentials", ADDRESS, TAKE_FILE),
          critical(INJECTION, "orders a model to send credentials", ADDRESS, TAKE, DELIVER),
          critical(INJECTION, "orders a model to send credentials", ADDRESS, TAKE, SEND, MUST),
          critical(INJECTION, "orders a model to send the chat", ADDRESS, SEND, CHAT),
          critical(INJECTION, "orders a model to hide something", ADDRESS, CONCEAL),
          critical(INJECTION, "orders a model to act in secret", ADDRESS, COVERT),
          critical(INJECTION, "orders a model to act without asking", ADDRESS, UNASKED, USE),
          critical(INJECTION, "orders a model to destroy", ADDRESS, DESTROY, UNASKED),
          critical(INJECTION, "orders to call a tool and to hide it", CONCEAL, USE, MODEL),
          critical(INJECTION, "orders to take credentials and to hide it", CONCEAL, TAKE, MUST),
          critical(INJECTION, "orders to take credentials and to hide it", CONCEAL, TAKE_FILE),
          critical(INJECTION, "orders to take credentials and to hide it", CONCEAL, TAKE, DELIVER),
          critical(INJECTION, "orders to take credentials in secret", COVERT, TAKE_FILE),
          critical(INJECTION, "orders to take credentials in secret", COVERT, TAKE, DELIVER),
          critical(INJECTION, "orders to send something and to hide it", CONCEAL, DELIVER, USE),
          critical(INJECTION, "orders to send the chat and to hide it", CONCEAL, SEND, CHAT),
          critical(INJECTION, "orders to send the chat and to hide it", COVERT, SEND, CHAT),
          critical(INJECTION, "gives a role and hides it", ROLE, CONCEAL),
          critical(INJECTION, "gives a role and takes credentials", ROLE, TAKE, DELIVER),
          critical(INJECTION, "hides orders from people", COVER, ADDRESS, TAKE),
          critical(INJECTION, "hides orders from people", COVER, ADDRESS, DELIVER),
          critical(INJECTION, "hides orders from people", COVER, TAKE_FILE, DELIVER),
          high(INJECTION, "speaks of setting instructions aside", OVERRIDE),
          high(INJECTION, "orders a model to send something", ADDRESS, DELIVER),
          high(INJECTION, "orders a model to take credentials", ADDRESS, TAKE),
          high(INJECTION, "orders a model to call a tool", ADDRESS, USE, MUST),
          high(INJECTION, "orders a model to destroy", ADDRESS, DESTROY),
          high(INJECTION, "hides orders from people", COVER, ADDRESS),
          high(INJECTION, "hides orders from people", COVER, ROLE),
          high(INJECTION, "orders in the frame of a system message", FRAME, ROLE),
          high(INJECTION, "orders in the frame of a system message", FRAME, MUST, USE),
          high(INJECTION, "orders in the frame of a system message", TAG, ROLE),
          high(INJECTION, "orders in the frame of a system message", TAG, TAKE, MUST),
          high(INJECTION, "orders to take credentials in secret", COVERT, TAKE),
          high(INJECTION, "orders to take credentials and to hide it", CONCEAL, TAKE),
          high(INJECTION, "makes a file of credentials a first step", TAKE_FILE, FIRST, DELIVER),
          high(INJECTION, "orders to send the chat to an address", CHAT, DELIVER, MUST),
          high(INJECTION, "wants something kept from the user", CONCEAL, USE),
          high(INJECTION, "gives a role and calls a tool", ROLE, USE, MODEL),
          medium(INJECTION, "speaks to a model", ADDRESS, MUST),
          medium(INJECTION, "wants something kept from the user", CONCEAL));

  /* What takes pains to be seen by nobody needs no second sign. */
  static final List<OrderRule> COVERED =
      List.of(
          critical(INJECTION, "sets instructions aside", OVERRIDE),
          critical(INJECTION, "speaks to a model", ADDRESS),
          critical(INJECTION, "gives a role", ROLE),
          critical(INJECTION, "wants something hidden", CONCEAL),
          critical(INJECTION, "wants something done in secret", COVERT),
          critical(INJECTION, "has the frame of a system message", FRAME),
          critical(INJECTION, "wants credentials sent", TAKE, SEND),
          critical(INJECTION, "wants a file of credentials read", TAKE_FILE),
          critical(INJECTION, "wants the chat sent", SEND, CHAT),
          critical(INJECTION, "wants a tool called", MUST, CALL, TOOL));

  OrderRule as(Orders.Kind other) {
    return new OrderRule(other, severity, meanings, what);
  }

  private static OrderRule critical(Orders.Kind kind, String what, Meaning... meanings) {
    return new OrderRule(kind, Severity.CRITICAL, Meaning.all(meanings), what);
  }

  private static OrderRule high(Orders.Kind kind, String what, Meaning... meanings) {
    return new OrderRule(kind, Severity.HIGH, Meaning.all(meanings), what);
  }

  private static OrderRule medium(Orders.Kind kind, String what, Meaning... meanings) {
    return new OrderRule(kind, Severity.MEDIUM, Meaning.all(meanings), what);
  }
}
