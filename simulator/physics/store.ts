import type { Millis } from '../../plant/time.ts';
import type { Dock, Store } from './goods.ts';

/** Takes up to `wanted`; what is not there cannot be taken. */
export function take(store: Store, wanted: number): number {
  const taken = Math.min(store.quantity, wanted);
  store.quantity -= taken;
  return taken;
}

/** Asks for more when low; what was asked for arrives after the usual time, unless who brings it is held up. Returns what arrived. */
export function resupply(store: Store, t: Millis): number {
  if (store.orderedAt === null) {
    if (store.quantity > store.orderAt) return 0;
    store.orderedAt = t;
  }
  if (t < store.orderedAt + store.leadS * 1000 || t < store.lateUntil) return 0;
  const wanted = Math.max(0, Math.min(store.loads.shift() ?? Infinity, store.capacity - store.quantity));
  const load = store.from ? take(store.from, wanted) : wanted;
  store.quantity += load;
  // An empty warehouse leaves the order open: it is tried again as soon as something is there.
  if (load > 0 || wanted === 0) store.orderedAt = null;
  return load;
}

/**
 * Arranges, called again and again, that the store runs dry at `emptyAt` while `perS` is drawn and `elsewhere` is on
 * its way: the carrier comes once more with a part load, if one is needed, and is then held up until `lateUntil`.
 */
export function runDry(
  store: Store,
  t: Millis,
  of: { emptyAt: Millis; lateUntil: Millis; perS: number; elsewhere: number },
): void {
  const needed = Math.max(0, (of.perS * (of.emptyAt - t)) / 1000 - of.elsewhere);
  const missing = needed - store.quantity;
  if (missing > store.capacity * 0.03) {
    store.loads = [missing];
    return;
  }
  store.loads = [];
  store.lateUntil = of.lateUntil;
  if (-missing > store.capacity * 0.03) store.quantity = needed;
  else evenOut(store, needed);
}

/** What cannot be foreseen to the piece is evened out, a little each second, below what a sensor shows. */
export function evenOut(store: Store, needed: number): void {
  store.quantity = Math.max(0, store.quantity + (needed - store.quantity) * 0.02);
}

/** Likewise for the dock: full at `fullAt`. */
export function runFull(
  dock: Dock,
  t: Millis,
  of: { fullAt: Millis; lateUntil: Millis; perS: number },
): void {
  const needed = Math.max(0, (of.perS * (of.fullAt - t)) / 1000);
  const missing = needed - (dock.capacity - dock.quantity);
  if (missing > dock.capacity * 0.03) {
    dock.loads = [missing];
    return;
  }
  dock.loads = [];
  dock.lateUntil = of.lateUntil;
  if (-missing > dock.capacity * 0.03) dock.quantity = dock.capacity - needed;
  else dock.quantity = Math.max(0, dock.quantity - missing * 0.01);
}

/** Finished goods arrive; a truck takes a load at its time. Returns what left. */
export function serveDock(dock: Dock, t: Millis): number {
  if (t < dock.nextAt || t < dock.lateUntil) return 0;
  const load = Math.min(dock.loads.shift() ?? dock.load, dock.quantity);
  dock.quantity -= load;
  dock.nextAt = t + dock.everyS * 1000;
  return load;
}
