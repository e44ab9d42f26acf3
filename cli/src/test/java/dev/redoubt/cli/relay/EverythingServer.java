// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.http.HttpServer;
import dev.redoubt.http.HttpSettings;
import dev.redoubt.http.ListenAddress;
import dev.redoubt.http.Tokens;
import dev.redoubt.mcp.server.Catalogue;
import dev.redoubt.mcp.server.Catalogue.Kind;
import dev.redoubt.mcp.server.Item;
import dev.redoubt.mcp.server.LogLevel;
import dev.redoubt.mcp.server.McpEndpoint;
import dev.redoubt.mcp.server.McpServer;
import dev.redoubt.mcp.server.McpServer.ServerName;
import dev.redoubt.mcp.server.ServerAnswer;
import dev.redoubt.mcp.server.ServerCall;
import dev.redoubt.mcp.server.ServerCode;
import dev.redoubt.mcp.server.Tree;
import dev.redoubt.mcp.server.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A server that offers what the official conformance suite asks servers for, of either era, at a
/// free port of this machine. Safe to share.
final class EverythingServer implements AutoCloseable {

  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";
  private static final Limits LIMITS = new Limits(1 << 20, 50, 10_000);

  private final Catalogue catalogue = new Catalogue();
  private final McpEndpoint endpoint =
      new McpEndpoint(new McpServer(new ServerName("everything", "1.0.0", ""), catalogue));
  private final HttpServer http;

  /// Starts it.
  ///
  /// @throws IOException if it cannot listen
  EverythingServer() throws IOException {
    plainTools();
    slowTools();
    askingTools();
    inputTools();
    resources();
    prompts();
    catalogue.completes(_ ->
        new ServerAnswer.Complete(
            json("{'completion':{'values':['paris','park'],'total':2,'hasMore':false}}")));
    http =
        HttpServer.start(HttpSettings.of(ListenAddress.of("127.0.0.1:0"), Tokens.NONE), endpoint);
  }

  /// Returns where it is asked.
  String url() {
    return http.address() + McpEndpoint.PATH;
  }

  @Override
  public void close() {
    endpoint.close();
    http.close();
  }

  /// Serves until the process is ended: for looking at by hand.
  public static void main(String[] arguments) throws Exception {
    try (EverythingServer server = new EverythingServer()) {
      System.out.println(server.url());
      new CountDownLatch(1).await();
    }
  }

  static Node.Obj json(String text) {
    try {
      return (Node.Obj)
          Json.readStrict(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), LIMITS);
    } catch (DocumentException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private void tool(String name, String properties, ServerCode code) {
    catalogue.add(
        Kind.TOOL,
        Item.tool(
            name,
            json(
                "{'description':'Does what its name says.','inputSchema':{'type':'object',"
                    + "'properties':"
                    + properties
                    + "}}"),
            code));
  }

  private void tool(String name, ServerCode code) {
    tool(name, "{}", code);
  }

  private static ServerAnswer content(String... items) {
    return new ServerAnswer.Complete(json("{'content':[" + String.join(",", items) + "]}"));
  }

  private static void pause() throws InterruptedException {
    new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
  }

  private void plainTools() {
    String image = "{'type':'image','data':'" + PNG + "','mimeType':'image/png'}";
    tool("test_simple_text", _ -> ServerAnswer.text("This is a simple text response for testing."));
    tool("test_image_content", _ -> content(image));
    tool(
        "test_audio_content",
        _ -> content("{'type':'audio','data':'" + WAV + "','mimeType':'audio/wav'}"));
    tool(
        "test_embedded_resource",
        _ ->
            content(
                "{'type':'resource','resource':{'uri':'test://embedded-resource',"
                    + "'mimeType':'text/plain','text':'This is an embedded resource content.'}}"));
    tool(
        "test_multiple_content_types",
        _ ->
            content(
                "{'type':'text','text':'Multiple content types test:'}",
                image,
                "{'type':'resource','resource':{'uri':'test://mixed-content-resource',"
                    + "'mimeType':'application/json','text':'{}'}}"));
    tool(
        "test_error_handling",
        _ -> ServerAnswer.failed("This tool intentionally returns an error for testing"));
    tool(
        "test_custom_headers",
        "{'region':{'type':'string','x-mcp-header':'Region'},"
            + "'priority':{'type':'integer','x-mcp-header':'Priority'},"
            + "'verbose':{'type':'boolean','x-mcp-header':'Verbose'},'query':{'type':'string'}}",
        _ -> ServerAnswer.text("seen"));
    catalogue.add(
        Kind.TOOL,
        Item.tool(
            "json_schema_2020_12_tool",
            json(
                """
                {'description':'Has a schema with much in it.','inputSchema':{
                 '$schema':'https://json-schema.org/draft/2020-12/schema','type':'object',
                 '$defs':{'address':{'$anchor':'addressDef','type':'object','properties':{
                   'street':{'type':'string'},'city':{'type':'string'}}}},
                 'properties':{'name':{'type':'string'},'address':{'$ref':'#/$defs/address'},
                   'contactMethod':{'type':'string','enum':['phone','email']},
                   'phone':{'type':'string'},'email':{'type':'string'}},
                 'allOf':[{'anyOf':[{'required':['phone']},{'required':['email']}]}],
                 'if':{'properties':{'contactMethod':{'const':'phone'}},'required':['contactMethod']},
                 'then':{'required':['phone']},'else':{'required':['email']},
                 'additionalProperties':false}}
                """),
            _ -> ServerAnswer.text("seen")));
    tool("test_trigger_tool_change", _ -> changed(Kind.TOOL));
    tool("test_trigger_prompt_change", _ -> changed(Kind.PROMPT));
  }

  private ServerAnswer changed(Kind kind) {
    Item item =
        Item.tool("added", json("{'description':'Was added.'}"), _ -> ServerAnswer.text(""));
    catalogue.add(kind, item);
    catalogue.remove(kind, item.key());
    return ServerAnswer.text("changed");
  }

  private void slowTools() {
    for (String name : List.of("test_tool_with_logging", "test_logging_tool")) {
      tool(
          name,
          call -> {
            for (String words :
                List.of(
                    "Tool execution started", "Tool processing data", "Tool execution completed")) {
              call.log(LogLevel.INFO, "test", new Node.Text(words, 1));
              pause();
            }
            return ServerAnswer.text("done");
          });
    }
    tool(
        "test_tool_with_progress",
        call -> {
          for (int done = 0; done <= 100; done += 50) {
            call.progress(done, 100, "on the way");
            pause();
          }
          return ServerAnswer.text("done");
        });
    tool("test_reconnection", _ -> ServerAnswer.text("Reconnection test completed"));
  }

  private void asking(String name, String properties, String schema, String words) {
    tool(
        name,
        properties,
        call ->
            call.elicited("answer")
                .map(given -> ServerAnswer.text(words + JsonText.of(given)))
                .orElseGet(() ->
                    wants(
                        "answer",
                        Wish.elicit(
                            call.arguments().text("message").orElse("Please say"), json(schema)))));
  }

  private static ServerAnswer wants(String name, Wish wish) {
    return new ServerAnswer.Wants(Map.of(name, wish), "");
  }

  private static Wish sample(String prompt) {
    return new Wish(
        "sampling/createMessage",
        json(
            "{'messages':[{'role':'user','content':{'type':'text','text':'"
                + prompt
                + "'}}],'maxTokens':100}"));
  }

  private static String said(Node sampled) {
    return sampled.get("content").flatMap(content -> content.text("text")).orElse("");
  }

  private void askingTools() {
    asking(
        "test_elicitation",
        "{'message':{'type':'string'}}",
        "{'type':'object','properties':{'username':{'type':'string'},'email':{'type':'string'}},"
            + "'required':['username','email']}",
        "User response: ");
    asking("test_streaming_elicitation", "{}", name("name"), "User response: ");
    asking(
        "test_elicitation_sep1034_defaults",
        "{}",
        """
        {'type':'object','properties':{'name':{'type':'string','default':'John Doe'},
         'age':{'type':'integer','default':30},'score':{'type':'number','default':95.5},
         'status':{'type':'string','enum':['active','inactive','pending'],'default':'active'},
         'verified':{'type':'boolean','default':true}}}
        """,
        "Elicitation completed: ");
    asking(
        "test_elicitation_sep1330_enums",
        "{}",
        """
        {'type':'object','properties':{
         'untitledSingle':{'type':'string','enum':['option1','option2','option3']},
         'titledSingle':{'type':'string','oneOf':[{'const':'value1','title':'First Option'},
          {'const':'value2','title':'Second Option'},{'const':'value3','title':'Third Option'}]},
         'legacyEnum':{'type':'string','enum':['opt1','opt2','opt3'],
          'enumNames':['Option One','Option Two','Option Three']},
         'untitledMulti':{'type':'array','items':{'type':'string',
          'enum':['option1','option2','option3']}},
         'titledMulti':{'type':'array','items':{'anyOf':[{'const':'value1','title':'First Choice'},
          {'const':'value2','title':'Second Choice'},{'const':'value3','title':'Third Choice'}]}}}}
        """,
        "Elicitation completed: ");
    tool(
        "test_sampling",
        "{'prompt':{'type':'string'}}",
        call ->
            call.sampled("model")
                .map(given -> ServerAnswer.text("LLM response: " + said(given)))
                .orElseGet(
                    () -> wants("model", sample(call.arguments().text("prompt").orElse("")))));
    tool("test_missing_capability", _ -> wants("model", sample("Anything")));
  }

  private static String name(String field) {
    return "{'type':'object','properties':{'%s':{'type':'string'}},'required':['%s']}"
        .formatted(field, field);
  }

  private static Wish ask(String words, String field) {
    return Wish.elicit(words, json(name(field)));
  }

  private static String content(Node elicited, String field) {
    return elicited.get("content").flatMap(content -> content.scalar(field)).orElse("nobody");
  }

  private void inputTools() {
    tool(
        "test_input_required_result_elicitation",
        call ->
            call.elicited("user_name")
                .map(given -> ServerAnswer.text("Hello, " + content(given, "name") + "!"))
                .orElseGet(() -> wants("user_name", ask("What is your name?", "name"))));
    tool(
        "test_input_required_result_sampling",
        call ->
            call.sampled("capital_question")
                .map(given -> ServerAnswer.text(said(given)))
                .orElseGet(
                    () -> wants("capital_question", sample("What is the capital of France?"))));
    tool(
        "test_input_required_result_list_roots",
        call ->
            call.roots("client_roots")
                .map(given -> ServerAnswer.text("Roots: " + JsonText.of(given)))
                .orElseGet(() -> wants("client_roots", Wish.roots())));
    for (String name :
        List.of(
            "test_input_required_result_request_state",
            "test_input_required_result_tampered_state")) {
      tool(
          name,
          call ->
              call.elicited("confirm").isPresent() && call.state().equals("asked")
                  ? ServerAnswer.text("state-ok")
                  : new ServerAnswer.Wants(
                      Map.of("confirm", ask("Please confirm", "ok")), "asked"));
    }
    tool("test_input_required_result_multiple_inputs", EverythingServer::many);
    tool("test_input_required_result_multi_round", EverythingServer::rounds);
    tool(
        "test_input_required_result_capabilities",
        call -> {
          Map<String, Wish> wishes = new LinkedHashMap<>();
          if (call.caller().can("elicitation")) {
            wishes.put("user_name", ask("What is your name?", "name"));
          }
          if (call.caller().can("sampling")) {
            wishes.put("greeting", sample("Generate a greeting"));
          }
          return new ServerAnswer.Wants(wishes, "");
        });
  }

  private static ServerAnswer many(ServerCall call) {
    Optional<Node> person = call.elicited("user_name");
    if (person.isPresent()
        && call.sampled("greeting").isPresent()
        && call.roots("client_roots").isPresent()) {
      return ServerAnswer.text("Hello, " + content(person.get(), "name"));
    }
    Map<String, Wish> wishes = new LinkedHashMap<>();
    wishes.put("user_name", ask("What is your name?", "name"));
    wishes.put("greeting", sample("Generate a greeting"));
    wishes.put("client_roots", Wish.roots());
    return new ServerAnswer.Wants(wishes, "asked");
  }

  private static ServerAnswer rounds(ServerCall call) {
    if (call.state().startsWith("2 ") && call.elicited("step2").isPresent()) {
      return ServerAnswer.text(
          call.state().substring(2) + " likes " + content(call.elicited("step2").get(), "color"));
    }
    return call.state().equals("1") && call.elicited("step1").isPresent()
        ? new ServerAnswer.Wants(
            Map.of("step2", ask("Step 2: What is your favorite color?", "color")),
            "2 " + content(call.elicited("step1").get(), "name"))
        : new ServerAnswer.Wants(Map.of("step1", ask("Step 1: What is your name?", "name")), "1");
  }

  private void resource(Kind kind, String uri, String about, ServerCode code) {
    String key = kind == Kind.TEMPLATE ? "uriTemplate" : "uri";
    catalogue.add(
        kind, new Item(uri, new Tree().and(key, uri).all(json(about).fields()).object(), code));
  }

  private static ServerAnswer contents(String of) {
    return new ServerAnswer.Complete(json("{'contents':[" + of + "]}"));
  }

  private void resources() {
    String text = "'name':'A text','description':'Never changes.','mimeType':'text/plain'";
    resource(
        Kind.RESOURCE,
        "test://static-text",
        "{" + text + "}",
        _ ->
            contents(
                "{'uri':'test://static-text','mimeType':'text/plain',"
                    + "'text':'This is the content of the static text resource.'}"));
    resource(
        Kind.RESOURCE,
        "test://static-binary",
        "{'name':'A picture','description':'Never changes.','mimeType':'image/png'}",
        _ ->
            contents("{'uri':'test://static-binary','mimeType':'image/png','blob':'" + PNG + "'}"));
    resource(
        Kind.RESOURCE,
        "test://watched-resource",
        "{" + text + "}",
        _ -> contents("{'uri':'test://watched-resource','mimeType':'text/plain','text':'x'}"));
    resource(
        Kind.TEMPLATE,
        "test://template/{id}/data",
        "{'name':'Many','description':'One for each id.','mimeType':'application/json'}",
        call -> {
          String uri = call.params().text("uri").orElse("");
          String id = uri.split("/", -1)[3];
          Node.Obj one =
              new Tree()
                  .and("uri", uri)
                  .and("mimeType", "application/json")
                  .and(
                      "text",
                      "{\"id\":\"%s\",\"templateTest\":true,\"data\":\"Data for ID: %s\"}"
                          .formatted(id, id))
                  .object();
          return new ServerAnswer.Complete(
              new Tree().and("contents", Tree.list(List.of(one))).object());
        });
  }

  private void prompt(String name, String arguments, ServerCode code) {
    catalogue.add(
        Kind.PROMPT,
        Item.tool(name, json("{'description':'A prompt.','arguments':[" + arguments + "]}"), code));
  }

  private static ServerAnswer messages(Node... contents) {
    List<Node.Obj> messages =
        java.util.stream.Stream.of(contents)
            .map(content -> new Tree().and("role", "user").and("content", content).object())
            .toList();
    return new ServerAnswer.Complete(new Tree().and("messages", Tree.list(messages)).object());
  }

  private static Node.Obj text(String words) {
    return new Tree().and("type", "text").and("text", words).object();
  }

  private static String argument(ServerCall call, String name) {
    return call.arguments().text(name).orElse("");
  }

  private void prompts() {
    prompt("test_simple_prompt", "", _ -> messages(text("This is a simple prompt for testing.")));
    prompt(
        "test_prompt_with_arguments",
        "{'name':'arg1','required':true},{'name':'arg2','required':true}",
        call ->
            messages(
                text(
                    "Prompt with arguments: arg1='%s', arg2='%s'"
                        .formatted(argument(call, "arg1"), argument(call, "arg2")))));
    prompt(
        "test_prompt_with_embedded_resource",
        "{'name':'resourceUri','required':true}",
        call ->
            messages(
                new Tree()
                    .and("type", "resource")
                    .and(
                        "resource",
                        new Tree()
                            .and("uri", argument(call, "resourceUri"))
                            .and("mimeType", "text/plain")
                            .and("text", "Embedded resource content for testing.")
                            .object())
                    .object(),
                text("Please process the embedded resource above.")));
    prompt(
        "test_prompt_with_image",
        "",
        _ ->
            messages(
                json("{'type':'image','data':'" + PNG + "','mimeType':'image/png'}"),
                text("Please analyze the image above.")));
    prompt(
        "test_input_required_result_prompt",
        "",
        call ->
            call.elicited("user_context")
                .map(given -> messages(text("Context: " + content(given, "context"))))
                .orElseGet(() ->
                    wants("user_context", ask("What context should the prompt use?", "context"))));
  }
}
