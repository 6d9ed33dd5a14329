/**
 * Authenticates, limits and authorizes every HTTP request.
 *
 * <p>{@link AccessControl} runs in front of every route. {@link RequestAuthenticator} turns credentials into a
 * {@link Caller}; {@link Authorizer} compares its role with the {@link PermissionTable}, which denies what it doesn't
 * list. Keys are held in memory by {@link ApiKeyRegistry}. Denials are counted by {@link AccessDenialCounter}.
 * {@link SessionService} signs browsers in; their requests then have tokens like those of other clients.
 *
 * <pre>{@code
 * request -> RequestRateLimiter -> RequestAuthenticator -> RequestRateLimiter -> Authorizer -> Caller -> route
 *              by network               |                    by principal
 *                               CredentialVerifier -> TokenVerifier, ApiKeyRegistry, CertificatePrincipalExtractor
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.access;

import org.jspecify.annotations.NullMarked;
