import type { Namespace, UAAlarmConditionEx, UAObject } from 'node-opcua';
import type { AlarmChange } from '../world.ts';

type Opcua = typeof import('node-opcua');
type Transition = { transitionTime: Date; effectiveTransitionTime: Date };
/** node-opcua takes the times of a transition, though its types leave them out. */
type TimedStates = {
  getActiveState(): boolean;
  getAckedState(): boolean;
  setActiveState(active: boolean, transition: Transition): unknown;
  setAckedState(acknowledged: boolean, transition: Transition): unknown;
};
type Conditions = { raise(change: AlarmChange): void };

/**
 * Alarms as OPC UA Part 9 conditions. A condition is made when its alarm first shows: a server that has
 * never seen an alarm has no node for it. ConditionName is the alarm's id, SourceNode the machine's object,
 * Time the time of the change; ConditionRefresh repeats the retained ones with the same EventId.
 */
export function openConditions(
  opcua: Opcua,
  namespace: Namespace,
  machines: ReadonlyMap<string, UAObject>,
): Conditions {
  const conditions = new Map<string, UAAlarmConditionEx>();

  const conditionFor = (change: AlarmChange): UAAlarmConditionEx | null => {
    const key = `${change.machine}/${change.alarm}`;
    const known = conditions.get(key);
    if (known) return known;
    const source = machines.get(change.machine);
    if (!source) return null;
    const condition = namespace.instantiateAlarmCondition('OffNormalAlarmType', {
      browseName: change.alarm,
      componentOf: source,
      conditionSource: source,
      conditionName: change.alarm,
      inputNode: opcua.NodeId.nullNodeId,
      optionals: ['ActiveState.TransitionTime', 'AckedState.TransitionTime'],
    });
    conditions.set(key, condition);
    return condition;
  };

  return {
    raise(change) {
      const condition = conditionFor(change);
      const branch = condition?.currentBranch() as TimedStates | undefined;
      if (!condition || !branch) return;
      const time = new Date(change.at);
      const transition = { transitionTime: time, effectiveTransitionTime: time };
      if (branch.getActiveState() !== change.active) branch.setActiveState(change.active, transition);
      if (branch.getAckedState() !== change.acknowledged)
        branch.setAckedState(change.acknowledged, transition);
      // Options as a plain object: `new ConditionInfo()` drops the times (node-opcua 2.186.4).
      condition.raiseNewCondition({
        message: change.text,
        severity: change.severity,
        quality: opcua.StatusCodes.Good,
        // Part 9, 5.5.2: retained while there is something for a person to see or do.
        retain: change.active || !change.acknowledged,
        time,
        receiveTime: time,
      });
    },
  };
}
