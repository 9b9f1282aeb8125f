package org.keptnative.configuration.upstream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UpstreamHostsTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,                 , true,  false",
        "localhost,                 , true,  false",
        "169.254.169.254,           , true,  false",
        "[fe80::1],                 , true,  false",
        "0.0.0.0,                   , true,  false",
        "10.1.2.3,                  , true,  true",
        "127.0.0.1,                 , false, true",
        "127.0.0.1,        127.0.0.1, true,  true",
        "git.example.org, example.org, true, true",
        "GIT.example.org, .example.org, true, true",
        "example.org.evil, example.org, false, false",
        "notexample.org,  example.org, false, false",
    })
    void only_what_is_allowed_is_reached(String host, String list, boolean inCluster, boolean allowed) {
        UpstreamHosts hosts = new UpstreamHosts(list == null ? List.of() : List.of(list), inCluster);

        if (allowed) {
            assertThatCode(() -> hosts.check(host, true)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> hosts.check(host, true)).isInstanceOf(IOException.class);
        }
    }
}
