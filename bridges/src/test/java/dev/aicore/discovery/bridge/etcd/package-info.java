/** Tests of the bridge to etcd, with the installed etcd. */
@NullMarked
package dev.aicore.discovery.bridge.etcd;

import org.jspecify.annotations.NullMarked;
