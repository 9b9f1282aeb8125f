package org.keptnative.configuration.upstream;

import org.eclipse.jgit.transport.http.JDKHttpConnection;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.URL;

/** One exchange with a Git server, within the time for all of them. */
final class LimitedConnection extends JDKHttpConnection {

    private final TimeLimit limit;

    LimitedConnection(URL url, Proxy proxy, TimeLimit limit) throws IOException {
        super(limit.limited(url), proxy);
        this.limit = limit;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                limit.moved(1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                limit.moved(read);
                return read;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int piece) throws IOException {
                out.write(piece);
                limit.moved(1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                limit.moved(length);
            }
        };
    }
}
