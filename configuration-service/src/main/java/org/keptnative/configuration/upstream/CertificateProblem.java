package org.keptnative.configuration.upstream;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;

/** Says for people what is wrong with the certificate of a server. */
final class CertificateProblem {

    private CertificateProblem() {}

    /** Nothing, when a failure has another reason. */
    static Optional<String> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> problem(cause).stream())
                .findFirst();
    }

    private static Optional<String> problem(Throwable cause) {
        if (cause instanceof CertificateExpiredException) {
            return Optional.of("the certificate of the server has expired");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return Optional.of("the certificate of the server is not valid yet");
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateException
                && (message.startsWith("No subject alternative") || message.startsWith("No name matching"))) {
            return Optional.of("the certificate of the server is for another name");
        }
        if (cause instanceof CertPathBuilderException) {
            return Optional.of("the certificate of the server is not trusted; UPSTREAM_CA_FILE can name its authority");
        }
        return Optional.empty();
    }
}
