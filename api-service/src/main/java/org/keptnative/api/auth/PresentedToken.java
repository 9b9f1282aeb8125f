package org.keptnative.api.auth;

import io.vertx.core.http.HttpServerRequest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The token that a request comes with. */
final class PresentedToken {

    private static final String BASIC = "basic ";

    private PresentedToken() {}

    /** @return empty when there is none */
    static String of(HttpServerRequest request) {
        String token = request.getHeader("x-token");
        return token == null ? "" : token;
    }

    /** For clients that know a user and a password alone, such as Git: the password is the token. */
    static String orPassword(HttpServerRequest request) {
        String token = of(request);
        return token.isEmpty() ? password(request.getHeader("Authorization")) : token;
    }

    static String password(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            byte[] credentials = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String userAndPassword = new String(credentials, StandardCharsets.ISO_8859_1);
            return userAndPassword.substring(userAndPassword.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
