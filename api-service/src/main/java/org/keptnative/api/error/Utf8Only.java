package org.keptnative.api.error;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;

import java.io.IOException;
import java.io.PushbackInputStream;

/** JSON is UTF-8 (RFC 8259); the parser would guess other encodings from the first bytes. */
@Provider
class Utf8Only implements ReaderInterceptor {

    private static final int FIRST = 2;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        PushbackInputStream body = new PushbackInputStream(context.getInputStream(), FIRST);
        byte[] start = body.readNBytes(FIRST);
        body.unread(start);
        if (isOtherEncoding(start)) {
            throw ApiException.badRequest("the body must be JSON in UTF-8");
        }
        context.setInputStream(body);
        return context.proceed();
    }

    /** JSON begins with ASCII: in UTF-16 and UTF-32 one of the first two bytes is zero, or they are a byte order mark. */
    private static boolean isOtherEncoding(byte[] start) {
        return start.length > 1
                && (start[0] == 0 || start[1] == 0 || (start[0] & 0xFF) == 0xFE || (start[0] & 0xFF) == 0xFF);
    }
}
