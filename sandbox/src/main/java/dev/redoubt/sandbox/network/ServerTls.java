// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// TLS as its server, on a connection that is there already.
public final class ServerTls {

  private ServerTls() {}

  /// Returns what is inside the TLS of `raw`; closing it closes `raw`. TLS 1.2 or newer, HTTP/1.1.
  ///
  /// @param incoming everything that comes from the other side, the first greeting included
  /// @throws IOException if there was no agreement; whoever asked still closes `raw`
  public static Connection over(Connection raw, InputStream incoming, SSLContext context)
      throws IOException {
    Socket outside = new Outside(raw, incoming);
    SSLSocket inside =
        (SSLSocket) context.getSocketFactory().createSocket(outside, "client", 0, true);
    inside.setUseClientMode(false);
    SSLParameters parameters = inside.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    inside.setSSLParameters(parameters);
    inside.startHandshake();
    return Connection.of(inside);
  }

  /// What the JDK's TLS stands on: a socket that only has two streams.
  private static final class Outside extends Socket {

    private final Connection raw;
    private final InputStream incoming;
    private volatile boolean closed;

    Outside(Connection raw, InputStream incoming) {
      this.raw = raw;
      this.incoming = incoming;
    }

    @Override
    public InputStream getInputStream() {
      return incoming;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return raw.output();
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public void shutdownInput() {
      // There is nobody to tell: what comes in ends with the connection.
    }

    @Override
    public void shutdownOutput() throws IOException {
      raw.finish();
    }

    @Override
    public void setSoTimeout(int timeout) {
      // Whoever owns the connection below watches its time.
    }

    @Override
    public int getSoTimeout() {
      return 0;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
      // The connection below has its own settings.
    }

    @Override
    public void setSoLinger(boolean on, int linger) {
      // The connection below has its own settings.
    }

    @Override
    public int getSoLinger() {
      return -1;
    }

    @Override
    public void close() throws IOException {
      closed = true;
      raw.close();
    }
  }
}
