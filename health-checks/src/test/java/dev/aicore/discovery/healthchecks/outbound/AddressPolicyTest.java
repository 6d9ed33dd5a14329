package dev.aicore.discovery.healthchecks.outbound;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.OutboundSettings;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final List<String> ALWAYS_DENIED = List.of(
            "0.0.0.0",
            "0.255.255.255",
            "169.254.0.0",
            "169.254.255.255",
            "169.254.169.254",
            "100.100.100.200",
            "224.0.0.0",
            "239.255.255.255",
            "255.255.255.255");

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, METADATA",
        "fd00:ec2::254, METADATA",
        "fd00:c1::a9fe:a9fe, METADATA",
        "fd00:100::100:200, METADATA",
        "fd00:a9fe:a9fe::1, METADATA",
        "100.100.100.200, METADATA",
        "168.63.129.16, METADATA",
        "0.0.0.0, UNSPECIFIED",
        "0.0.0.1, UNSPECIFIED",
        "::, UNSPECIFIED",
        "169.254.0.1, LINK_LOCAL",
        "fe80::1, LINK_LOCAL",
        "febf:ffff::, LINK_LOCAL",
        "224.0.0.1, MULTICAST",
        "239.1.1.1, MULTICAST",
        "ff05::1, MULTICAST",
        "255.255.255.255, BROADCAST"
    })
    void specialAddresses_areAlwaysDenied(String address, DenialReason denialReason) {
        assertThat(TestPolicies.development().denial(address(address), 80)).isEqualTo(denialReason);
        assertThat(TestPolicies.allowing("0.0.0.0/0", "::/0").denial(address(address), 80))
                .isEqualTo(denialReason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0", "10.0.0.1", "169.253.255.255", "169.255.0.0", "172.16.0.1", "192.168.1.100",
                        "223.255.255.255",
                "100.100.100.199", "255.255.255.254", "2001:db8::1", "fd00:ec3::254", "fec0::1", "fe7f::1",
                        "2002:a00:1::1",
                "64:ff9b::a00:1", "64:ff9b:1::a00:1", "64:ff9b:1:a00:0:100::"
            })
    void ordinaryAddresses_arePermitted(String address) {
        assertThat(TestPolicies.production().denial(address(address), 80)).isNull();
    }

    @Test
    void deniedIpv4Address_inAnySpelling_isDenied() {
        for (var denied : ALWAYS_DENIED) {
            var hex = HexFormat.of().formatHex(address(denied).getAddress());
            for (var spelling : spellings(hex)) {
                assertThat(TestPolicies.development().denial(spelling, 80))
                        .as("%s as %s", denied, NetUtil.toAddressString(spelling))
                        .isNotNull();
            }
        }
    }

    @Test
    void addressSpelling_hasDenialReasonOfAddress() {
        for (var spelling : spellings("0a090001")) {
            assertThat(TestPolicies.denying("10.9.0.0/16").denial(spelling, 80)).isEqualTo(DenialReason.DENIED_RANGE);
        }
        for (var spelling : spellings("7f000001")) {
            assertThat(TestPolicies.production().denial(spelling, 80)).isEqualTo(DenialReason.LOOPBACK);
        }
    }

    @Test
    void loopback_isPermittedOnlyInDevelopment() {
        for (var loopback : List.of("127.0.0.1", "127.9.9.9", "::1")) {
            assertThat(TestPolicies.development().denial(address(loopback), 80)).isNull();
            assertThat(TestPolicies.production().denial(address(loopback), 80)).isEqualTo(DenialReason.LOOPBACK);
        }
        var allowed = new AddressPolicy(
                new OutboundSettings(List.of("127.0.0.0/8"), List.of()), false, TestPolicies.noneOwn());
        assertThat(allowed.denial(address("127.0.0.1"), 80)).isEqualTo(DenialReason.LOOPBACK);
    }

    @Test
    void deniedRange_overridesAllowedRange() {
        var policy = new AddressPolicy(
                new OutboundSettings(List.of("10.0.0.0/8"), List.of("10.9.0.0/16")), false, TestPolicies.noneOwn());
        assertThat(policy.denial(address("10.1.0.1"), 80)).isNull();
        assertThat(policy.denial(address("10.9.0.1"), 80)).isEqualTo(DenialReason.DENIED_RANGE);
        assertThat(policy.denial(address("11.0.0.1"), 80)).isEqualTo(DenialReason.NOT_ALLOWED);
        assertThat(policy.denial(address("64:ff9b::a01:1"), 80)).isEqualTo(DenialReason.NOT_ALLOWED);
    }

    @Test
    void ownEndpoints_areDenied() {
        var deniedRegistryEndpoints =
                new DeniedRegistryEndpoints(List.of(address("192.0.2.1")), InetAddress::getAllByName);
        var policy = new AddressPolicy(new OutboundSettings(List.of(), List.of()), true, deniedRegistryEndpoints);
        assertThat(policy.denial(address("127.0.0.1"), 5432)).isNull();
        deniedRegistryEndpoints.addHere(5432).add(address("192.0.2.99"), 6379);
        for (var here : List.of("127.0.0.1", "127.3.3.3", "::1", "192.0.2.1", "64:ff9b::7f00:1")) {
            assertThat(policy.denial(address(here), 5432)).as(here).isEqualTo(DenialReason.OWN_ENDPOINT);
            assertThat(policy.denial(address(here), 5433)).as(here).isNull();
        }
        assertThat(policy.denial(address("192.0.2.99"), 6379)).isEqualTo(DenialReason.OWN_ENDPOINT);
        assertThat(policy.denial(address("192.0.2.99"), 6380)).isNull();
        assertThat(policy.denial(address("::ffff:0:c000:263"), 6379)).isEqualTo(DenialReason.OWN_ENDPOINT);
    }

    @Test
    void localStore_isDeniedAtEachLocalAddress() {
        var deniedRegistryEndpoints = new DeniedRegistryEndpoints(
                        List.of(address("192.0.2.1")), InetAddress::getAllByName)
                .add(address("192.0.2.1"), 5432);
        var policy = new AddressPolicy(new OutboundSettings(List.of(), List.of()), true, deniedRegistryEndpoints);
        assertThat(policy.denial(address("127.0.0.1"), 5432)).isEqualTo(DenialReason.OWN_ENDPOINT);
    }

    @Test
    void localAddresses_includeLoopback() {
        assertThat(DeniedRegistryEndpoints.ofThisMachine().addHere(1).contains(InetAddress.getLoopbackAddress(), 1))
                .isTrue();
    }

    @Test
    void randomDeniedAddress_inAnySpelling_isDenied() {
        var random = new Random(20_261_125);
        var policy = TestPolicies.denying("64.0.0.0/2");
        for (int i = 0; i < 10_000; i++) {
            var bytes = new byte[4];
            random.nextBytes(bytes);
            var plain = policy.denial(raw(bytes), 80);
            for (var spelling : spellings(HexFormat.of().formatHex(bytes))) {
                // An embedding IPv6 address may be denied for more reasons, never for fewer.
                if (plain != null) {
                    assertThat(policy.denial(spelling, 80)).isNotNull();
                }
            }
        }
    }

    private static List<InetAddress> spellings(String hex) {
        var inverted = new StringBuilder();
        for (byte one : HexFormat.of().parseHex(hex)) {
            inverted.append(HexFormat.of().toHexDigits((byte) ~one));
        }
        return List.of(
                ipv6("00000000000000000000ffff" + hex),
                ipv6("000000000000000000000000" + hex),
                ipv6("0000000000000000ffff0000" + hex),
                ipv6("2002" + hex + "00000000000000000001"),
                ipv6("0064ff9b0000000000000000" + hex),
                ipv6("0064ff9b0001" + hex.substring(0, 4) + "00" + hex.substring(4) + "0000000001"),
                ipv6("0064ff9b0001000000000000" + hex),
                ipv6("20010000" + hex + "0000000000000000"),
                ipv6("200100000808080800000000" + inverted),
                ipv6("20010db80000000000005efe" + hex),
                ipv6("20010db80000000002005efe" + hex));
    }

    /** Creates an IPv6 address even of a mapped address, which the platform would convert to IPv4. */
    private static InetAddress ipv6(String hex) {
        try {
            return Inet6Address.getByAddress(null, HexFormat.of().parseHex(hex), -1);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress raw(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static InetAddress address(String literal) {
        return raw(requireNonNull(NetUtil.createByteArrayFromIpAddressString(literal)));
    }
}
