// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.hooks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.HookAnswer;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.Surface;
import dev.redoubt.sandbox.network.WebClient;
import dev.redoubt.sandbox.network.WebHeader;
import dev.redoubt.sandbox.network.WebLimits;
import dev.redoubt.sandbox.network.WebOutcome;
import dev.redoubt.sandbox.network.WebRequest;
import dev.redoubt.sandbox.network.WebResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An address that is sent what happens as one JSON object and answers with what it says to it.
///
/// Only the operator's own configuration may name one: exactly its host and port are reached,
/// loopback included, and no redirect is followed. Status 200 with a body, or 204, is an answer;
/// everything else is a failure.
///
/// @param workspace what it is told the workspace is
/// @param url where it is
/// @param web what asks it
public record HttpHook(HookTerms terms, String workspace, StrictUrl url, WebClient web)
    implements Hook {

  private static final int HEADER = 16 << 10;

  public HttpHook {
    requireNonNull(terms, "terms");
    requireNonNull(workspace, "workspace");
    requireNonNull(url, "url");
    requireNonNull(web, "web");
  }

  @Override
  public String name() {
    return terms.name();
  }

  @Override
  public Moment moment() {
    return terms.moment();
  }

  @Override
  public Set<Right> rights() {
    return terms.rights();
  }

  @Override
  public boolean concerns(String tool, String action) {
    return terms.concerns(tool, action);
  }

  @Override
  public Asking ask(Node.Obj input) {
    Map<String, Node> told = new LinkedHashMap<>(input.fields());
    told.put("workspace", new Node.Text(workspace, 1));
    Content body = Content.of(JsonText.of(new Node.Obj(told, 1)));
    return new Asking.AtAddress(() -> answer(body));
  }

  private HookAnswer answer(Content body) throws InterruptedException {
    WebRequest request =
        new WebRequest(
            "POST",
            url,
            List.of(
                WebHeader.plain("content-type", "application/json"),
                WebHeader.plain("accept", "application/json")),
            body,
            Surface.operator(url),
            new WebLimits(HEADER, HookReply.LARGEST, terms.allowed(), terms.allowed()));
    try {
      return switch (web.send(request)) {
        case WebOutcome.Refused(String rule, String reason) ->
            new HookAnswer.Failed("%s (rule %s)".formatted(reason, rule));
        case WebOutcome.Answered(WebResponse response) -> answer(response);
      };
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return new HookAnswer.Failed("%s: %s".formatted(url.authority(), RedoubtException.reason(e)));
    }
  }

  private static HookAnswer answer(WebResponse response) throws IOException {
    try (response) {
      if (response.status() == 204) {
        return HookAnswer.Said.NOTHING;
      }
      if (response.status() != 200) {
        return new HookAnswer.Failed("it answered with status " + response.status());
      }
      return HookReply.read(response.body().readNBytes(HookReply.LARGEST + 1));
    }
  }
}
