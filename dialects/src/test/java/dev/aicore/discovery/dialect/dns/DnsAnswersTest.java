package dev.aicore.discovery.dialect.dns;

import static dev.aicore.discovery.dialect.dns.ZoneFixture.answers;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.data;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.instance;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.query;
import static dev.aicore.discovery.dialect.dns.ZoneFixture.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.testing.DeclarationBuilder;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Records of services. */
class DnsAnswersTest {

    private final ZoneFixture zone = new ZoneFixture();

    @Test
    void answer_isAuthoritativeAndEchoesSpellingOfTheName() {
        zone.with("web", instance("web", "one", "10.0.0.1", 8_080));
        var query = query("wEb.sErViCe.CoNsUl", Type.A);

        var answer = zone.ask(query, true);

        assertThat(answer.getHeader().getID()).isEqualTo(query.getHeader().getID());
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isFalse();
        assertThat(answer.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(answer.getQuestion().getName()).hasToString("wEb.sErViCe.CoNsUl.");
        var record = answer.getSection(Section.ANSWER).getFirst();
        assertThat(record.getName()).hasToString("wEb.sErViCe.CoNsUl.");
        assertThat(record.getTTL()).isZero();
    }

    @Test
    void srv_hasWeightPortAndTargetWithItsAddressAdditionally() {
        zone.with(
                "web",
                view(
                        "one",
                        DeclarationBuilder.aDeclaration("web")
                                .address("10.0.0.1")
                                .port(8_081)
                                .weight(7)),
                instance("web", "six", "2001:db8::1", 8_082));

        var answer = zone.ask("web.service.consul", Type.SRV);

        assertThat(answers(answer))
                .containsExactlyInAnyOrder(
                        "1 7 8081 0a000001.addr.dc1.consul.",
                        "1 100 8082 20010db8000000000000000000000001.addr.dc1.consul.");
        assertThat(data(answer, Section.ADDITIONAL)).containsExactlyInAnyOrder("10.0.0.1", "2001:db8:0:0:0:0:0:1");
        assertThat(targets(answer))
                .allSatisfy(target -> assertThat(zone.ask(target, target.length() > 40 ? Type.AAAA : Type.A)
                                .getSection(Section.ANSWER))
                        .hasSize(1));
    }

    @Test
    void srv_ofInstancesOnOneAddress_hasDistinctTargets() {
        var first = instance("web", "one", "10.0.0.1", 8_080);
        zone.with("web", first, instance("web", "two", "10.0.0.1", 8_081));

        var answer = zone.ask("_web._tcp.service.consul", Type.SRV);

        assertThat(targets(answer))
                .containsExactlyInAnyOrder("0a000001.addr.dc1.consul.", "0a000001-8081.addr.dc1.consul.");
        assertThat(data(answer, Section.ADDITIONAL)).containsExactly("10.0.0.1", "10.0.0.1");
        // The target of the first instance is the same as before the second one came.
        assertThat(targets(new ZoneFixture().with("web", first).ask("_web._tcp.service.consul", Type.SRV)))
                .containsExactly("0a000001.addr.dc1.consul.");
    }

    @Test
    void instance_withHostName_isTargetOfSrvAndAlias() {
        zone.with("db", instance("db", "one", "db.example.org", 5_432));

        var srv = zone.ask("db.service.consul", Type.SRV);
        assertThat(answers(srv)).containsExactly("1 100 5432 db.example.org.");
        assertThat(data(srv, Section.ADDITIONAL)).isEmpty();
        var alias = zone.ask("db.service.consul", Type.A);
        assertThat(alias.getSection(Section.ANSWER).getFirst().getType()).isEqualTo(Type.CNAME);
        assertThat(answers(alias)).containsExactly("db.example.org.");
    }

    @Test
    void instances_withAddressesAndHostNames_haveNoAliasBesideAddresses() {
        zone.with(
                "db",
                instance("db", "one", "db.example.org", 5_432),
                instance("db", "two", "10.0.0.2", 5_432),
                instance("db", "three", "db2.example.org", 5_432));

        assertThat(answers(zone.ask("db.service.consul", Type.A))).containsExactly("10.0.0.2");
        assertThat(answers(zone.ask("db.service.consul", Type.SRV))).hasSize(3);
    }

    @Test
    void instances_withSameAddress_haveOneAddressRecord() {
        zone.with("web", instance("web", "one", "10.0.0.1", 8_080), instance("web", "two", "10.0.0.1", 8_081));

        assertThat(answers(zone.ask("web.service.consul", Type.A))).containsExactly("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {Type.AAAA, Type.MX, Type.TXT, Type.CNAME, Type.PTR, Type.HTTPS, 999})
    void type_thatServiceDoesNotHave_isNoerrorWithSoa(int type) {
        zone.with("web", instance("web", "one", "10.0.0.1", 8_080));

        var answer = zone.ask("web.service.consul", type);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answers(answer)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY).getFirst().getType()).isEqualTo(Type.SOA);
    }

    @Test
    void any_hasAddressesOfBothFamilies() {
        zone.with("web", instance("web", "one", "10.0.0.1", 80), instance("web", "six", "2001:db8::1", 80));

        assertThat(answers(zone.ask("web.service.consul", Type.ANY)))
                .containsExactlyInAnyOrder("10.0.0.1", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void records_areShuffledForEachAnswer() {
        zone.withMany("web", 8);
        var orders = new HashSet<List<String>>();
        for (int i = 0; i < 20; i++) {
            orders.add(answers(zone.ask("web.service.consul", Type.A)));
        }

        assertThat(orders)
                .hasSizeGreaterThan(10)
                .allSatisfy(order -> assertThat(order).hasSize(8).doesNotHaveDuplicates());
    }

    private static List<String> targets(org.xbill.DNS.Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .map(record -> ((SRVRecord) record).getTarget().toString())
                .toList();
    }

    @Test
    void owner_ofAdditionalRecords_isTargetOfAnswer() {
        zone.withMany("web", 5);

        var answer = zone.ask("web.service.sd.local", Type.SRV);

        assertThat(answer.getSection(Section.ADDITIONAL).stream()
                        .map(Record::getName)
                        .map(Object::toString))
                .containsExactlyElementsOf(targets(answer));
        assertThat(targets(answer)).allMatch(target -> target.endsWith(".addr.dc1.sd.local."));
    }
}
