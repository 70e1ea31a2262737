import { Duplex } from 'node:stream';

/** Carries the bytes of one connection between `pg` and the database's thread. */
export type Wire = {
  open(
    take: (bytes: Uint8Array) => void,
    gone: (error: Error) => void,
  ): { send(bytes: Uint8Array): void; end(): void };
};

/** What `pg` takes for its socket. */
export class PgliteStream extends Duplex {
  readonly #wire: Wire;
  #line: ReturnType<Wire['open']> | null = null;

  constructor(wire: Wire) {
    super();
    this.#wire = wire;
  }

  /** `pg` calls this as it would on a socket; port and host mean nothing here. */
  connect(): this {
    this.#line = this.#wire.open(
      (bytes) => this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
      (error) => this.destroy(error),
    );
    queueMicrotask(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#line?.send(chunk);
    done();
  }

  /** `pg` corks the messages of one query: they travel as one. */
  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#line?.send(Buffer.concat(chunks.map((one) => one.chunk)));
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#line?.end();
    this.#line = null;
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#line?.end();
    this.#line = null;
    done(error);
  }
}
