package org.keptnative.api.auth;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whom a request comes from: the gateway decides that and says so in {@code X-Real-IP}; without one it is the peer. */
final class ClientAddress {

    /** One client usually holds a whole network of this size. */
    private static final int IPV6_CLIENT_BYTES = 8;

    private ClientAddress() {}

    static String of(HttpServerRequest request) {
        return of(request.remoteAddress().hostAddress(), request.getHeader("X-Real-IP"));
    }

    /** @param realIp null if the gateway said nothing */
    static String of(String peer, String realIp) {
        InetAddress client = realIp == null ? null : NetUtil.createInetAddressFromIpAddressString(realIp.strip());
        if (client == null) {
            client = NetUtil.createInetAddressFromIpAddressString(peer);
        }
        if (client == null) {
            return peer;
        }
        return client instanceof Inet6Address ? network(client) : client.getHostAddress();
    }

    private static String network(InetAddress address) {
        try {
            byte[] prefix = Arrays.copyOf(address.getAddress(), IPV6_CLIENT_BYTES);
            return InetAddress.getByAddress(Arrays.copyOf(prefix, address.getAddress().length))
                            .getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
