// Registers a service by an unchanged Consul client, finds it, and follows its changes.
// Usage: npm ci && node orders.js [URL of the registry]
'use strict';
const Consul = require('consul');

const url = new URL(process.argv[2] || 'http://127.0.0.1:8080');
const consul = new Consul({
  host: url.hostname,
  port: url.port || (url.protocol === 'https:' ? 443 : 80),
  secure: url.protocol === 'https:',
  defaults: process.env.REGISTRY_TOKEN ? { token: process.env.REGISTRY_TOKEN } : {},
});

const ID = 'orders-node-1';
const CHECK = 'service:' + ID;

async function passing() {
  const entries = await consul.health.service({ service: 'orders-node', passing: true });
  return entries.map((entry) => `${entry.Service.Address}:${entry.Service.Port}`);
}

function nextChange(watch) {
  return new Promise((resolve, reject) => {
    watch.once('change', (entries, response) =>
      resolve({ entries, index: Number(response.headers['x-consul-index']) }));
    watch.once('error', reject);
  });
}

async function main() {
  await consul.agent.service.register({
    id: ID, name: 'orders-node', address: '10.0.0.5', port: 8080, tags: ['node'], meta: { zone: 'eu' },
    check: { ttl: '30s', deregistercriticalserviceafter: '90m' },
  });
  console.log('registered, passing:', (await passing()).join() || 'none');

  const watch = consul.watch({
    method: consul.health.service,
    options: { service: 'orders-node', passing: true },
  });
  const first = await nextChange(watch);
  const second = nextChange(watch);
  await consul.agent.check.pass({ id: CHECK, note: 'ready' });
  const woken = await second;
  console.log('watch woken:', woken.entries.length, 'passing, index grew:', woken.index > first.index);

  await consul.agent.check.warn({ id: CHECK, note: 'slow' });
  const [check] = await consul.health.checks('orders-node');
  console.log('check:', check.CheckID, check.Status, check.Output);
  await consul.agent.check.pass(CHECK);

  await consul.agent.service.maintenance({ id: ID, enable: true, reason: 'new disk' });
  console.log('in maintenance, passing:', (await passing()).join() || 'none');
  await consul.agent.service.maintenance({ id: ID, enable: false });
  console.log('after it, passing:', (await passing()).join());

  watch.end();
  await consul.agent.service.deregister(ID);
  console.log('deregistered, services:', 'orders-node' in (await consul.catalog.service.list()) ? 'kept' : 'gone');
}

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
