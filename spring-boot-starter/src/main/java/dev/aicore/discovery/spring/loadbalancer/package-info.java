/**
 * The registry under Spring Cloud's load balancer, and thereby under RestClient, WebClient, HTTP service clients, Feign
 * and Gateway.
 *
 * <pre>
 * request ──▶ RegistryLoadBalancer ──▶ ServiceInstanceListSupplier: RegistryInstanceListSupplier, no cache
 *    │                └─ picks by the client's strategy among the supplied instances
 *    └──────▶ OutcomeLifecycle: begins a call of the chosen instance, and ends it with its outcome
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.spring.loadbalancer;

import org.jspecify.annotations.NullMarked;
