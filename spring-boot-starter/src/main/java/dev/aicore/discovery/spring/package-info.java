/**
 * Auto-configuration of the registry's client in Spring Boot, and the life of this process as an instance of the
 * registry. Needs neither Spring Cloud nor a web server.
 *
 * <pre>
 * service-discovery.* ── RegistryClientAutoConfiguration ──▶ RegistryClient
 *                                                                │
 * web server's port ──── RegistrationAutoConfiguration ──▶ InstanceRegistration
 *                                                          ▲            ▲
 *      start last, stop first: AnnounceLifecycle ──────────┘            │
 *      stop after the web server: LeaveLifecycle ───────────────────────┘
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.spring;

import org.jspecify.annotations.NullMarked;
