import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { ReadReadiness } from './readiness.js';

/** Prometheus metrics of this process. No dataset or job name is ever a label. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'route' | 'method' | 'status'>;
  readonly #refused: Counter<'status'>;
  readonly #look: () => Promise<void>;

  constructor(readiness: ReadReadiness) {
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    this.#requests = new Histogram({
      name: 'headwater_http_request_seconds',
      help: 'Time from a request to the end of its answer.',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    this.#refused = new Counter({
      name: 'headwater_http_refused_total',
      help: 'Requests that were refused, by status.',
      labelNames: ['status'],
      registers,
    });
    const events = new Gauge({
      name: 'headwater_projection_lag_events',
      help: 'Events of the log that a projection does not show yet.',
      labelNames: ['projection'],
      registers,
    });
    const seconds = new Gauge({
      name: 'headwater_projection_lag_seconds',
      help: 'Age of the oldest event that a projection does not show yet; the service level indicator.',
      labelNames: ['projection'],
      registers,
    });
    const up = new Gauge({
      name: 'headwater_dependency_up',
      help: 'Whether a dependency answers: 1 or 0.',
      labelNames: ['dependency'],
      registers,
    });
    this.#look = async () => {
      const { log, catalog, graph } = await readiness.execute();
      for (const [projection, { lag }] of Object.entries({ catalog, graph })) {
        if (lag === undefined) {
          // An old figure would look like a fresh one.
          seconds.remove({ projection });
          events.remove({ projection });
        } else {
          seconds.set({ projection }, lag.seconds);
          events.set({ projection }, lag.events);
        }
      }
      for (const [dependency, { status }] of Object.entries({ log, catalog, graph })) {
        up.set({ dependency }, status === 'up' ? 1 : 0);
      }
    };
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async read(): Promise<string> {
    // Before the registry collects: it reads all gauges at the same time.
    await this.#look();
    return this.#registry.metrics();
  }

  /** Times every request of a server by its route's pattern. */
  observe(server: FastifyInstance): void {
    server.addHook('onResponse', (request, reply, done) => {
      const status = String(reply.statusCode);
      const route = request.routeOptions.url ?? 'unknown';
      this.#requests.observe({ route, method: request.method, status }, reply.elapsedTime / 1000);
      if (reply.statusCode >= 400) this.#refused.inc({ status });
      done();
    });
  }
}
