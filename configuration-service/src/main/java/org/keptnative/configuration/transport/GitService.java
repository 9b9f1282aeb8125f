package org.keptnative.configuration.transport;

/** What a client of Git asks for. Format: gitprotocol-http(5). */
enum GitService {
    UPLOAD_PACK("git-upload-pack"),
    RECEIVE_PACK("git-receive-pack");

    private final String command;

    GitService(String command) {
        this.command = command;
    }

    /** @return null when there is none of that name */
    static GitService of(String command) {
        for (GitService service : values()) {
            if (service.command.equals(command)) {
                return service;
            }
        }
        return null;
    }

    String command() {
        return command;
    }

    /** @param what {@code advertisement}, {@code request} or {@code result} */
    String mediaType(String what) {
        return "application/x-" + command + "-" + what;
    }
}
