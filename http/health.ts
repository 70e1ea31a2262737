/** What other programs ask: does it live, is it ready, how is it doing. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Batch } from '../plant/record.ts';
import type { SourceHealth } from '../plant/source.ts';
import type { Route, SurfaceContext } from '../plant/surface.ts';

type Metrics = {
  registry: Registry;
  /** Counts a recorded batch. */
  recorded(batch: Batch): void;
  /** The same `ask`, counted and timed. */
  measured(ask: SurfaceContext['ask']): SurfaceContext['ask'];
};

/** Counters of one running Andon, in Prometheus' names. */
export function createMetrics(health: () => readonly SourceHealth[]): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'andon_source_up',
    help: '1 while the source answers',
    labelNames: ['source', 'system'],
    registers,
    collect() {
      for (const { source, system, state } of health())
        this.set({ source, system }, state === 'up' || state === 'degraded' ? 1 : 0);
    },
  });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const questions = counter('andon_questions_total', 'questions answered', ['surface', 'model']);
  const seconds = new Histogram({
    name: 'andon_question_seconds',
    help: 'seconds from question to answer',
    registers,
  });
  const records = counter('andon_records_total', 'records recorded', ['source']);
  const readings = counter('andon_readings_total', 'signal values recorded', ['source']);
  return {
    registry,
    recorded(batch) {
      records.inc({ source: batch.source }, batch.records.length);
      readings.inc({ source: batch.source }, batch.readings.length);
    },
    measured: (ask) => async (question) => {
      const end = seconds.startTimer();
      const answer = await ask(question);
      end();
      questions.inc({ surface: question.surface, model: answer.model });
      return answer;
    },
  };
}

/**
 * `/healthz` while the process lives; `/readyz` once every source has said whether it is up; `/metrics`.
 * What is wrong with a source names addresses and files, and what was refused: that is for who is signed in.
 */
export function healthRoutes(metrics: Metrics, health: () => readonly SourceHealth[]): Route[] {
  const json = { 'content-type': 'application/json; charset=utf-8' };
  return [
    {
      method: 'GET',
      path: '/healthz',
      open: true,
      handle: (_, response) => void response.writeHead(200, json).end('{"alive":true}'),
    },
    {
      method: 'GET',
      path: '/readyz',
      open: true,
      handle: (_, response, { signedIn }) => {
        const sources = health().map(({ source, system, state, problem }) =>
          signedIn ? { source, system, state, problem } : { source, system, state },
        );
        const ready = sources.every(({ state }) => state !== 'starting');
        response.writeHead(ready ? 200 : 503, json).end(JSON.stringify({ ready, sources }));
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      handle: async (_, response) => {
        response
          .writeHead(200, { 'content-type': metrics.registry.contentType })
          .end(await metrics.registry.metrics());
      },
    },
  ];
}
