// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// A server on loopback that answers every connection with the bytes a test wants.
public final class ScriptedServer implements AutoCloseable {

  /// Writes what a connection gets to see; the connection is closed when it returns.
  public interface Script {
    void answer(String request, OutputStream out) throws Exception;
  }

  private final ServerSocket listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private final Lasting lasting;
  private volatile Runnable end = () -> {};
  private final AtomicInteger connections = new AtomicInteger();

  /// How many requests a connection carries.
  public enum Lasting {
    ONE,
    MANY
  }

  private ScriptedServer(ServerSocket listening, Script script) {
    this(listening, script, Lasting.ONE);
  }

  private ScriptedServer(ServerSocket listening, Script script, Lasting lasting) {
    this.listening = listening;
    this.lasting = lasting;
    Thread.ofVirtual().start(() -> accept(script));
  }

  public static ScriptedServer plain(Script script) {
    try {
      return new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Returns a server that takes one request after the other from a connection, until the script
  /// fails.
  public static ScriptedServer keeping(Script script) {
    try {
      return new ScriptedServer(
          new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script, Lasting.MANY);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public static ScriptedServer tls(SSLContext context, Script script) {
    return tls(context, script, Lasting.ONE);
  }

  static ScriptedServer tls(SSLContext context, Script script, Lasting lasting) {
    try {
      return new ScriptedServer(
          context
              .getServerSocketFactory()
              .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
          script,
          lasting);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Returns a script that sends `answer` as it is, lines separated by `\n` made ready for HTTP.
  public static Script says(String answer) {
    return (_, out) -> out.write(answer.replace("\n", "\r\n").getBytes(ISO_8859_1));
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// Returns what was asked so far, header and body.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /// Does `what` when a connection ended.
  void onEnd(Runnable what) {
    end = what;
  }

  /// Returns how many connections were opened so far.
  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void accept(Script script) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, script));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      do {
        String request = read(socket.getInputStream());
        requests.add(request);
        script.answer(request, socket.getOutputStream());
        socket.getOutputStream().flush();
      } while (lasting == Lasting.MANY);
    } catch (Exception e) {
      // The client went away, which several tests want.
    } finally {
      end.run();
    }
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client went away");
      }
      bytes.write(next);
    }
    String header = bytes.toString(ISO_8859_1);
    int at = header.indexOf("Content-Length: ");
    if (at >= 0) {
      int length = Integer.parseInt(header.substring(at + 16, header.indexOf('\r', at)));
      bytes.write(in.readNBytes(length));
    }
    return bytes.toString(ISO_8859_1);
  }
}
