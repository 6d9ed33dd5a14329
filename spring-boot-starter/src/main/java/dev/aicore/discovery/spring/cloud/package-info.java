/**
 * The registry as Spring Cloud's service registry and discovery client. Lists come from the snapshots of the client, so
 * that a lookup reads memory and is answered during an outage of the registry, too.
 *
 * <pre>
 * DiscoveryClient, ReactiveDiscoveryClient ──▶ ServiceLookup ──▶ RegistryClient
 * ServiceRegistry, actuator's endpoint ──▶ RegistryServiceRegistry ──▶ RegistryRegistration
 * InstanceRegistration ── RegistrationHook ──▶ CloudRegistrationHook ──▶ events, RegistrationLifecycle beans
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.spring.cloud;

import org.jspecify.annotations.NullMarked;
