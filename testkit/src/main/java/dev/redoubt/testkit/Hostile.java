// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Inputs that every parser of foreign files must survive: each ends in a clear refusal or an empty
/// result, soon, and never in a hang, an exhausted heap or an error of the virtual machine.
public final class Hostile {

  private Hostile() {}

  /// Returns the inputs by the name a failing test should show.
  public static Map<String, byte[]> inputs() {
    Map<String, byte[]> inputs = new LinkedHashMap<>();
    inputs.put("empty", new byte[0]);
    inputs.put("white space", utf8(" \n\t\r\n "));
    inputs.put("one zero byte", new byte[] {0});
    inputs.put("zero bytes", new byte[4096]);
    inputs.put("random bytes", randomBytes());
    inputs.put("UTF-16 without a mark", "{\"name\": \"x\"}".getBytes(StandardCharsets.UTF_16LE));
    inputs.put("UTF-16 with a mark", "{\"name\": \"x\"}".getBytes(StandardCharsets.UTF_16));
    inputs.put("invalid UTF-8", new byte[] {'{', '"', (byte) 0xC3, '(', '"', '}'});
    inputs.put("byte order mark alone", new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    inputs.put("JSON null", utf8("null"));
    inputs.put("JSON list", utf8("[1, \"two\", [3], {}]"));
    inputs.put("JSON number", utf8("1e400"));
    inputs.put("cut JSON", utf8("{\"packages\": {\"node_modules/a\": {\"version\": \"1."));
    inputs.put("open brackets", utf8("[".repeat(1 << 20)));
    inputs.put("open braces", utf8("{\"a\":".repeat(1 << 18)));
    inputs.put("open parentheses", utf8("(".repeat(1 << 20)));
    inputs.put("open YAML flow", utf8("a: " + "[".repeat(1 << 18)));
    inputs.put("YAML indentation", yamlStairs());
    inputs.put("TOML arrays", utf8("a = " + "[".repeat(1 << 16)));
    inputs.put("billion laughs in YAML", utf8(yamlLaughs()));
    inputs.put("billion laughs in XML", utf8(xmlLaughs()));
    inputs.put("external entity in XML", utf8(externalEntity()));
    inputs.put("open XML elements", utf8("<a>".repeat(1 << 18)));
    inputs.put("one long line", utf8("a".repeat(1 << 20)));
    inputs.put("long run of digits", utf8("1".repeat(1 << 18)));
    inputs.put("many backslashes", utf8("\"" + "\\".repeat(1 << 18)));
    inputs.put("terminal escapes", utf8("\u001b]0;owned\u0007\u001b[31m{\"name\":\"\u001b[2J\"}"));
    return inputs;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[1 << 16];
    long state = 0x9E3779B97F4A7C15L;
    for (int i = 0; i < bytes.length; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      bytes[i] = (byte) state;
    }
    return bytes;
  }

  private static byte[] yamlStairs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int level = 0; level < 2000; level++) {
      out.writeBytes(utf8(" ".repeat(level) + "a:\n"));
    }
    return out.toByteArray();
  }

  private static String yamlLaughs() {
    StringBuilder yaml =
        new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
    }
    return yaml.toString();
  }

  private static String xmlLaughs() {
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n<!ENTITY a0 \"lol\">\n");
    for (int i = 1; i < 12; i++) {
      xml.append("<!ENTITY a%d \"%s\">\n".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
    }
    return xml.append("]>\n<project>&a11;</project>\n").toString();
  }

  private static String externalEntity() {
    return "<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
        + "<project><version>&x;</version></project>";
  }
}
