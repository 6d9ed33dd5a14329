package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsFixture.bound;
import static dev.aicore.discovery.config.settings.SettingsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundSettingsTest {

    @Test
    void defaults_areEmptyLists() {
        assertThat(SettingsBinder.defaults().get(OutboundSettings.class))
                .isEqualTo(new OutboundSettings(List.of(), List.of()));
    }

    @Test
    void commaSeparatedRanges_areBoundToLists() {
        assertThat(bound(
                        OutboundSettings.class,
                        Map.of("outbound.allow", "10.0.0.0/8, fd00::/8", "outbound.deny", "10.9.0.0/16")))
                .isEqualTo(new OutboundSettings(List.of("10.0.0.0/8", "fd00::/8"), List.of("10.9.0.0/16")));
    }

    @Test
    void yamlLists_areBoundToLists(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("lists.yaml"), """
                outbound:
                  allow:
                    - 10.0.0.0/8
                    - fd00::/8
                  deny: [10.9.0.0/16]
                """);
        var settingsBinder = SettingsBinder.with(Map.of(SettingsEnvironmentPostProcessor.CONFIG_FILE, file.toString()));
        assertThat(settingsBinder.get(OutboundSettings.class))
                .isEqualTo(new OutboundSettings(List.of("10.0.0.0/8", "fd00::/8"), List.of("10.9.0.0/16")));
    }

    @Test
    void invalidRange_isRefusedWithExpectedForm() {
        refused(
                OutboundSettings.class,
                "outbound.deny",
                "10.0.0.0/8,intranet",
                "outbound.deny is 'intranet', expected " + AddressRange.EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.1/8",
                "::/129",
                "fd00::1/8",
                "[fd00::]/8",
                "fe80::%1/64",
                "10.0.0/8",
                "host/8",
                "::ffff:10.0.0.0/104"
            })
    void addressRange_malformed_isNotParsed(String text) {
        assertThat(AddressRange.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.64.0.0/10, 10.127.1.1, true",
        "10.64.0.0/10, 10.128.0.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "fe80::/10, febf:ffff::1, true",
        "fe80::/10, fec0::, false",
        "::/0, 2001:db8::1, true"
    })
    void addressRange_containsAddressesWithSamePrefix(String range, String address, boolean contained)
            throws UnknownHostException {
        assertThat(AddressRange.of(range).contains(InetAddress.getByName(address)))
                .isEqualTo(contained);
    }
}
