package dev.aicore.discovery.access;

import dev.aicore.discovery.config.testing.EventLoopContract;

class AccessEventLoopTest extends EventLoopContract {}
