package dev.racker.harness.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection through a {@link Relay}, in the shape that OkHttp and the JDK's TLS want; timeouts are OkHttp's own. */
final class RelaySocket extends Socket {

    private final Relay relay;
    private SocketChannel channel;
    private InetSocketAddress target;
    private int timeout;
    private volatile boolean closed;

    RelaySocket(Relay relay) throws SocketException {
        super((SocketImpl) null); // none of the JDK's own, which would open a socket of this process's network
        this.relay = relay;
    }

    @Override
    public void connect(SocketAddress address, int milliseconds) throws IOException {
        target = (InetSocketAddress) address;
        channel = relay.connect(target.getAddress(), target.getPort(), Duration.ofMillis(milliseconds));
        if (closed) {
            channel.close();
        }
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
            }

            @Override
            public void close() throws IOException {
                RelaySocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                RelayProgram.writeFully(channel, ByteBuffer.wrap(bytes, offset, length));
            }

            @Override
            public void close() throws IOException {
                RelaySocket.this.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public boolean isOutputShutdown() {
        return false;
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isBound() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public InetAddress getInetAddress() {
        return target == null ? null : target.getAddress();
    }

    @Override
    public int getPort() {
        return target == null ? 0 : target.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return target;
    }

    @Override
    public InetAddress getLocalAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int getLocalPort() {
        return -1;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return null;
    }

    @Override
    public void setSoTimeout(int milliseconds) {
        timeout = milliseconds;
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        return; // a unix socket has nothing to delay
    }

    @Override
    public boolean getTcpNoDelay() {
        return true;
    }

    @Override
    public void setSoLinger(boolean on, int linger) {
        return; // nor to wait for
    }

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public String toString() {
        return "socket of a machine to " + target;
    }
}
