package org.keptnative.api.auth;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Whom a request comes from, told from what a client merely claims. */
@ApplicationScoped
class ClientAddress {

    /** One client usually holds a whole network of this size. */
    private static final int IPV6_CLIENT_BYTES = 8;

    private final List<IpSubnetFilterRule> trusted;

    @Inject
    ClientAddress(AuthConfig config) {
        this(config.trustedProxies().orElse(List.of()));
    }

    ClientAddress(List<String> trustedProxies) {
        trusted = trustedProxies.stream().map(ClientAddress::network).toList();
    }

    String of(HttpServerRequest request) {
        return of(
                request.remoteAddress().hostAddress(),
                String.join(",", request.headers().getAll("X-Forwarded-For")));
    }

    /** The last address that no trusted proxy vouches for; every one before it may be invented. */
    String of(String peer, String forwardedFor) {
        InetAddress client = NetUtil.createInetAddressFromIpAddressString(peer);
        if (client == null) {
            return peer;
        }
        String[] hops = forwardedFor.split(",");
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress previous = NetUtil.createInetAddressFromIpAddressString(hops[i].strip());
            if (previous == null) {
                break;
            }
            client = previous;
        }
        return client instanceof Inet6Address
                ? Arrays.toString(Arrays.copyOf(client.getAddress(), IPV6_CLIENT_BYTES))
                : client.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, 0);
        return trusted.stream().anyMatch(network -> network.matches(socket));
    }

    private static IpSubnetFilterRule network(String cidr) {
        String[] parts = cidr.strip().split("/", 2);
        int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : parts[0].contains(":") ? 128 : 32;
        return new IpSubnetFilterRule(parts[0], bits, IpFilterRuleType.ACCEPT);
    }
}
