package dev.aicore.discovery.dialect.dns;

import static dev.aicore.discovery.dialect.dns.ZoneFixture.answers;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.instance;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.testing.DeclarationBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Meaning of names. */
class DnsNamesTest {

    private final ZoneFixture zone = new ZoneFixture()
            .with(
                    "web",
                    view(
                            "one",
                            DeclarationBuilder.aDeclaration("web")
                                    .version("1.2.0")
                                    .address("10.0.0.1")
                                    .tags("Blue", "a.b")),
                    instance("web", "two", "10.0.0.2", 8_080, "green"))
            .with("my_shop-2", instance("my_shop-2", "s", "10.0.0.3", 80))
            .with("_odd", instance("_odd", "o", "10.0.0.4", 80));

    @ParameterizedTest
    @CsvSource({
        "web.service.consul, 10.0.0.1 10.0.0.2",
        "web.service.sd.local, 10.0.0.1 10.0.0.2",
        "WEB.Service.CONSUL, 10.0.0.1 10.0.0.2",
        "blue.web.service.consul, 10.0.0.1",
        "a.b.web.service.consul, 10.0.0.1",
        "1.2.0.web.service.consul, 10.0.0.1",
        "green.web.service.dc1.consul, 10.0.0.2",
        "my_shop-2.service.consul, 10.0.0.3",
        "_odd.service.consul, 10.0.0.4",
        "7f000001.addr.dc1.consul, 127.0.0.1",
        "7F000001.addr.consul, 127.0.0.1",
        "0a000001-8080.addr.dc1.consul, 10.0.0.1",
        "ns.consul, 192.0.2.53"
    })
    void name_thatExists_hasItsAddresses(String name, String addresses) {
        var answer = zone.ask(name, Type.A);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answers(answer)).containsExactlyInAnyOrder(addresses.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none.service.consul",
                "red.web.service.consul",
                "web.service.dc2.consul",
                "web.consul",
                "web.node.consul",
                "b.a.web.service.consul",
                "7f0000.addr.dc1.consul",
                "7f00000g.addr.dc1.consul",
                "x.7f000001.addr.dc1.consul",
                "7f000001.addr.dc2.consul",
                "w\\.eb.service.consul",
                "w\\000b.service.consul",
                "w\\200b.service.consul"
            })
    void name_thatDoesNotExist_isNxdomainWithShortLivedSoa(String name) {
        var answer = zone.ask(name, Type.A);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        var soa = (SOARecord) answer.getSection(Section.AUTHORITY).getFirst();
        assertThat(soa.getName()).hasToString("consul.");
        assertThat(soa.getTTL()).isBetween(0L, 5L);
        assertThat(soa.getMinimum()).isBetween(0L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_web._tcp.service.consul", "_web._tcp.consul", "_web._tcp.service.dc1.consul"})
    void rfc2782Name_withProtocol_hasAllInstances(String name) {
        assertThat(answers(zone.ask(name, Type.SRV))).hasSize(2);
    }

    @Test
    void rfc2782Name_withTag_hasTaggedInstancesOnly() {
        assertThat(answers(zone.ask("_web._green.service.consul", Type.SRV)))
                .containsExactly("1 100 8080 0a000002.addr.dc1.consul.");
        assertThat(zone.ask("_web._udp.service.consul", Type.SRV).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(zone.ask("_none._tcp.service.consul", Type.SRV).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void rfc2782Name_askedForAddress_hasNone() {
        var answer = zone.ask("_web._tcp.service.consul", Type.A);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answers(answer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"consul", "service.consul", "sd.local", "service.dc1.consul"})
    void apex_hasSoaAndNs(String name) {
        assertThat(zone.ask(name, Type.SOA).getSection(Section.ANSWER)).hasOnlyElementsOfType(SOARecord.class);
        var ns = zone.ask(name, Type.NS);
        assertThat(answers(ns).getFirst()).startsWith("ns.");
        assertThat(ZoneFixture.data(ns, Section.ADDITIONAL)).containsExactly("192.0.2.53");
        assertThat(zone.ask(name, Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dc1.consul", "addr.dc1.consul", "_tcp.service.consul"})
    void emptyNonTerminal_existsWithoutRecords(String name) {
        var answer = zone.ask(name, Type.A);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "1.0.0.127.in-addr.arpa", "local", "consul.example.org", "."})
    void name_outsideOfTheZone_isRefused(String name) {
        var answer = zone.ask(name, Type.A);

        assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(answer.getHeader().getFlag(org.xbill.DNS.Flags.AA)).isFalse();
    }

    @Test
    void name_withPosition_hasInstancesOfThePast() {
        zone.withPast(42, instance("web", "old", "10.0.0.9", 8_080, "blue"));

        assertThat(answers(zone.ask("web.at-42.service.consul", Type.A))).containsExactly("10.0.0.9");
        assertThat(answers(zone.ask("blue.web.at-42.service.consul", Type.A))).containsExactly("10.0.0.9");
        assertThat(answers(zone.ask("_web._tcp.at-42.service.consul", Type.SRV)))
                .hasSize(1);
        assertThat(zone.ask("web.at-41.service.consul", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void name_withPositionTheStoreDoesNotHave_isRefused() {
        zone.failing(new RegistryException(ErrorCode.OTHER_STORE, "Later."));

        assertThat(zone.ask("web.at-42.service.consul", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void anyService_whileStateIsUnknown_isServfailNotNxdomain() {
        zone.failing(new RegistryException(ErrorCode.STORE_UNAVAILABLE, "Away."));

        assertThat(zone.ask("web.service.consul", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(zone.ask("none.service.consul", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(zone.ask("7f000001.addr.dc1.consul", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void label_ofServiceWithUnknownTags_isServfailUnlessItMatches() {
        var large = ServiceRecords.of(
                java.util.List.of(instance("big", "b", "10.0.0.1", 80)),
                java.util.List.of(instance("big", "b", "10.0.0.1", 80)),
                false);
        zone.withRecords("big", large);

        assertThat(answers(zone.ask("1.0.0.big.service.consul", Type.A))).containsExactly("10.0.0.1");
        assertThat(zone.ask("blue.big.service.consul", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }
}
