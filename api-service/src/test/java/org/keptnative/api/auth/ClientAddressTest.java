package org.keptnative.api.auth;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,198.51.100.1,198.51.100.1",
        "203.0.113.7,' 198.51.100.1 ',198.51.100.1",
        "203.0.113.7,,203.0.113.7",
        "203.0.113.7,'',203.0.113.7",
        "203.0.113.7,nonsense,203.0.113.7",
        "203.0.113.7,'198.51.100.1, 10.0.0.1',203.0.113.7",
        "203.0.113.7,::ffff:198.51.100.1,198.51.100.1",
        "10.0.0.1,2001:db8:1:2::1,2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2:ffff::9,,2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::1,,2001:db8:1:3:0:0:0:0/64",
    })
    void the_gateway_says_who_the_client_is(String peer, String realIp, String client) {
        assertThat(ClientAddress.of(peer, realIp)).isEqualTo(client);
    }
}
