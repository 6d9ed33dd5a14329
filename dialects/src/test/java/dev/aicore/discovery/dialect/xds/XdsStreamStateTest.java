package dev.aicore.discovery.dialect.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.aicore.discovery.api.testing.DeclarationBuilder;
import dev.aicore.discovery.dialect.xds.XdsStreamState.TooManyNamesException;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of the protocol. */
class XdsStreamStateTest {

    private static final int MAX_NAMES = 10;
    private static final SampleCatalog ORDERS = SampleCatalog.EMPTY.with("orders", 1);

    private final XdsStreamState state = new XdsStreamState(XdsStreamVariant.AGGREGATED, MAX_NAMES);

    @ParameterizedTest
    @EnumSource(value = XdsResourceType.class, mode = EnumSource.Mode.EXCLUDE, names = "SEPARATE_CLUSTER")
    void request_forExistingName_isAnsweredOnce(XdsResourceType type) {
        request(type, "", "orders");

        var response = next(ORDERS);
        assertThat(response.getTypeUrl()).isEqualTo(type.url());
        assertThat(response.getResourcesCount()).isEqualTo(1);
        assertThat(response.getResources(0).getTypeUrl()).isEqualTo(type.url());
        assertThat(response.getNonce()).isNotEmpty();
        assertThat(response.getVersionInfo()).isNotEmpty();
        acknowledge(response, "orders");
        assertThat(state.next(ORDERS)).isEmpty();
    }

    @Test
    void request_withNonceAndVersionOfEarlierStream_isAnswered() {
        state.apply(DiscoveryRequest.newBuilder()
                .setTypeUrl(XdsResourceType.LISTENER.url())
                .setVersionInfo("old")
                .setResponseNonce("77")
                .addResourceNames("orders")
                .build());

        assertThat(next(ORDERS).getResourcesCount()).isEqualTo(1);
    }

    @Test
    void refusal_isNotAnsweredBeforeTheNextChange() {
        request(XdsResourceType.ENDPOINTS, "", "orders");
        var refused = next(ORDERS);
        state.apply(DiscoveryRequest.newBuilder()
                .setTypeUrl(XdsResourceType.ENDPOINTS.url())
                .setResponseNonce(refused.getNonce())
                .setErrorDetail(Status.newBuilder().setMessage("No."))
                .addResourceNames("orders")
                .build());

        assertThat(state.next(ORDERS)).isEmpty();
        var changed = next(ORDERS.with("orders", 1, 2));
        assertThat(changed.getNonce()).isNotEqualTo(refused.getNonce());
        assertThat(changed.getVersionInfo()).isNotEqualTo(refused.getVersionInfo());
    }

    @Test
    void version_ofEqualContent_isEqual() {
        request(XdsResourceType.ENDPOINTS, "", "orders");
        var first = next(ORDERS);
        acknowledge(first, "orders");
        acknowledge(next(ORDERS.with("orders", 2)), "orders");

        assertThat(next(ORDERS).getVersionInfo()).isEqualTo(first.getVersionInfo());
    }

    @Test
    void request_withStaleNonce_isIgnored() {
        request(XdsResourceType.ENDPOINTS, "", "orders");
        var stale = next(ORDERS);
        next(ORDERS.with("orders", 1, 2));

        request(XdsResourceType.ENDPOINTS, stale.getNonce(), "orders", "billing");

        assertThat(state.next(ORDERS.with("orders", 1, 2).with("billing", 3))).isEmpty();
    }

    @Test
    void subscription_thatEndsWhileAResponseIsOnTheWay_canBeginAgainWithItsOldNonce() {
        request(XdsResourceType.ENDPOINTS, "", "orders");
        var received = next(ORDERS);
        next(ORDERS.with("orders")); // which the client ignores, because it has ended its subscription

        request(XdsResourceType.ENDPOINTS, received.getNonce());
        assertThat(state.next(ORDERS)).isEmpty();
        request(XdsResourceType.ENDPOINTS, received.getNonce(), "orders");
        assertThat(names(next(ORDERS))).containsExactly("orders");
    }

    @Test
    void addedName_atSameVersion_isAnswered() {
        var both = ORDERS.with("billing", 2);
        request(XdsResourceType.ENDPOINTS, "", "orders");
        var first = next(both);
        request(XdsResourceType.ENDPOINTS, first.getNonce(), "orders", "billing");

        assertThat(names(next(both))).containsExactly("billing");
    }

    @Test
    void droppedName_isNotPushedAndSentAgainIfAddedAgain() {
        var both = ORDERS.with("billing", 2);
        request(XdsResourceType.ENDPOINTS, "", "orders", "billing");
        request(XdsResourceType.ENDPOINTS, next(both).getNonce(), "orders");

        assertThat(state.next(both.with("billing", 3))).isEmpty();
        request(XdsResourceType.ENDPOINTS, "1", "orders", "billing");
        assertThat(names(next(both))).containsExactly("billing");
    }

    @Test
    void listenersAndClusters_areSentCompletely() {
        var both = ORDERS.with("billing", 2);
        request(XdsResourceType.CLUSTER, "", "orders", "billing");
        acknowledge(next(ORDERS), "orders", "billing");

        assertThat(next(both).getResourcesCount()).isEqualTo(2);
    }

    @Test
    void endpoints_ofOneChangedService_areSentAlone() {
        var both = ORDERS.with("billing", 2);
        request(XdsResourceType.ENDPOINTS, "", "orders", "billing");
        acknowledge(next(both), "orders", "billing");

        assertThat(names(next(both.with("orders", 7)))).containsExactly("orders");
    }

    @Test
    void change_ofOtherService_isNotPushed() {
        request(XdsResourceType.ENDPOINTS, "", "orders");
        acknowledge(next(ORDERS), "orders");

        assertThat(state.next(ORDERS.with("billing", 2))).isEmpty();
    }

    @Test
    void unknownName_isAnsweredWithoutIt_andPushedWhenItExists() {
        request(XdsResourceType.LISTENER, "", "orders");

        var none = next(SampleCatalog.EMPTY);
        assertThat(none.getResourcesCount()).isZero();
        acknowledge(none, "orders");
        assertThat(state.next(SampleCatalog.EMPTY)).isEmpty();
        assertThat(next(ORDERS).getResourcesCount()).isEqualTo(1);
    }

    @Test
    void serviceWithoutEndpoints_losesListenerAndCluster() throws InvalidProtocolBufferException {
        request(XdsResourceType.LISTENER, "", "orders");
        request(XdsResourceType.CLUSTER, "", "orders");
        request(XdsResourceType.ENDPOINTS, "", "orders");
        state.next(ORDERS);

        var responses = state.next(ORDERS.with("orders"));

        assertThat(responses.stream().map(DiscoveryResponse::getTypeUrl))
                .containsExactly(
                        XdsResourceType.CLUSTER.url(), XdsResourceType.ENDPOINTS.url(), XdsResourceType.LISTENER.url());
        assertThat(responses.getFirst().getResourcesCount()).isZero();
        assertThat(assignment(responses.get(1)).getEndpointsCount()).isZero();
        assertThat(responses.get(2).getResourcesCount()).isZero();
    }

    @Test
    void wildcard_isAllServicesAndFollowsThem() {
        request(XdsResourceType.CLUSTER, "");

        var first = next(ORDERS.with("billing", 2));
        assertThat(first.getResourcesCount()).isEqualTo(2);
        acknowledge(first);
        assertThat(next(ORDERS).getResourcesCount()).isEqualTo(1);
    }

    @Test
    void noNames_afterNames_meansNone() {
        request(XdsResourceType.CLUSTER, "", "orders");
        acknowledge(next(ORDERS));

        assertThat(state.next(ORDERS.with("orders", 1).with("billing", 2))).isEmpty();
    }

    @Test
    void newCluster_isFollowedByItsEndpointsAgain() {
        request(XdsResourceType.CLUSTER, "");
        request(XdsResourceType.ENDPOINTS, "", "orders");
        state.next(ORDERS);
        state.next(ORDERS.with("orders"));

        assertThat(state.next(ORDERS).stream().map(DiscoveryResponse::getTypeUrl))
                .containsExactly(XdsResourceType.CLUSTER.url(), XdsResourceType.ENDPOINTS.url());
    }

    @Test
    void unknownType_andLongName_haveNoEffectOnOthers() {
        assertThat(state.apply(DiscoveryRequest.newBuilder()
                        .setTypeUrl("type.googleapis.com/foreign.Type")
                        .addResourceNames("orders")
                        .build()))
                .isNull();
        request(XdsResourceType.LISTENER, "", "x".repeat(10_000), "orders");

        assertThat(next(ORDERS).getResourcesCount()).isEqualTo(1);
    }

    @Test
    void request_withTooManyNames_isRefused() {
        var many = new String[MAX_NAMES + 1];
        Arrays.setAll(many, i -> "n" + i);

        assertThatThrownBy(() -> request(XdsResourceType.ENDPOINTS, "", many))
                .isInstanceOf(TooManyNamesException.class);
    }

    @Test
    void assignment_hasLocalitiesWithWeightsAndOnlyAddresses() throws InvalidProtocolBufferException {
        var service = DeclarationBuilder.aDeclaration("orders").address("10.0.0.1");
        var catalog = SampleCatalog.EMPTY.withInstances(
                "orders",
                List.of(
                        SampleCatalog.instance(service.zone("a").port(1).weight(3)),
                        SampleCatalog.instance(service.zone("b").port(2).weight(4)),
                        SampleCatalog.instance(service.zone("a").port(3).weight(5)),
                        SampleCatalog.instance(service.zone("a").port(3).weight(5)),
                        SampleCatalog.instance(service.zone("a").port(4).weight(0)),
                        SampleCatalog.instance(
                                service.zone("a").port(5).weight(1).address("host.example.org"))));
        request(XdsResourceType.ENDPOINTS, "", "orders");

        var assignment = assignment(next(catalog));

        assertThat(assignment.getEndpointsList())
                .satisfiesExactly(
                        a -> {
                            assertThat(a.getLocality().getZone()).isEqualTo("a");
                            assertThat(a.getLoadBalancingWeight().getValue()).isEqualTo(8);
                            assertThat(a.getLbEndpointsCount()).isEqualTo(2);
                        },
                        b -> {
                            assertThat(b.getLocality().getZone()).isEqualTo("b");
                            assertThat(b.getLoadBalancingWeight().getValue()).isEqualTo(4);
                        });
    }

    private void request(XdsResourceType type, String nonce, String... names) {
        state.apply(DiscoveryRequest.newBuilder()
                .setTypeUrl(type.url())
                .setResponseNonce(nonce)
                .addAllResourceNames(List.of(names))
                .build());
    }

    private void acknowledge(DiscoveryResponse response, String... names) {
        state.apply(DiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .setVersionInfo(response.getVersionInfo())
                .addAllResourceNames(List.of(names))
                .build());
    }

    /** Returns the only response. */
    private DiscoveryResponse next(XdsCatalog catalog) {
        var responses = state.next(catalog);
        assertThat(responses).hasSize(1);
        return responses.getFirst();
    }

    private static List<String> names(DiscoveryResponse response) {
        return response.getResourcesList().stream()
                .map(body -> {
                    try {
                        return body.unpack(ClusterLoadAssignment.class).getClusterName();
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static ClusterLoadAssignment assignment(DiscoveryResponse response) throws InvalidProtocolBufferException {
        return response.getResources(0).unpack(ClusterLoadAssignment.class);
    }
}
