package dev.aicore.discovery.config.access;

import dev.aicore.discovery.config.testing.EventLoopContract;

class AccessEventLoopTest extends EventLoopContract {}
