package dev.aicore.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.128.0/17, 10.1.129.4, true",
        "10.1.128.0/17, 10.1.127.4, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.6, false",
        "fd00::/8, fd12::1, true",
        "fd00::/8, 10.0.0.1, false",
        "0.0.0.0/0, 203.0.113.9, true"
    })
    void address_inOrOutsideOfTheRange_isDistinguished(String range, String address, boolean contained)
            throws UnknownHostException {
        assertThat(NetworkRange.parse(range).contains(InetAddress.getByName(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "example.org/8", "", "fd00::/129"})
    void range_malformed_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NetworkRange.parse(text));
    }

    @Test
    void preferredNetworks_inTheirOrder_selectAnAddress() throws UnknownHostException {
        var bridge = InetAddress.getByName("172.17.0.1");
        var office = InetAddress.getByName("10.4.5.6");
        assertThat(AdvertisedAddress.inPreferred(
                        List.of(NetworkRange.parse("10.0.0.0/8"), NetworkRange.parse("172.16.0.0/12")),
                        List.of(bridge, office)))
                .contains(office);
        assertThat(AdvertisedAddress.inPreferred(
                        List.of(NetworkRange.parse("192.168.0.0/16")), List.of(bridge, office)))
                .isEmpty();
    }

    @Test
    void address_ofALocalRegistry_isLoopback() {
        assertThat(AdvertisedAddress.choose(List.of(URI.create("http://127.0.0.1:8080")), List.of()))
                .isEqualTo("127.0.0.1");
    }
}
