package org.keptnative.configuration.upstream;

import org.keptnative.configuration.git.GitException;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a project is shared, and as whom.
 *
 * @param remoteURI http or https URL without credentials
 * @param token never leaves the service but for the Git server itself
 */
public record Upstream(String user, String token, String remoteURI) {

    private static final int MAX_PORT = 65_535;

    /**
     * @throws GitException when the URL is none of http or https; a user in it is dropped, the other one counts
     */
    public static Upstream of(String user, String token, String remoteURI) {
        try {
            URI uri = new URI(remoteURI.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            boolean port = uri.getPort() == -1 || uri.getPort() > 0 && uri.getPort() <= MAX_PORT;
            if (http && port && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                URI bare = new URI(scheme, null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
                return new Upstream(user, token, bare.toString());
            }
        } catch (URISyntaxException e) {
            // refused below; the exception would quote the URL, which may contain a token
        }
        throw GitException.invalid("gitRemoteURI must be a http or https URL");
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Upstream[" + remoteURI + "]";
    }
}
