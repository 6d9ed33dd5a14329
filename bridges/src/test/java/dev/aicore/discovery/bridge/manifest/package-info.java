/** Tests of the manifests in {@code deploy/kubernetes}: built by kustomize, read with typed models. */
@NullMarked
package dev.aicore.discovery.bridge.manifest;

import org.jspecify.annotations.NullMarked;
