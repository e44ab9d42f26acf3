// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

/// Templates of URIs with names in braces, each for a piece without a slash.
final class Template {

  private Template() {}

  static boolean fits(String template, String uri) {
    int at = 0;
    int in = 0;
    while (at < template.length()) {
      if (template.charAt(at) != '{') {
        if (in >= uri.length() || uri.charAt(in) != template.charAt(at)) {
          return false;
        }
        at++;
        in++;
        continue;
      }
      int end = template.indexOf('}', at);
      if (end < 0) {
        return false;
      }
      at = end + 1;
      int stop = at < template.length() ? uri.indexOf(template.charAt(at), in) : uri.length();
      if (stop <= in || uri.substring(in, stop).indexOf('/') >= 0) {
        return false;
      }
      in = stop;
    }
    return in == uri.length();
  }
}
