package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.AddressRange;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedAddressResolverTest {

    private final ForwardedAddressResolver proxies =
            new ForwardedAddressResolver(List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("fd00::/8")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7|203.0.113.7",
                "127.0.0.1, 203.0.113.7|203.0.113.7",
                "127.0.0.1,203.0.113.7 ,10.9.9.9, fd00::9|203.0.113.7",
                "2001:db8::7|2001:db8::7",
                "10.7.7.7|10.7.7.7",
                "10.7.7.7, 10.8.8.8|10.7.7.7",
                "203.0.113.7, unknown|10.1.1.1",
                "203.0.113.7, unknown, 10.9.9.9|10.9.9.9",
                "203.0.113.7:4711|203.0.113.7",
                "[2001:db8::7]:4711|2001:db8::7",
                "[2001:db8::7]|2001:db8::7",
                "203.0.113.7:4711, [fd00::9]:80, 10.9.9.9:1|203.0.113.7",
                "2001:db8::7:4711|2001:db8::7:4711",
                "203.0.113.7:|10.1.1.1",
                "203.0.113.7:x|10.1.1.1",
                "[2001:db8::7]4711|10.1.1.1",
                "[203.0.113.7|10.1.1.1",
                "''|10.1.1.1",
                ",|10.1.1.1"
            })
    void callerAddress_isLastNonProxyAddress(String told, String caller) throws Exception {
        assertThat(proxies.caller(InetAddress.ofLiteral("10.1.1.1"), told)).isEqualTo(InetAddress.ofLiteral(caller));
    }

    @Test
    void forwardedHeader_ofUntrustedPeer_isIgnored() throws Exception {
        assertThat(proxies.caller(InetAddress.ofLiteral("192.0.2.1"), "127.0.0.1"))
                .isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        assertThat(request.headers().getAll("X-Forwarded-For")).isEmpty();
    }
}
