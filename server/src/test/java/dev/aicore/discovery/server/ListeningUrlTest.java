package dev.aicore.discovery.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningUrlTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, http://0.0.0.0:80, http://127.0.0.1:80",
        "::, http://[::]:80, http://[::1]:80",
        "::1, http://[::1]:80, http://[::1]:80",
        "10.0.0.1, http://10.0.0.1:80, http://10.0.0.1:80",
        "registry.example.org, http://registry.example.org:80, http://registry.example.org:80"
    })
    void localUrl_ofWildcardAddress_usesLoopback(String host, String url, String local) {
        var listening = new ListeningUrl("http", host, 80);
        assertThat(listening).hasToString(url);
        assertThat(listening.local()).hasToString(local);
    }
}
