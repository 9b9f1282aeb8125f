package org.keptnative.configuration.transport;

import java.io.IOException;

/** There is nobody to answer any more. */
final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1;

    ClientGoneException(String why) {
        super("the client is gone: " + why);
    }
}
