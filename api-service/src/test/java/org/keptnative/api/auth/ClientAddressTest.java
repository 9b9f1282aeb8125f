package org.keptnative.api.auth;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAddressTest {

    private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.0/8", "127.0.0.1", "fd00::/8"));

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,'',203.0.113.7",
        "203.0.113.7,198.51.100.1,203.0.113.7", // not trusted: what it says may be invented
        "10.1.2.3,198.51.100.1,198.51.100.1",
        "10.1.2.3,'1.1.1.1, 198.51.100.1',198.51.100.1", // the first one comes from the client itself
        "127.0.0.1,'198.51.100.1 , 10.4.4.4',198.51.100.1",
        "10.1.2.3,10.9.9.9,10.9.9.9",
        "10.1.2.3,'',10.1.2.3",
        "10.1.2.3,nonsense,10.1.2.3",
        "10.1.2.3,'198.51.100.1,nonsense',10.1.2.3",
        "fd00::1,198.51.100.1,198.51.100.1",
    })
    void only_a_trusted_peer_is_believed(String peer, String forwardedFor, String client) {
        assertThat(addresses.of(peer, forwardedFor)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1,2001:db8:1:2:ffff::9,true", "2001:db8:1:2::1,2001:db8:1:3::1,false"})
    void a_network_of_ipv6_is_one_client(String some, String other, boolean same) {
        assertThat(addresses.of(some, "").equals(addresses.of(other, ""))).isEqualTo(same);
    }
}
