package dev.aicore.discovery.dialect.dns;

import static dev.aicore.discovery.dialect.dns.ZoneFixture.answers;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.data;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.query;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.queryWithEdns;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sizes of answers, truncation, and EDNS. */
class DnsSizesTest {

    private final ZoneFixture zone = new ZoneFixture().withMany("web", 60);

    @Test
    void udpAnswer_withoutEdns_hasAsManyRecordsAsFitIn512Bytes() {
        var wire = wire(query("web.service.consul", Type.A), true);
        var answer = ZoneFixture.parse(wire);

        assertThat(wire).hasSizeLessThanOrEqualTo(512).hasSizeGreaterThan(512 - 16);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answers(answer)).hasSize(29).doesNotHaveDuplicates();
        assertThat(answer.getOPT()).isNull();
    }

    @Test
    void udpAnswer_withEdns_isLimitedByClient() {
        var answer = wire(queryWithEdns("web.service.consul", Type.SRV, 1_232), true);

        assertThat(answer).hasSizeLessThanOrEqualTo(1_232).hasSizeGreaterThan(1_150);
        assertThat(ZoneFixture.parse(answer).getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(Objects.requireNonNull(ZoneFixture.parse(answer).getOPT()).getPayloadSize())
                .isEqualTo(ZoneFixture.MAX_UDP_BYTES);
    }

    @Test
    void udpAnswer_withEdnsBelow512_has512Bytes() {
        assertThat(wire(queryWithEdns("web.service.consul", Type.A, 100), true))
                .hasSizeLessThanOrEqualTo(512)
                .hasSizeGreaterThan(480);
    }

    @Test
    void udpAnswer_withEdnsAboveServersLimit_isLimitedByServer() {
        zone.withMany("large", 1_000);

        assertThat(wire(queryWithEdns("large.service.consul", Type.A, 65_535), true))
                .hasSizeLessThanOrEqualTo(ZoneFixture.MAX_UDP_BYTES)
                .hasSizeGreaterThan(ZoneFixture.MAX_UDP_BYTES - 32);
    }

    @Test
    void udpAnswer_withRoomForAnswersOnly_isTruncatedAdditionally() {
        var answer = ZoneFixture.parse(wire(queryWithEdns("web.service.consul", Type.SRV, 3_000), true));

        assertThat(answers(answer)).hasSize(60);
        assertThat(data(answer, Section.ADDITIONAL)).hasSizeBetween(1, 59);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void tcpAnswer_hasAllRecordsCompressed() {
        var addresses = wire(query("web.service.consul", Type.A), false);
        var services = wire(query("web.service.consul", Type.SRV), false);

        assertThat(answers(ZoneFixture.parse(addresses))).hasSize(60);
        assertThat(addresses).hasSizeLessThanOrEqualTo(1_007);
        assertThat(answers(ZoneFixture.parse(services))).hasSize(60);
        assertThat(data(ZoneFixture.parse(services), Section.ADDITIONAL)).hasSize(60);
        assertThat(services).hasSizeLessThanOrEqualTo(5_800);
        assertThat(ZoneFixture.parse(services).getHeader().getFlag(Flags.TC)).isFalse();
    }

    @Test
    void tcpAnswer_ofLargeService_isTruncatedAt64Kilobytes() {
        zone.withMany("large", 5_000);

        var answer = wire(query("large.service.consul", Type.A), false);

        assertThat(answer).hasSizeLessThanOrEqualTo(65_535).hasSizeGreaterThan(65_000);
        assertThat(ZoneFixture.parse(answer).getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void edns_withUnknownOptions_ignoresThem() {
        var query = query("web.service.consul", Type.A);
        query.addRecord(
                new OPTRecord(
                        4_096, 0, 0, ExtendedFlags.DO, new GenericEDNSOption(EDNSOption.Code.COOKIE, new byte[8])),
                Section.ADDITIONAL);

        var answer = zone.ask(query, true);

        assertThat(answers(answer)).hasSize(60);
        var opt = Objects.requireNonNull(answer.getOPT());
        assertThat(opt.getOptions()).isEmpty();
        assertThat(opt.getFlags()).isEqualTo(ExtendedFlags.DO);
    }

    @Test
    void edns_ofLaterVersion_isBadvers() {
        var query = query("web.service.consul", Type.A);
        query.addRecord(new OPTRecord(4_096, 0, 1), Section.ADDITIONAL);

        var answer = zone.ask(query, true);

        assertThat(answer.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(answers(answer)).isEmpty();
        assertThat(Objects.requireNonNull(answer.getOPT()).getVersion()).isZero();
    }

    private byte[] wire(Message query, boolean overUdp) {
        return Objects.requireNonNull(zone.send(query.toWire(), overUdp));
    }
}
